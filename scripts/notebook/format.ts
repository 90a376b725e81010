/** The text of notebooks' files, to the byte as JupyterLab writes it. @module */
import { Buffer } from "node:buffer";
import type { Json, Notebook } from "./nbformat.ts";

/**
 * The text of the notebook's file, to the byte as JupyterLab writes it; or, where the file has a text already that
 * another program wrote, in the manner of that: its indent, ends of lines and escapes, its order of keys, its lists or
 * strings. Before 4.5, cells have no ids.
 */
export function formatNotebook(notebook: Notebook, before = ""): string {
  const { cells, ...rest } = withoutTransients(notebook);
  const [mark] = /^\ufeff?/.exec(before)!;
  const like = before && JSON.parse(before.slice(mark.length), asWritten);
  const written = like?.cells?.find((cell: { source: Json[] }) => cell.source.length > 0)?.source;
  const split = typeof written === "string" ? (text: string) => text : splitLines;
  const stored = cells.map(({ id, ...cell }, i) =>
    withTexts({ ...cell, ...notebook.nbformat_minor >= 5 && { id } } as Json, split, like?.cells?.[i])
  );
  const text = formatJson({ ...rest, cells: stored } as Json, { ...layoutOf(before), like });
  const end = before.trimEnd() === before && before ? "" : /\r\n$/.test(before) ? "\r\n" : "\n";
  return mark + (isEscaped(before) ? text.replace(/[^\0-\x7f]/g, escaped) : text) + end;
}

/** A number that JavaScript writes in another way, `1.0` say, with how it was written; any other value as it is. */
function asWritten(_: string, value: unknown, { source }: { source?: string } = {}): unknown {
  return typeof value === "number" && String(value) !== source ? { source, value } : value;
}

/** The indent and the ends of lines in a JSON text; one of a single line has neither. */
function layoutOf(text: string): Style {
  const [, end, step] = /^\ufeff?\{[^\S\r\n]*(\r?\n)([ \t]+)"/.exec(text) ?? [];
  const [, gap] = /^\ufeff?\{"\w+":( ?)/.exec(text) ?? [];
  return gap === undefined ? { end, step } : { end: "", step: "", gap };
}

/** Whether a JSON text has escapes for all letters that are not ASCII, as Python's `json.dump` writes. */
function isEscaped(text: string): boolean {
  return /[^\\](?:\\\\)*\\u(?!00[0-7])/.test(text) && !/[^\0-\x7f]/.test(text.replace(/^\ufeff/, ""));
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** A part of a cell with its texts split, each as in `like`, where it is there; metadata and JSON are nobody's text. */
function withTexts(value: Json, split: (text: string) => Json, like?: Json, key = ""): Json {
  const likeOf = (key: string | number) => (like as Record<string, Json> | null | undefined)?.[key];
  if (typeof value === "string") {
    if (Array.isArray(like) && like.join("") === value) return like;
    if (!isText(key) || typeof like === "string") return value;
    return Array.isArray(like) ? splitLines(value) : split(value);
  }
  if (Array.isArray(value)) return value.map((item, i) => withTexts(item, split, likeOf(i)));
  if (value === null || typeof value !== "object" || key === "metadata" || key.endsWith("json")) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, it]) => [key, withTexts(it, split, likeOf(key), key)]),
  );
}

function isText(key: string): boolean {
  return /^(?:source|text)$|^text\/|^application\/javascript$|^image\/svg\+xml$/.test(key);
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
  /** The end of each line. */
  end?: string;
  /** The space behind a colon, and behind a comma within a line. */
  gap?: string;
  /** Where the keys of this value are not sorted, its order holds. */
  like?: Json;
  /** The indent of the value itself. */
  indent?: string;
}

/**
 * The value as Python's `json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False)` writes it, and so JupyterLab:
 * keys sorted, one space of indent for each level, every character as itself.
 */
export function formatJson(
  value: Json,
  { step = " ", end = "\n", gap = " ", like, indent = "" }: Style = {},
): string {
  if (value === null || typeof value !== "object") {
    const written = like as { source: string; value: number } | undefined;
    return typeof value === "number" && written?.value === value ? written.source : JSON.stringify(value);
  }
  const deeper = indent + step;
  const inner = (item: Json, key: string | number) =>
    formatJson(item, {
      step,
      end,
      gap,
      like: (like as Record<string, Json> | null | undefined)?.[key],
      indent: deeper,
    });
  const isList = Array.isArray(value);
  const items = isList
    ? value.map(inner)
    : keysOf(value, like).map((key) => `${JSON.stringify(key)}:${gap}${inner(value[key], key)}`);
  const [before, after] = isList ? "[]" : "{}";
  if (items.length === 0) return before + after;
  const between = end ? `,${end}${deeper}` : `,${gap}`;
  return `${before}${end}${deeper}${items.join(between)}${end}${indent}${after}`;
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

/** Python sorts by code points, as UTF-8 does; JavaScript's own order is by UTF-16 units. */
function byCodePoint(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
