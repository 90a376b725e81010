/** The text of notebooks' files, to the byte as JupyterLab writes it. @module */
import type { Json, MimeBundle, Notebook } from "./nbformat.ts";

/**
 * The text of the notebook's file, to the byte as JupyterLab writes it; or, where the file has a text already that
 * another program wrote, with its indent, its order of keys, and its lists or strings. Before 4.5, cells have no ids.
 */
export function formatNotebook(notebook: Notebook, before = ""): string {
  const { cells, ...rest } = withoutTransients(notebook);
  const [, indent = " "] = /^\{\s*?\n([ \t]+)"/.exec(before) ?? [];
  // A number that JavaScript would write in another way stays as it was written.
  const like = before &&
    JSON.parse(
      before,
      (_, value, { source }: { source?: string } = {}) =>
        typeof value === "number" && String(value) !== source ? { source, value } : value,
    );
  const isString =
    typeof like?.cells?.find((cell: { source: Json[] }) => cell.source.length > 0)?.source === "string";
  const split = isString ? (text: string) => text : splitLines;
  const stored = cells.map((cell) => {
    const { id, ...unnamed } = splitCell(cell, split);
    return notebook.nbformat_minor < 5 ? unnamed : { id, ...unnamed };
  });
  const end = before.endsWith("}") ? "" : "\n";
  return formatJson({ ...rest, cells: stored } as unknown as Json, { step: indent, like }) + end;
}

type Split = (text: string) => string | string[];

function splitCell(cell: Notebook["cells"][number], splitLines: Split): Record<string, unknown> {
  const source = splitLines(cell.source);
  if (cell.cell_type !== "code") {
    if (!cell.attachments) return { ...cell, source };
    const attachments = Object.entries(cell.attachments).map((
      [name, data],
    ) => [name, splitBundle(data, splitLines)]);
    return { ...cell, source, attachments: Object.fromEntries(attachments) };
  }
  const outputs = cell.outputs.map((output) => {
    if (output.output_type === "stream") return { ...output, text: splitLines(output.text) };
    return "data" in output ? { ...output, data: splitBundle(output.data, splitLines) } : output;
  });
  return { ...cell, source, outputs };
}

function splitBundle(data: MimeBundle, splitLines: Split): MimeBundle {
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

/** How JSON is written. */
interface Style {
  /** The indent of each level; one space by default. */
  step?: string;
  /** Where the keys of this value are not sorted, its order holds. */
  like?: Json;
  /** The indent of the value itself. */
  indent?: string;
}

/**
 * The value as Python's `json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False)` writes it, and so JupyterLab:
 * keys sorted, one space of indent for each level, every character as itself.
 */
export function formatJson(value: Json, { step = " ", like, indent = "" }: Style = {}): string {
  if (value === null || typeof value !== "object") {
    const written = like as { source: string; value: number } | undefined;
    return typeof value === "number" && written?.value === value ? written.source : JSON.stringify(value);
  }
  const deeper = indent + step;
  const inner = (item: Json, key: string | number) =>
    formatJson(item, {
      step,
      like: (like as Record<string, Json> | null | undefined)?.[key],
      indent: deeper,
    });
  const isList = Array.isArray(value);
  const items = isList
    ? value.map(inner)
    : keysOf(value, like).map((key) => `${JSON.stringify(key)}: ${inner(value[key], key)}`);
  const [before, after] = isList ? "[]" : "{}";
  if (items.length === 0) return before + after;
  return `${before}\n${deeper}${items.join(`,\n${deeper}`)}\n${indent}${after}`;
}

/** The keys that have a value, sorted; or in the order of `like`, and others at the end. */
function keysOf(value: Record<string, Json>, like: Json | undefined): string[] {
  const sorted = Object.keys(value).filter((key) => value[key] !== undefined).sort(byCodePoint);
  const order = like && typeof like === "object"
    ? Object.keys(like).filter((key) => sorted.includes(key))
    : [];
  const isSorted = order.every((key, i) => i === 0 || byCodePoint(order[i - 1], key) < 0);
  return isSorted ? sorted : [...new Set([...order, ...sorted])];
}

/** Python sorts by code points; JavaScript's own order is by UTF-16 units. */
function byCodePoint(one: string, other: string): number {
  const [a, b] = [[...one], [...other]];
  const at = a.findIndex((char, index) => char !== b[index]);
  return at < 0 ? a.length - b.length : (a[at].codePointAt(0) ?? 0) - (b[at]?.codePointAt(0) ?? -1);
}
