/** From a cell's code to JavaScript, with every line and column where it was. @module */
import { parse } from "@babel/parser";
import { stripTypeScriptTypes } from "node:module";

/** The part of ours that runs inside of Deno's kernel (`inside.ts`), as code for it names it. */
export const inside = 'globalThis[Symbol.for("course.deno")]';

/** What is used here of the parser's nodes. */
interface Node {
  type: string;
  start: number;
  end: number;
  source?: { start: number; end: number };
  importKind?: string | null;
  exportKind?: string | null;
  specifiers?: { type: string; importKind?: string | null; local: { name: string }; imported?: Name }[];
  attributes?: Node[];
  declaration?: Node;
}
type Name = { name?: string; value?: string };

/**
 * The code as the inspector runs it, line by line where it was: types are blanks, and `import` is a call. Undefined where
 * that is not possible (an `enum`, JSX): Deno's kernel translates such a cell itself, and does not keep its lines.
 */
export function withoutTypes(code: string): string | undefined {
  let plain: string;
  try {
    plain = stripTypeScriptTypes(code);
  } catch {
    return undefined;
  }
  if (!/\b(?:import|export)\b/.test(plain)) return plain;
  const { program } = parse(code, { sourceType: "module", plugins: ["typescript", "jsx"] });
  let result = "", from = 0;
  for (const node of program.body as Node[]) {
    const replaced = replacement(node, plain);
    if (replaced === undefined) continue;
    const [end, text] = replaced;
    const lines = plain.slice(node.start, end).split("\n").length - 1;
    result += plain.slice(from, node.start) + text.padEnd(end - node.start - lines) + "\n".repeat(lines);
    from = end;
  }
  return result + plain.slice(from);
}

/** What an import or an export becomes, and where in the code what it takes the place of ends. */
function replacement(node: Node, plain: string): [end: number, text: string] | undefined {
  if (node.importKind === "type" || node.exportKind === "type") return undefined;
  if (node.type === "ExportNamedDeclaration" && node.declaration) return [node.declaration.start, ""];
  if (node.type !== "ImportDeclaration") return undefined;
  const { source, specifiers = [], attributes = [] } = node;
  const options = attributes.map(({ start, end }) => plain.slice(start, end)).join(", ");
  const url = plain.slice(source!.start, source!.end);
  const lacking = (name: Name) =>
    url.slice(1, -1) === "@course/lib"
      ? ` = ${inside}.lacks(${JSON.stringify(name.name ?? name.value)})`
      : ""; // a name that is only a type is never used
  const module = `await import(${url}${options && `, { with: { ${options} } }`});`;
  const all = specifiers.find(({ type }) => type === "ImportNamespaceSpecifier")?.local.name;
  const names = specifiers.filter((it) => it.importKind !== "type").flatMap(({ type, local, imported }) =>
    type === "ImportDefaultSpecifier" ? [`default: ${local.name}`] : imported
      ? [
        (nameOf(imported) === local.name ? local.name : `${nameOf(imported)}: ${local.name}`) +
        lacking(imported),
      ]
      : []
  );
  if (specifiers.length === 0) return [node.end, module];
  const list = names.length > 0 ? `{ ${names.join(", ")} }` : "";
  if (!all) return [node.end, list && `const ${list} = ${module}`];
  return [node.end, `const ${all} = ${module}${list && ` const ${list} = ${all};`}`];
}

function nameOf({ name, value }: Name): string {
  return name ?? JSON.stringify(value);
}
