/** One parameter as its notebook's cell gives it; `value` is source text, such as `Infinity` or `"a"`. */
export interface ParameterValue {
  name: string;
  value: string;
}

const declaration =
  /^(?:(?:const|let|var)\s+)?([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*(?::[^=]+)?=\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^;]+?)\s*;?\s*(?:\/\/.*)?$/u;

/** Reads the parameters from the sources of a notebook's parameter cells, in order; a later value wins. */
export function readParameters(sources: readonly string[]): ParameterValue[] {
  const values = new Map<string, string>();
  for (const line of sources.flatMap((source) => source.split("\n"))) {
    const [, name, value] = line.trim().match(declaration) ?? [];
    if (name) values.set(name, /[[({]$/.test(value) ? "…" : value);
  }
  return [...values].map(([name, value]) => ({ name, value }));
}
