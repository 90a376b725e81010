/** The text of notebooks' files, to the byte as JupyterLab writes it. @module */
import type { Json, Notebook } from "./nbformat.ts";

/**
 * The text of the notebook's file as JupyterLab writes it; or, where the file has a text already that another program
 * wrote, in the manner of that: its indent, ends of lines and escapes, its order of keys, its lists or strings. Before 4.5,
 * cells have no ids.
 */
export function formatNotebook({ cells, ...rest }: Notebook, before = ""): string {
  const [mark] = /^\ufeff?/.exec(before)!;
  const text = before.slice(mark.length);
  const stored = cells.map(({ id, ...cell }) => rest.nbformat_minor >= 5 ? { ...cell, id } : cell);
  const like = text && JSON.parse(text, asWritten);
  const written = layOut(inManner({ ...rest, cells: stored } as Json, like), text);
  const isEscaped = /[^\\](?:\\\\)*\\u(?!00[0-7])/.test(text) && !/[^\0-\x7f]/.test(text);
  const end = before ? /\r?\n$|$/.exec(text)![0] : "\n";
  return mark + (isEscaped ? written.replace(/[^\0-\x7f]/g, escaped) : written) + end;
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** TypeScript does not know these yet. */
const { rawJSON, isRawJSON } = JSON as unknown as {
  rawJSON(text: string): { rawJSON: string };
  isRawJSON(value: unknown): value is { rawJSON: string };
};

/** A number that JavaScript writes in another way, `1.0` say, as it is written; any other value as it is. */
function asWritten(_: string, value: unknown, { source = "" }: { source?: string } = {}): unknown {
  return typeof value === "number" && String(value) !== source ? rawJSON(source) : value;
}

/**
 * The value as it is written: keys sorted, or in the order of `like`, what stood there before; a text of a cell or an output
 * as a list of lines, or as it was before.
 */
function inManner(value: Json, like: unknown, key = "", hasTexts = true): unknown {
  if (typeof value === "number") return isRawJSON(like) && Number(like.rawJSON) === value ? like : value;
  if (typeof value === "string") {
    if (Array.isArray(like) && like.join("") === value) return like;
    return hasTexts && textKeys.test(key) && typeof like !== "string" ? splitLines(value) : value;
  }
  if (value === null || typeof value !== "object") return value;
  const before = Object(like) as Record<string, unknown>;
  const hasTextsInside = hasTexts && key !== "metadata" && !key.endsWith("json");
  if (Array.isArray(value)) return value.map((item, i) => inManner(item, before[i], "", hasTextsInside));
  const keys = Object.keys(value);
  const order = Object.keys(before).filter((key) => Object.hasOwn(value, key));
  const isSorted = String(order) === String(order.toSorted());
  const ordered = isSorted ? keys.toSorted() : [...new Set([...order, ...keys])];
  return Object.fromEntries(
    ordered.map((key) => [key, inManner(value[key], before[key], key, hasTextsInside)]),
  );
}

const textKeys = /^(?:source|text)$|^text\/|^application\/javascript$|^image\/svg\+xml$/;

/** JSON with the indent and the ends of lines of `text`; one space for each level where there is none. */
function layOut(value: unknown, text: string): string {
  const [, gap] = /^\{"\w+":( ?)/.exec(text) ?? [];
  if (gap === "") return JSON.stringify(value);
  const [, end = "\n", step = " "] = /^\{[^\S\r\n]*(\r?\n)([ \t]+)"/.exec(text) ?? [];
  const lines = JSON.stringify(value, null, "\t").replace(/^\t+/gm, (tabs) => step.repeat(tabs.length));
  return gap ? lines.replace(/,\n */g, ", ").replace(/\n */g, "") : lines.replaceAll("\n", end);
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
