/** Turns a cell of TypeScript into a script, in which every line stays where it is. @module */
import { parse } from "@babel/parser";

/** A cell as a script, and what it has to do with other cells. */
export interface Program {
  script: string;
  /** The names that it defines for the cells below. */
  defines: string[];
  /** The names that it takes from the cells above. */
  uses: Set<string>;
  /** Its imports: module, name there, name here. */
  imports: [from: string, name: string, as: string][];
}

/** An error in a cell that cannot be run, with its line, from 1. */
export class CellSyntaxError extends SyntaxError {
  constructor(sentence: string, readonly line: number) {
    super(sentence);
  }
}

// deno-lint-ignore no-explicit-any
type Node = any;

const erased = new Set(
  ("TSTypeAnnotation TSTypeParameterDeclaration TSTypeParameterInstantiation TSInterfaceDeclaration " +
    "TSTypeAliasDeclaration TSDeclareFunction TSDeclareMethod TSIndexSignature").split(" "),
);
const refused: Record<string, string> = {
  TSEnumDeclaration: "an enum",
  TSModuleDeclaration: "a namespace",
  TSParameterProperty: "a parameter property",
  TSImportEqualsDeclaration: "import = …",
  Decorator: "a decorator",
  ExportNamedDeclaration: "an export",
  ExportDefaultDeclaration: "an export",
};

/**
 * Compiles a cell. The script calls `$page.load` with a function that runs the cell, as often as it is called, and leaves
 * the value of the last line in `$page.result`.
 *
 * @param name what errors call it
 * @throws {CellSyntaxError} where it is no TypeScript, or of a kind that cannot be run here
 */
export function compile(source: string, name: string): Program {
  const { body } = parsed(source);
  const edits: [from: number, to: number, text: string][] = [];
  const put = (at: number, text: string) => void edits.push([at, at, text]);
  const blank = (from: number, to: number, first = " ") => {
    if (to > from) edits.push([from, to, first + source.slice(from + 1, to).replace(/[^\n]/g, " ")]);
  };
  const imports: Program["imports"] = [];

  const erase = (node: Node): void => {
    const isAbstract = node.abstract && !/^Class(Declaration|Expression)$/.test(node.type);
    if (refused[node.type] && !node.declare) {
      throw new CellSyntaxError(`A page cannot run ${refused[node.type]}.`, node.loc.start.line);
    }
    if (erased.has(node.type) || node.declare || isAbstract || node.type === "ImportDeclaration") {
      return blank(node.start, node.end, /Annotation$|Parameter/.test(node.type) ? " " : ";");
    }
    if (/^TS(As|Satisfies)Expression$/.test(node.type)) blank(node.expression.end, node.end);
    if (node.type === "TSNonNullExpression") blank(node.end - 1, node.end);
    if (node.type === "TSTypeAssertion") blank(node.start, node.expression.start);
    if (/^Class(Declaration|Expression)$/.test(node.type)) {
      const head = source.slice(node.start, node.body.start);
      const at = head.search(/\bimplements\b/);
      if (node.implements?.length > 0) blank(node.start + at, node.body.start);
      if (node.abstract) blank(node.start, node.start + "abstract".length);
    }
    if (/^Class(Private)?(Property|Method)$/.test(node.type)) {
      const words = /\b(public|private|protected|readonly|override)\b/g;
      for (const { index, 0: word } of source.slice(node.start, node.key.start).matchAll(words)) {
        blank(node.start + index, node.start + index + word.length);
      }
    }
    if ((node.optional || node.definite) && !/^Optional/.test(node.type)) {
      const name = node.key ?? node.id ?? node;
      const at = source.slice(node.start, node.end).search(/[?!]/) + node.start;
      if (at >= name.start) blank(at, at + 1);
    }
    if (node.params?.[0]?.name === "this") {
      blank(node.params[0].start, node.params[1]?.start ?? node.params[0].end);
    }
    if (node.type === "AwaitExpression") {
      const lines = source.slice(node.start, node.argument.start).replace(/[^\n]/g, "");
      edits.push([node.start, node.argument.start, `($page.awaited=(${lines}`]);
    }
    children(node).forEach((child) =>
      child.name === "this" && /^Identifier$/.test(child.type) || erase(child)
    );
    if (node.type === "AwaitExpression") {
      put(node.end, "),$page.resumed($page.current(),await $page.awaited))");
    }
  };

  const [functions, defines]: string[][] = [[], []];
  for (const statement of body) {
    erase(statement);
    if (statement.declare || erased.has(statement.type)) continue;
    if (statement.type === "VariableDeclaration") {
      const { kind, start, end, declarations } = statement;
      edits.push([start, start + kind.length, ";(".padEnd(kind.length)]);
      for (const { id, init } of declarations) {
        defines.push(...namesIn(id));
        if (!init) put(id.end, "=undefined");
      }
      put(source[end - 1] === ";" ? end - 1 : end, ")");
    } else if (statement.type === "FunctionDeclaration") functions.push(statement.id.name);
    else if (statement.type === "ClassDeclaration") {
      defines.push(statement.id.name);
      put(statement.end, `;globalThis.${statement.id.name}=${statement.id.name};`);
    } else if (statement.type === "ImportDeclaration" && statement.importKind !== "type") {
      imports.push(...importsOf(statement));
    }
  }
  const last = body.at(-1);
  if (last?.type === "ExpressionStatement") {
    put(last.expression.start, "$page.result=(");
    put(last.expression.end, ")");
  }
  const hoisted = functions.map((name) => `globalThis.${name}=${name};`).join("");
  const script = `"use strict";$page.load(async()=>{${hoisted}${
    edited(source, edits)
  }\n})\n//# sourceURL=${name}`;
  const all = [...defines, ...functions, ...imports.map(([, , as]) => as)];
  return { script, defines: all, uses: usesOf(body).difference(new Set(all)), imports };
}

