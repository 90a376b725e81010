/** The findings about `await`, which need TypeScript's type checker. @module */
import ts from "typescript";

/** A problem in the code from `start` to `end` (exclusive). */
export interface Finding {
  start: number;
  end: number;
  kind: "error" | "hint";
  message: string;
}

/**
 * Finds promises that are not awaited, async functions without `await`, and values other than promises that are awaited, as
 * three rules of typescript-eslint do: no-floating-promises (with `checkThenables`), require-await and await-thenable.
 */
export function awaitFindings(source: ts.SourceFile, checker: ts.TypeChecker): Finding[] {
  const found: Finding[] = [];
  const hint = (node: ts.Node, message: string, end = node.end) =>
    found.push({ start: node.getStart(), end, kind: "hint", message });
  const typeOf = (node: ts.Node) => checker.getTypeAtLocation(node);
  const isPromise = (type?: ts.Type) => type !== undefined && checker.getAwaitedType(type) !== type;
  const isOpen = (type: ts.Type) => (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;

  const floats = (node: ts.Expression): boolean => {
    if (ts.isBinaryExpression(node) && node.operatorToken.getText().endsWith("=")) return false;
    const call = ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) &&
      node.expression;
    if (call && isPromise(typeOf(call.expression))) {
      if (call.name.text === "finally") return floats(call.expression);
      if ({ catch: node.arguments[0], then: node.arguments[1] }[call.name.text]) return false;
    }
    return isPromise(typeOf(node)) || isPromise(typeOf(node).getNumberIndexType());
  };

  /** Visits a node and its descendants; calls `waits` if the enclosing function awaits, or returns a promise. */
  const visit = (node: ts.Node, waits: () => void): void => {
    if (ts.isFunctionLike(node)) return visitFunction(node as ts.FunctionLikeDeclaration);
    if (ts.isExpressionStatement(node) && floats(node.expression)) {
      hint(node.expression, "Promises must be awaited. (no-floating-promises)");
    } else if (ts.isAwaitExpression(node)) {
      waits();
      const type = typeOf(node.expression);
      if (!isPromise(type) && !isOpen(type)) {
        hint(node, "Unexpected `await` of a non-Promise. (await-thenable)");
      }
    } else if (
      ts.isForOfStatement(node) && node.awaitModifier ||
      ts.isReturnStatement(node) && node.expression && isPromise(typeOf(node.expression)) ||
      ts.isYieldExpression(node) && node.asteriskToken ||
      (node.flags & ts.NodeFlags.AwaitUsing) === ts.NodeFlags.AwaitUsing
    ) waits();
    ts.forEachChild(node, (child) => visit(child, waits));
  };

  const visitFunction = (node: ts.FunctionLikeDeclaration): void => {
    let waits = false;
    ts.forEachChild(node, (child) => visit(child, () => waits = true));
    const { body, name } = node;
    if (!body || waits || !(ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Async)) return;
    if (ts.isBlock(body) ? body.statements.length === 0 : isPromise(typeOf(body))) return;
    const called = name ? `function '${name.getText()}'` : "function";
    hint(node, `Async ${called} has no 'await' expression. (require-await)`, name?.end ?? body.pos);
  };

  visit(source, () => {});
  return found;
}
