/** Compiles a cell of TypeScript into a script that keeps every line in its place. @module */
import { parse } from "@babel/parser";
import { analyze } from "periscopic";

/** A compiled cell: its script, and the names that connect it with other cells. */
export type Program = ReturnType<typeof compile>;

const syntaxError = (sentence: string, line: number) => Object.assign(new SyntaxError(sentence), { line });

// deno-lint-ignore no-explicit-any
type Node = any;

const refused = /^(TS(Enum|Module|ImportEquals)Declaration|TSExport|TSParameterProperty|Decorator|Export)/;
/** Nodes around an expression, such as `it as string`; the expression stays. */
const around = /^TS\w+(Expression|Assertion)$/;
const modifier = /\b(?:public|private|protected|readonly|override|abstract|implements)\b|[?!,]/g;

/** Globals that lib needs in the same worker: a cell's own declaration of one is visible in that cell only. */
const needed = new Set(
  ("Array Blob Boolean Date Error JSON Map Math Number Object Promise RangeError Reflect RegExp Set String Symbol URL " +
    "WeakMap clearInterval clearTimeout console globalThis performance queueMicrotask setInterval setTimeout")
    .split(" "),
);

/** A line's declaration: a name, or a pattern in brackets. */
const declaration = /^(?:import|const|let|var|class|enum|(?:async )?function\*?)\s+([\w$]+|[{[*][^=:"']*)/gm;

/** Returns the names that a text seems to define for the cells below; it need not compile. */
export const namesIn = (text: string): string[] =>
  text.matchAll(declaration).flatMap(([, names]) => names.match(/[\w$]+/g) ?? [])
    .filter((it) => !needed.has(it)).toArray();

/**
 * Compiles a cell. The script calls `$page.load` with a function that runs the cell, any number of times. A run calls
 * `$page.define` with an object of the cell's names, and leaves the value of the last line in `$page.result`.
 *
 * @param name its name in stack traces
 * @throws {SyntaxError} with its `line`, from 1, if it is not valid TypeScript, or uses syntax that a page cannot run
 */
export function compile(source: string, name: string) {
  const program = parsed(source);
  const letters = source.split("");
  const put = (before: string, { start, end }: Node, after: string) => {
    letters[start] = before + letters[start];
    letters[end - 1] += after;
  };
  const blank = (from: number, to: number, first = " ") => {
    for (let at = from; at < to; at++) if (letters[at] !== "\n") letters[at] = at === from ? first : " ";
  };
  /** The modules it imports from. */
  const modules: string[] = [];

  /** Blanks what exists only in TypeScript, wraps each await, and returns what is left of the node, if anything. */
  const plain = (node: Node, isInList = false): Node | undefined => {
    const { type, start, end, expression } = node;
    if (node.name === "this" || (refused.test(type) && !node.declare)) {
      const kinds =
        "an enum, a namespace, a decorator, an export, or a parameter that is a property or `this`";
      throw syntaxError(`A page cannot run ${kinds}.`, node.loc.start.line);
    }
    if (around.test(type)) {
      blank(start, expression.start);
      blank(expression.end, end);
      return plain(expression);
    }
    const hasNoBody = node.value?.type === "TSEmptyBodyFunctionExpression";
    if (type.startsWith("TS") || node.declare || hasNoBody || node.importKind === "type") {
      return blank(start, end, /Annotation|TypeParameter|Implements/.test(type) ? " " : ";");
    }
    if (type === "StaticBlock") node.type = "BlockStatement"; // periscopic knows no static blocks
    if (type === "Identifier") blank(start + node.name.length, end);
    if (type === "ImportDeclaration") {
      const names = node.specifiers.filter((it: Node) => it.importKind !== "type");
      modules.push(node.source.value);
      blank(start, end);
      put(importing(names, node.source.value), node, "");
      const declarations = names.map(({ local }: Node) => ({ type: "VariableDeclarator", id: local }));
      return { type: "VariableDeclaration", kind: "const", declarations };
    }
    if (/^Class|Definition$/.test(type)) {
      let at = start;
      const children: Node[] = Object.values(node).flat().filter(isNode);
      for (const child of [...children.sort((a, b) => a.start - b.start), { start: end }]) {
        for (const { index, 0: word } of source.slice(at, child.start).matchAll(modifier)) {
          blank(at + index, at + index + word.length);
        }
        at = child.end;
      }
    }
    for (const [key, value] of Object.entries(node)) {
      if (isNode(value)) node[key] = plain(value);
      else if (Array.isArray(value)) {
        node[key] = value.flatMap((it) => isNode(it) ? plain(it, true) ?? [] : [it]);
      }
    }
    if (type === "AwaitExpression") { // no bracket in front: it would call a line above that ends without a semicolon
      blank(start, start + "await".length);
      put("$page.resumed($page.current($page.awaited=", node, "),await $page.awaited)");
    }
    if (type === "ForOfStatement" && node.await) { // it awaits each item
      const saved = `$before${start}`;
      put(`(${saved}=$page.current(),`, node.right, ")");
      put(`{var ${saved};$page.resumed(${saved});`, node.body, isInList ? `}$page.resumed(${saved});` : "}");
    }
    return node;
  };

  const last = program.body.at(-1)?.expression;
  const { scope, globals } = analyze(plain(program));
  if (last) put("$page.result=(", last, ")");
  /** The names it defines for the cells below. */
  const defines = [...scope.declarations.keys()].filter((it) => !needed.has(it));
  /** Those of them that are constants. */
  const constants = defines.filter((it) => !/let|var/.test((scope.declarations.get(it) as Node).kind));
  /** Those of them that are functions, which a cell below may redefine. */
  const functions = defines.filter((it) => scope.declarations.get(it)?.type === "FunctionDeclaration");
  const accessors = defines.map((it) => `get ${it}(){return ${it}},set ${it}(${it}_){${it}=${it}_},`);
  const code = `$page.define({${accessors.join("")}});${letters.join("")}`;
  const script = `"use strict";$page.load(async()=>{${code}\n})\n//# sourceURL=${name}`;
  /** The names it takes from the cells above. */
  const uses = new Set(globals.keys());
  return { script, defines, constants, functions, uses, modules };
}

function parsed(source: string): Node {
  try {
    return parse(source, {
      sourceType: "module",
      plugins: ["typescript", "decorators", "estree"],
      createParenthesizedExpressions: true,
      attachComment: false,
    }).program;
  } catch (error) {
    const { message, loc } = error as Error & { loc?: { line: number } };
    throw syntaxError(message.replace(/ \(\d+:\d+\)$/, ""), loc?.line ?? 1);
  }
}

const isNode = (it: Node): boolean => typeof it?.type === "string" && typeof it.start === "number";

/** Returns the declarations that replace an import. */
function importing(names: Node[], from: string): string {
  return names.map(({ type, imported, local }) => {
    const name = type === "ImportNamespaceSpecifier" ? "*" : imported?.name ?? imported?.value ?? "default";
    return `const ${local.name}=$page.imported(${JSON.stringify(from)},${JSON.stringify(name)});`;
  }).join("");
}