function parsed(source: string): { body: Node[] } {
  try {
    const plugins = ["typescript" as const, "decorators" as const];
    return parse(source, { sourceType: "module", createParenthesizedExpressions: true, plugins }).program;
  } catch (error) {
    const { message, loc } = error as Error & { loc?: { line: number } };
    throw new CellSyntaxError(`${message.replace(/ \(\d+:\d+\)$/, "")}`, loc?.line ?? 1);
  }
}

function importsOf({ specifiers, source }: Node): Program["imports"] {
  return specifiers.filter((it: Node) => it.importKind !== "type").map((it: Node) => {
    const { type, imported, local } = it;
    const name = type === "ImportNamespaceSpecifier" ? "*" : imported?.name ?? imported?.value ?? "default";
    return [source.value, name, local.name];
  });
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

function children(node: Node): Node[] {
  return Object.entries(node).flatMap(([key, value]) =>
    key === "loc" || /[cC]omments$/.test(key) ? [] : value
  )
    .filter((it) => typeof (it as Node)?.type === "string");
}

/** The names that a pattern binds. */
function namesIn(pattern: Node): string[] {
  if (pattern?.type === "Identifier") return [pattern.name];
  const parts = pattern?.properties ?? pattern?.elements ??
    [pattern?.value ?? pattern?.left ?? pattern?.argument];
  return pattern ? parts.flatMap(namesIn) : [];
}

/** The names that a piece of code takes from around it. */
function usesOf(body: Node[]): Set<string> {
  const uses = new Set<string>();
  const visit = (node: Node, known: ReadonlySet<string>): void => {
    if (!node || erased.has(node.type)) return;
    if (node.type === "Identifier" && !known.has(node.name)) uses.add(node.name);
    const inside = new Set([...known, ...boundIn(node)]);
    const isNamed = !node.computed && (node.key ? node.key : /Member/.test(node.type) && node.property);
    for (const child of children(node)) {
      if (child !== isNamed && child !== node.label) visit(child, inside);
    }
  };
  for (const statement of body) visit(statement, new Set());
  return uses;
}

/** The names that are known inside of a node, and not outside. */
function boundIn(node: Node): string[] {
  const variables = (it: Node) =>
    it?.type === "VariableDeclaration"
      ? it.declarations.flatMap(({ id }: Node) => namesIn(id))
      : /^(Function|Class)Declaration$/.test(it?.type ?? "")
      ? [it.id.name]
      : [];
  const own = /Expression$/.test(node.type) && node.id ? [node.id.name] : [];
  const statements = node.type === "BlockStatement" || node.type === "StaticBlock" ? node.body : [];
  return [
    ...own,
    ...(node.params ?? []).flatMap?.(namesIn) ?? [],
    ...node.type === "CatchClause" ? namesIn(node.param) : [],
    ...statements.flatMap(variables),
    ...variables(node.init ?? node.left),
  ];
}
