/** Notebooks from and to a disk. @module */
import * as v from "valibot";
import { CourseError } from "../common/errors.ts";
import { freeName, reasonOf, writeWhole } from "../common/files.ts";
import { formatNotebook, withoutTransients } from "./format.ts";
import {
  type Cell,
  isTooDeep,
  type Notebook,
  notebookSchema,
  type Output,
  outputSchema,
} from "./nbformat.ts";

export { formatNotebook } from "./format.ts";
export type { Cell, CodeCell, Json, MimeBundle, Notebook, Output, StreamOutput } from "./nbformat.ts";

/** Reads a notebook. Throws a `CourseError` that names the file and the place in it that is wrong. */
export async function readNotebook(path: string): Promise<Notebook> {
  const bytes = await Deno.readFile(path).catch((error) => {
    throw new CourseError(
      `Cannot read ${path}: ${reasonOf(error)}. Name a notebook (.ipynb).`,
    );
  });
  try {
    return parseNotebook(new TextDecoder("utf-8", { fatal: true }).decode(bytes), path);
  } catch (error) {
    if (error instanceof CourseError) throw error;
    throw new CourseError(
      `Cannot read ${path}: it is not UTF-8 text. Restore it, or save it again in JupyterLab.`,
    );
  }
}

/** The notebook in `text`; `name` is what errors call it. */
export function parseNotebook(text: string, name: string): Notebook {
  const value = parseJson(text, name);
  checkVersion(value, name);
  return checkNotebook(withIds(value as RawNotebook), name);
}

/** The value as a notebook, once it is one by the official schema; texts are joined to one string each. */
export function checkNotebook(value: unknown, name: string): Notebook {
  const result = v.safeParse(notebookSchema, value);
  const wrong = result.success ? repeatedId(result.output) : explain(result.issues[0]);
  if (wrong) {
    throw new CourseError(
      `${name} is not a valid notebook: ${wrong}. Correct it there, or save it again in JupyterLab.`,
    );
  }
  return withoutTransients(result.output as Notebook);
}

/** The output as a notebook holds it, or why none can. */
export function checkOutput(value: unknown): { output: Output } | { wrong: string } {
  const result = v.safeParse(outputSchema, value);
  return result.success ? { output: result.output } : { wrong: explain(result.issues[0]) };
}

/** The outputs of a cell; none where it is no code. */
export function outputsOf(cell: Cell): readonly Output[] {
  return cell.cell_type === "code" ? cell.outputs : [];
}

/** Writes a notebook whole or not at all, as the file there is written, else as JupyterLab would; never what is not valid. */
export async function writeNotebook(path: string, notebook: Notebook): Promise<void> {
  const valid = checkNotebook(notebook, path);
  const before = await Deno.readTextFile(path).then((text) => JSON.parse(text) && text).catch(() =>
    undefined
  );
  await writeWhole(path, formatNotebook(valid, before));
}

function parseJson(text: string, name: string): unknown {
  if (text.trim() === "") {
    throw new CourseError(`Cannot read ${name}: the file is empty. Restore it, or delete it.`);
  }
  try {
    const value = JSON.parse(text);
    if (!isTooDeep(value)) return value;
    throw new CourseError(`Cannot read ${name}: its JSON is nested too deeply. Restore it, or make it anew.`);
  } catch (error) {
    if (error instanceof CourseError) throw error;
    const { message } = error as SyntaxError;
    const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? [];
    const place = line ? ` (line ${line}, column ${column})` : "";
    const position = Number(/position (\d+)/.exec(message)?.[1] ?? -1);
    const isCut = /end of JSON|unterminated/i.test(message) || position >= text.trimEnd().length;
    const what = isCut ? "it ends too early: a part of the file is missing" : `it is not JSON${place}`;
    throw new CourseError(`Cannot read ${name}: ${what}. Restore it, or save it again in JupyterLab.`);
  }
}

function checkVersion(value: unknown, name: string): void {
  const { nbformat, nbformat_minor } = (value ?? {}) as Record<string, unknown>;
  if (typeof nbformat !== "number") {
    throw new CourseError(
      `${name} is not a notebook: "nbformat" is missing. Name a file that JupyterLab has saved.`,
    );
  }
  if (nbformat !== 4) {
    throw new CourseError(
      `Cannot read ${name}: its format is ${nbformat}.${nbformat_minor ?? 0}, and 4.0 or newer is needed. ` +
        "Open it in a current JupyterLab and save it.",
    );
  }
}

interface RawNotebook {
  cells?: unknown;
}

/** Gives cells that have no id, as before 4.5 and in some front ends, the same one each time: their number. */
function withIds(notebook: RawNotebook): RawNotebook {
  if (!Array.isArray(notebook.cells)) return notebook;
  const taken = notebook.cells.map((cell) => cell?.id);
  const cells = notebook.cells.map((cell, index) =>
    cell && typeof cell === "object" && cell.id === undefined
      ? { ...cell, id: freeName(`${index + 1}`, taken) }
      : cell
  );
  return { ...notebook, cells };
}

function repeatedId(notebook: Notebook): string | undefined {
  const seen = new Map<string, number>();
  for (const [index, { id }] of notebook.cells.entries()) {
    const first = seen.get(id);
    if (first !== undefined) return `cell ${index + 1}: its id "${id}" is that of cell ${first} too`;
    seen.set(id, index + 1);
  }
}

/** "cell 3, outputs[0].name: expected string but received 5", from valibot's issue. */
function explain(issue: v.BaseIssue<unknown>): string {
  const keys = issue.path?.map(({ key }) => key) ?? [];
  const isCell = keys[0] === "cells" && typeof keys[1] === "number";
  const cell = isCell ? [`cell ${Number(keys[1]) + 1}`] : [];
  const path = keys.slice(isCell ? 2 : 0)
    .map((key) => typeof key === "number" ? `[${key}]` : `.${key}`).join("").replace(/^\./, "");
  const place = [...cell, ...path ? [path] : []].join(", ");
  const received = /^(Invalid [\w ]+: Expected .+?)( but received "?[^]{0,40})([^]*)/.exec(issue.message);
  const short = received ? received[1] + received[2] + (received[3] ? "…" : "") : issue.message;
  const message = issue.expected === "never"
    ? "the format has no such property"
    : issue.received === "undefined"
    ? "it is missing"
    : short.replace(/^Invalid [\w ]+: E/, "e").replace(/\s+/g, " ");
  return place ? `${place}: ${message}` : message;
}
