import { readDeclarations } from "../../parameters/declaration.ts";
import { literal } from "../../parameters/type.ts";

/**
 * Reads the parameters from the sources of a notebook's parameter cells, in order; a later value wins. A `value` is source
 * text, such as `Infinity` or `"a"`.
 */
export function readParameters(sources: readonly string[]) {
  return [...new Map(sources.flatMap(valuesIn))].map(([name, value]) => ({ name, value }));
}

function valuesIn(source: string): [name: string, value: string][] {
  try {
    return readDeclarations(source, "the cell").map(({ name, default: value }) => [name, literal(value)]);
  } catch {
    return source.split("\n").flatMap(valueIn);
  }
}

const assignment =
  /^(?:(?:const|let|var)\s+)?([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*(?::[^=]+)?=\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^;#]+?)\s*;?\s*(?:(?:\/\/|#).*)?$/u;

/** A value in a cell that declares other things, too, or in another language. */
function valueIn(line: string): [name: string, value: string][] {
  const [, name, value] = line.trim().match(assignment) ?? [];
  return name ? [[name, /[[({]$/.test(value) ? "…" : value]] : [];
}
