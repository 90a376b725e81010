/** JSON as Python's `json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False)` writes it, and so JupyterLab. @module */
import type { Json } from "./nbformat.ts";

/** The value as JSON: keys sorted, one space of indent for each level, every character as itself. */
export function formatJson(value: Json, indent = ""): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const deeper = indent + " ";
  const isList = Array.isArray(value);
  const items = isList
    ? value.map((item) => formatJson(item, deeper))
    : Object.keys(value).filter((key) => value[key] !== undefined).sort(byCodePoint)
      .map((key) => `${JSON.stringify(key)}: ${formatJson(value[key], deeper)}`);
  const [before, after] = isList ? "[]" : "{}";
  if (items.length === 0) return before + after;
  return `${before}\n${deeper}${items.join(`,\n${deeper}`)}\n${indent}${after}`;
}

/** Python sorts by code points; JavaScript's own order is by UTF-16 units. */
function byCodePoint(one: string, other: string): number {
  const [a, b] = [[...one], [...other]];
  const at = a.findIndex((char, index) => char !== b[index]);
  return at < 0 ? a.length - b.length : (a[at].codePointAt(0) ?? 0) - (b[at]?.codePointAt(0) ?? -1);
}
