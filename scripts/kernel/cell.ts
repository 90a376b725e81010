/** Turns a cell's code into JavaScript for the inspector, keeping every line and column in place. @module */
import { parse } from "@babel/parser";
import { stripTypeScriptTypes } from "node:module";
import { settingsIn } from "../parameters/declaration.ts";
import { type Computed, isOf, refusal, type Type } from "../parameters/type.ts";
import { syntaxProblem } from "./syntax_error.ts";

/** The expression by which code in Deno's kernel refers to our agent (`inside.ts`). */
export const inside = 'globalThis[Symbol.for("course.host")]';

/** A failure of a cell, as in Jupyter's messages. */
export type CellFailure = ReturnType<typeof failed>;

/** A failure with a name and a message, and more lines to show. */
export function failed(ename: string, evalue: string, ...shown: string[]) {
  return { ename, evalue, traceback: [`${ename}: ${evalue}`, ...shown] };
}

/**
 * Checks a cell before it runs. Returns its `failure` if it has a syntax error, or sets a parameter to a value that the
 * declaration does not allow; otherwise the `computed` parameters, whose values must be checked after it has run.
 *
 * Kernels do not see tags, so a parameter is any variable declared with a range, or with choices only.
 *
 * @param declared parameter types from earlier cells, which this one may assign; its own are added
 * @param isTyped true for a kernel that reports TypeScript errors itself
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
  } catch { /* the kernel reports the error */ }
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
 * Turns a cell's TypeScript into JavaScript, with spaces in place of types. Code that needs more than that, such as an
 * `enum`, is transformed, which moves what follows.
 */
export function javaScriptOf(code: string): string {
  const plain = withoutImports(code);
  for (const mode of ["strip", "transform"] as const) {
    try {
      return stripTypeScriptTypes(plain, { mode });
    } catch { /* V8 reports the error */ }
  }
  return plain;
}

/** Replaces imports by calls and removes `export`, since a cell is not a module. */
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

/** The call for an import, for example `const [{ a: a }, all] = Array(2).fill(await load(import("b")));`. */
function callOf({ importKind, source, attributes, specifiers }: Import, code: string): string {
  if (importKind === "type") return "";
  const textOf = ({ start, end }: { start?: number | null; end?: number | null }) => code.slice(start!, end!);
  const options = (attributes ?? []).map(textOf).join(", ");
  const module = `await ${inside}.load(import(${textOf(source)}${options && `, { with: { ${options} } }`}))`;
  const patterns = specifiers.flatMap((it) => {
    if (it.type === "ImportNamespaceSpecifier") return it.local.name;
    if (it.type === "ImportSpecifier" && it.importKind === "type") return [];
    const name = it.type === "ImportSpecifier" ? textOf(it.imported) : "default";
    // A missing name may be a type, so it throws only when it is used.
    const lacking = source.value === "@course/lib" ? ` = ${inside}.lacks(${JSON.stringify(name)})` : "";
    return `{ ${name}: ${it.local.name}${lacking} }`;
  });
  if (patterns.length === 0) return `${module};`;
  return `const [${patterns.join(", ")}] = Array(${patterns.length}).fill(${module});`;
}
