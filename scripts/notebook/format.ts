/** Formats notebook files byte for byte as JupyterLab does. @module */
import type { Json, Notebook } from "./nbformat.ts";

/**
 * Returns the text of a notebook's file as JupyterLab writes it. If the file already has a text, `before`, its style is
 * kept: indentation, line endings and escapes, the order of keys, and the choice between lists and strings. Before 4.5,
 * cells have no ids.
 */
export function formatNotebook({ cells, ...rest }: Notebook, before = ""): string {
  const [mark] = /^\ufeff?/.exec(before)!;
  const text = before.slice(mark.length);
  const stored = cells.map(({ id, ...cell }) => rest.nbformat_minor >= 5 ? { ...cell, id } : cell);
  const like = text && JSON.parse(text, asWritten);
  const written = layOut(inStyle({ ...rest, cells: stored } as Json, like), text);
  const isEscaped = /[^\\](?:\\\\)*\\u(?!00[0-7])/.test(text) && !/[^\0-\x7f]/.test(text);
  const end = before ? /\r?\n$|$/.exec(text)![0] : "\n";
  return mark + (isEscaped ? written.replace(/[^\0-\x7f]/g, escaped) : written) + end;
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** TypeScript does not declare these yet. */
const { rawJSON, isRawJSON } = JSON as unknown as {
  rawJSON(text: string): { rawJSON: string };
  isRawJSON(value: unknown): value is { rawJSON: string };
};

/** Keeps the source of a number that JavaScript would write differently, such as `1.0`. */
function asWritten(_: string, value: unknown, { source = "" }: { source?: string } = {}): unknown {
  return typeof value === "number" && String(value) !== source ? rawJSON(source) : value;
}

/**
 * Returns the value as it is stored. `like` is the value that it replaces: it decides whether keys are sorted or keep their
 * order, and whether a text is a string or a list of lines.
 */
function inStyle(value: Json, like: unknown, key = "", hasTexts = true): unknown {
  if (typeof value === "number") return isRawJSON(like) && Number(like.rawJSON) === value ? like : value;
  if (typeof value === "string") {
    if (Array.isArray(like) && like.join("") === value) return like;
    return hasTexts && textKeys.test(key) && typeof like !== "string" ? splitLines(value) : value;
  }
  if (value === null || typeof value !== "object") return value;
  const before = Object(like) as Record<string, unknown>;
  const hasTextsInside = hasTexts && key !== "metadata" && !key.endsWith("json");
  if (Array.isArray(value)) return value.map((item, i) => inStyle(item, before[i], "", hasTextsInside));
  const keys = Object.keys(value);
  const order = Object.keys(before).filter((key) => Object.hasOwn(value, key));
  const isSorted = String(order) === String(order.toSorted());
  const ordered = isSorted ? keys.toSorted() : [...new Set([...order, ...keys])];
  return Object.fromEntries(
    ordered.map((key) => [key, inStyle(value[key], before[key], key, hasTextsInside)]),
  );
}

const textKeys = /^(?:source|text)$|^text\/|^application\/javascript$|^image\/svg\+xml$/;

/** Returns JSON with the indentation and line endings of `text`, or else one space per level. */
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
 * Splits a text into lines that keep their line endings, as Python's `splitlines(keepends=True)` does, and hence as
 * notebooks store them.
 *
 * @example
 * ```ts
 * splitLines("one\ntwo"); // ["one\n", "two"]
 * ```
 */
export function splitLines(text: string): string[] {
  return text.match(lineWithEnd) ?? [];
}
