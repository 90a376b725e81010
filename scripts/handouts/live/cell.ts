/** Turns a cell of TypeScript into a script, in which every line stays where it is. @module */
import { parse } from "@babel/parser";
import { analyze } from "periscopic";

/** A cell as a script, and what it has to do with other cells. */
export interface Program {
  script: string;
  /** The names that it defines for the cells below. */
  defines: string[];
  /** Those of them that nothing is assigned to. */
  constants: string[];
  /** The names that it takes from the cells above. */
  uses: Set<string>;
  /** The modules that it imports from. */
  modules: string[];
}

/** An error in a cell that cannot be run, with its line, from 1. */
export class CellSyntaxError extends SyntaxError {
  constructor(sentence: string, readonly line: number) {
    super(sentence);
  }
}

// deno-lint-ignore no-explicit-any
type Node = any;

const refused = /^(TS(Enum|Module|ImportEquals)Declaration|TSExport|TSParameterProperty|Decorator|Export)/;
/** Around an expression, as in `it as string`; the expression stays. */
const around = /^TS\w+(Expression|Assertion)$/;
const modifier = /\b(?:public|private|protected|readonly|override|abstract|implements)\b|[?!,]/g;

/**
 * Compiles a cell. The script calls `$page.load` with a function that runs the cell, as often as it is called. It gives
 * `$page.define` an object that has the cell's names, and leaves the value of the last line in `$page.result`.
 *
 * @param name what errors call it
 * @throws {CellSyntaxError} where it is no TypeScript, or of a kind that cannot be run here
 */
export function compile(source: string, name: string): Program {
  const program = parsed(source);
  const edits: [from: number, to: number, text: string][] = [];
  const modules: string[] = [];
  const put = (at: number, text: string) => void edits.push([at, at, text]);
  const linesIn = (from: number, to: number) => source.slice(from, to).replace(/[^\n]/g, "");
  const blank = (from: number, to: number, first = " ") => {
    if (to > from) edits.push([from, to, first + source.slice(from + 1, to).replace(/[^\n]/g, " ")]);
  };

  /** Blanks what only TypeScript has, and returns the node without it; undefined where nothing is left. */
  const plain = (node: Node): Node | undefined => {
    const { type, start, end, expression } = node;
    if (node.name === "this" || (refused.test(type) && !node.declare)) {
      const kinds =
        "an enum, a namespace, a decorator, an export, or a parameter that is a property or `this`";
      throw new CellSyntaxError(`A page cannot run ${kinds}.`, node.loc.start.line);
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
    if (type === "StaticBlock") node.type = "BlockStatement"; // which periscopic knows
    if (type === "Identifier") blank(start + node.name.length, end);
    if (type === "ImportDeclaration") {
      const names = node.specifiers.filter((it: Node) => it.importKind !== "type");
      modules.push(node.source.value);
      edits.push([start, end, importing(names, node.source.value) + linesIn(start, end)]);
      const declarations = names.map(({ local }: Node) => ({ type: "VariableDeclarator", id: local }));
      return { type: "VariableDeclaration", kind: "const", declarations };
    }
    if (/^Class|Definition$/.test(type)) {
      let at = start;
      for (const child of [...childrenOf(node), { start: end }]) {
        for (const { index, 0: word } of source.slice(at, child.start).matchAll(modifier)) {
          blank(at + index, at + index + word.length);
        }
        at = child.end;
      }
    }
    if (type === "AwaitExpression") {
      edits.push([start, node.argument.start, `($page.awaited=(${linesIn(start, node.argument.start)}`]);
    }
    for (const [key, value] of Object.entries(node)) {
      if (isNode(value)) node[key] = plain(value);
      else if (Array.isArray(value)) node[key] = value.flatMap((it) => isNode(it) ? plain(it) ?? [] : [it]);
    }
    if (type === "AwaitExpression") {
      put(end, "),$page.resumed($page.current(),await $page.awaited))");
    }
    return node;
  };

  const last = program.body.at(-1)?.expression;
  if (last) put(last.start, "$page.result=(");
  const { scope, globals } = analyze(plain(program));
  if (last) put(last.end, ")");
  const defines = [...scope.declarations.keys()];
  const constants = defines.filter((it) => isConstant(scope.declarations.get(it)));
  const accessors = defines.map((it) => `get ${it}(){return ${it}},set ${it}(v){${it}=v},`).join("");
  const script = `"use strict";$page.load(async()=>{$page.define({${accessors}});${
    edited(source, edits)
  }\n})\n//# sourceURL=${name}`;
  return { script, defines, constants, uses: new Set(globals.keys()), modules };
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
    throw new CellSyntaxError(message.replace(/ \(\d+:\d+\)$/, ""), loc?.line ?? 1);
  }
}

const isNode = (it: Node): boolean => typeof it?.type === "string" && typeof it.start === "number";

const isConstant = ({ type, kind }: Node) => kind === "const" || type === "ClassDeclaration";

/** The nodes in a node, in the order of the text. */
const childrenOf = (node: Node): Node[] =>
  Object.values(node).flat().filter(isNode).sort((a: Node, b: Node) => a.start - b.start);

/** The declarations that take the place of an import. */
function importing(names: Node[], from: string): string {
  return names.map(({ type, imported, local }) => {
    const name = type === "ImportNamespaceSpecifier" ? "*" : imported?.name ?? imported?.value ?? "default";
    return `const ${local.name}=$page.imported(${JSON.stringify(from)},${JSON.stringify(name)});`;
  }).join("");
}

/** A text with its edits, of which those at the same place come in their order; one inside of a blanked piece is left out. */
function edited(source: string, edits: [number, number, string][]): string {
  let [text, at] = ["", 0];
  for (const [from, to, replacement] of edits.toSorted(([a, end], [b, other]) => a - b || end - other)) {
    if (from < at) continue;
    text += source.slice(at, from) + replacement;
    at = to;
  }
  return text + source.slice(at);
}
