/** From a cell's code to what the inspector runs, with every line and column where it was. @module */
import { parse } from "@babel/parser";
import { stripTypeScriptTypes } from "node:module";
import { settingsIn } from "../parameters/declaration.ts";
import { type Computed, isOf, refusal, type Type } from "../parameters/type.ts";
import { syntaxProblem } from "./syntax_error.ts";

/** The part of ours that runs inside of Deno's kernel (`inside.ts`), as code for it names it. */
export const inside = 'globalThis[Symbol.for("course.host")]';

/** The way in which a cell failed, as Jupyter tells it. */
export interface CellFailure {
  ename: string;
  evalue: string;
  traceback: string[];
}

/** The failure of this name; `shown` are further lines. */
export function failed(ename: string, evalue: string, ...shown: string[]): CellFailure {
  return { ename, evalue, traceback: [`${ename}: ${evalue}`, ...shown] };
}

/**
 * Returns why a cell must not run: it is no TypeScript, or sets a parameter to what its declaration does not allow. Where it
 * may run, `computed` are the parameters to look at when it has run.
 *
 * A kernel is not told of tags: a parameter is what is declared with a range, or with nothing but choices.
 *
 * @param declared the types of those that earlier cells declare, which this one may set anew; those of its own are added
 * @param isTyped true for a kernel that reports errors in TypeScript itself
 */
export function checkCell(code: string, declared: Map<string, Type>, isTyped: boolean) {
  const problem = isTyped ? undefined : syntaxProblem(code);
  if (problem) {
    const { line, column, message } = problem;
    const place = [code.split("\n")[line - 1], " ".repeat(column - 1) + "^"];
    return { failure: failed("SyntaxError", `line ${line}, column ${column}: ${message}`, ...place) };
  }
  let settings: ReturnType<typeof settingsIn> = [];
  try {
    settings = settingsIn(code, "");
  } catch { /* the kernel says what is wrong */ }
  const computed: Computed = [];
  let refused: string | undefined;
  for (const { name = "", default: value, type } of settings) {
    const hasRange = type && Object.keys(type.range).length > 0;
    if (type && (hasRange || type.kinds.length === 0)) declared.set(name, type);
    const allowed = declared.get(name);
    if (allowed && value !== undefined && !isOf(value, allowed)) refused ??= refusal(name, value, allowed);
    if (hasRange && value === undefined) computed.push([name, type]);
  }
  return refused === undefined ? { computed } : { failure: failed("LessonError", refused) };
}

/**
 * The code that runs in place of a cell's: JavaScript, line by line where it was, with blanks for types. What types alone
 * cannot be taken from, an `enum` say, is translated, and moves what follows.
 */
export function javaScriptOf(code: string): string {
  const plain = withoutImports(code);
  for (const mode of ["strip", "transform"] as const) {
    try {
      return stripTypeScriptTypes(plain, { mode });
    } catch { /* then V8 says what is wrong */ }
  }
  return plain;
}

/** The same code with calls in place of imports, and nothing in place of exports: a cell is no module. */
function withoutImports(code: string): string {
  if (!/\b(?:import|export)\b/.test(code)) return code;
  let result = "", from = 0;
  for (const node of parse(code, { sourceType: "module", plugins: ["typescript"] }).program.body) {
    const isImport = node.type === "ImportDeclaration";
    const end = isImport ? node.end : node.type === "ExportNamedDeclaration" && node.declaration?.start;
    if (!end) continue;
    const [start, lines] = [node.start!, code.slice(node.start!, end).split("\n").length - 1];
    const text = isImport ? callOf(node, code) : "";
    result += code.slice(from, start) + text.padEnd(end - start - lines) + "\n".repeat(lines);
    from = end;
  }
  return result + code.slice(from);
}

type Statement = ReturnType<typeof parse>["program"]["body"][number];
type Import = Extract<Statement, { type: "ImportDeclaration" }>;

/** The call that takes the place of an import: `const [{ a: a }, all] = Array(2).fill(await load(import("b")));`, say. */
function callOf({ importKind, source, attributes, specifiers }: Import, code: string): string {
  if (importKind === "type") return "";
  const textOf = ({ start, end }: { start?: number | null; end?: number | null }) => code.slice(start!, end!);
  const options = (attributes ?? []).map(textOf).join(", ");
  const module = `await ${inside}.load(import(${textOf(source)}${options && `, { with: { ${options} } }`}))`;
  const patterns = specifiers.flatMap((it) => {
    if (it.type === "ImportNamespaceSpecifier") return it.local.name;
    if (it.type === "ImportSpecifier" && it.importKind === "type") return [];
    const name = it.type === "ImportSpecifier" ? textOf(it.imported) : "default";
    // A name that is only a type is never used.
    const lacking = source.value === "@course/lib" ? ` = ${inside}.lacks(${JSON.stringify(name)})` : "";
    return `{ ${name}: ${it.local.name}${lacking} }`;
  });
  if (patterns.length === 0) return `${module};`;
  return `const [${patterns.join(", ")}] = Array(${patterns.length}).fill(${module});`;
}
