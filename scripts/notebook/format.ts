/** The text of notebooks' files, to the byte as JupyterLab writes it. @module */
import type { Json, MimeBundle, Notebook } from "./nbformat.ts";

/** The text of the notebook's file, to the byte as JupyterLab writes it. */
export function formatNotebook(notebook: Notebook): string {
  const { cells, ...rest } = withoutTransients(notebook);
  return formatJson({ ...rest, cells: cells.map(splitCell) } as unknown as Json) + "\n";
}

function splitCell(cell: Notebook["cells"][number]): unknown {
  const source = splitLines(cell.source);
  if (cell.cell_type !== "code") {
    if (!cell.attachments) return { ...cell, source };
    const attachments = Object.entries(cell.attachments).map(([name, data]) => [name, splitBundle(data)]);
    return { ...cell, source, attachments: Object.fromEntries(attachments) };
  }
  const outputs = cell.outputs.map((output) => {
    if (output.output_type === "stream") return { ...output, text: splitLines(output.text) };
    return "data" in output ? { ...output, data: splitBundle(output.data) } : output;
  });
  return { ...cell, source, outputs };
}

function splitBundle(data: MimeBundle): MimeBundle {
  const isText = (type: string) => /^text\/|^application\/javascript$|^image\/svg\+xml$/.test(type);
  return Object.fromEntries(
    Object.entries(data).map(([type, value]) => [
      type,
      typeof value === "string" && isText(type) ? splitLines(value) : value,
    ]),
  );
}

/** nbformat keeps neither a signature, nor where a notebook came from, nor whether a cell is trusted. */
export function withoutTransients(notebook: Notebook): Notebook {
  const { orig_nbformat: _, orig_nbformat_minor: __, signature: ___, ...metadata } = notebook.metadata;
  const cells = notebook.cells.map((cell) => {
    const { trusted: _, ...metadata } = cell.metadata;
    return { ...cell, metadata } as typeof cell;
  });
  return { ...notebook, metadata, cells };
}

// deno-lint-ignore no-control-regex
const lineWithEnd = /[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])|.+$/gs;

/**
 * The lines of a text, each with its end, as Python's `splitlines(keepends=True)` gives them, and hence as notebooks
 * hold them on a disk.
 *
 * @example
 * ```ts
 * splitLines("one\ntwo"); // ["one\n", "two"]
 * ```
 */
export function splitLines(text: string): string[] {
  return text.match(lineWithEnd) ?? [];
}

/**
 * The value as Python's `json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False)` writes it, and so JupyterLab: keys sorted, one space of indent for each level, every character
 * as itself.
 */
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
