/** From a cell's code to JavaScript, with every line and column where it was. @module */
import { parse } from "@babel/parser";
import { stripTypeScriptTypes } from "node:module";

/** The part of ours that runs inside of Deno's kernel (`inside.ts`), as code for it names it. */
export const inside = 'globalThis[Symbol.for("course.host")]';

type Node = ReturnType<typeof parse>["program"]["body"][number];

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
  for (const node of program.body) {
    const replaced = replacement(node, plain);
    if (replaced === undefined) continue;
    const [end, text] = replaced;
    const [start, lines] = [node.start!, plain.slice(node.start!, end).split("\n").length - 1];
    result += plain.slice(from, start) + text.padEnd(end - start - lines) + "\n".repeat(lines);
    from = end;
  }
  return result + plain.slice(from);
}

/** The code that takes the place of an import or an export, and the end of what it replaces. */
function replacement(node: Node, plain: string): [end: number, text: string] | undefined {
  if (node.type === "ExportNamedDeclaration" && node.exportKind !== "type" && node.declaration) {
    return [node.declaration.start!, ""];
  }
  if (node.type !== "ImportDeclaration" || node.importKind === "type") return undefined;
  const textOf = ({ start, end }: { start?: number | null; end?: number | null }) =>
    plain.slice(start!, end!);
  const options = (node.attributes ?? []).map(textOf).join(", ");
  const module = `await import(${textOf(node.source)}${options && `, { with: { ${options} } }`});`;
  const all = node.specifiers.find(({ type }) => type === "ImportNamespaceSpecifier")?.local.name;
  const names = node.specifiers.flatMap((it) => {
    if (it.type === "ImportNamespaceSpecifier" || "importKind" in it && it.importKind === "type") return [];
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
