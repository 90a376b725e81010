/** From a cell's code to what the inspector runs, with every line and column where it was. @module */
import { parse } from "@babel/parser";
import { stripTypeScriptTypes } from "node:module";
import { checkSettings } from "../parameters/refused.ts";
import type { Computed, Type } from "../parameters/type.ts";
import { syntaxProblem } from "./syntax_error.ts";

/** The part of ours that runs inside of Deno's kernel (`inside.ts`), as code for it names it. */
export const inside = 'globalThis[Symbol.for("course.host")]';

/** The way in which a cell failed, as Jupyter tells it. */
export interface CellFailure {
  ename: string;
  evalue: string;
  traceback: string[];
}

/** Why a cell must not run; or what runs in its place, and the parameters to look at after that. */
export interface Plan {
  failure?: CellFailure;
  plain?: string;
  computed?: Computed;
}

/** Plans the run of a cell. `declared` has the parameters that cells before it declare. */
export async function planOf(code: string, declared: Map<string, Type>): Promise<Plan> {
  const refuse = (ename: string, evalue: string, ...shown: string[]): Plan => ({
    failure: { ename, evalue, traceback: [`${ename}: ${evalue}`, ...shown] },
  });
  const problem = syntaxProblem(code);
  if (problem) {
    const { line, column, message } = problem;
    const place = [code.split("\n")[line - 1], " ".repeat(column - 1) + "^"];
    return refuse("SyntaxError", `line ${line}, column ${column}: ${message}`, ...place);
  }
  const { refused, computed } = checkSettings(code, declared);
  if (refused !== undefined) return refuse("LessonError", refused);
  return { plain: withoutImports(await withoutTypes(code)), computed };
}

/** JavaScript, line by line where it was: types are blanks. An `enum` and JSX have to be translated, and move what follows. */
async function withoutTypes(code: string): Promise<string> {
  try {
    return stripTypeScriptTypes(code);
  } catch {
    const { default: ts } = await import("typescript");
    const { JsxEmit, ModuleKind, ScriptTarget } = ts;
    const target = { target: ScriptTarget.ESNext, module: ModuleKind.ESNext, jsx: JsxEmit.React };
    return ts.transpileModule(code, { compilerOptions: { ...target, verbatimModuleSyntax: true } })
      .outputText;
  }
}

/** The same code with calls in place of imports, and nothing in place of exports: a cell is no module. */
function withoutImports(plain: string): string {
  if (!/\b(?:import|export)\b/.test(plain)) return plain;
  let result = "", from = 0;
  for (const node of parse(plain, { sourceType: "module" }).program.body) {
    const [end, text] = replacement(node, plain);
    if (end === undefined) continue;
    const [start, lines] = [node.start!, plain.slice(node.start!, end).split("\n").length - 1];
    result += plain.slice(from, start) + text.padEnd(end - start - lines) + "\n".repeat(lines);
    from = end;
  }
  return result + plain.slice(from);
}

type Node = ReturnType<typeof parse>["program"]["body"][number];

/** The end of what is to be replaced, and the code that takes the place of it. */
function replacement(node: Node, plain: string): [end: number | undefined, text: string] {
  if (node.type === "ExportNamedDeclaration") return [node.declaration?.start ?? undefined, ""];
  if (node.type !== "ImportDeclaration") return [undefined, ""];
  const textOf = ({ start, end }: { start?: number | null; end?: number | null }) =>
    plain.slice(start!, end!);
  const options = (node.attributes ?? []).map(textOf).join(", ");
  const module = `await import(${textOf(node.source)}${options && `, { with: { ${options} } }`});`;
  const all = node.specifiers.find(({ type }) => type === "ImportNamespaceSpecifier")?.local.name;
  const names = node.specifiers.flatMap((it) => {
    if (it.type === "ImportNamespaceSpecifier") return [];
    const imported = it.type === "ImportDefaultSpecifier"
      ? "default"
      : "name" in it.imported
      ? it.imported.name
      : it.imported.value;
    const key = JSON.stringify(imported);
    // A name that is only a type is never used.
    const lacking = node.source.value === "@course/lib" ? ` = ${inside}.lacks(${key})` : "";
    return [`${key}: ${it.local.name}${lacking}`];
  });
  if (node.specifiers.length === 0) return [node.end!, module];
  const list = names.length > 0 ? `{ ${names.join(", ")} }` : "";
  if (!all) return [node.end!, list && `const ${list} = ${module}`];
  return [node.end!, `const ${all} = ${module}${list && ` const ${list} = ${all};`}`];
}
