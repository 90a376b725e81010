import { CourseError, printable } from "../common/errors.ts";
import type { CodeCell, Notebook } from "../notebook/notebook.ts";

const shownLines = 20;

/** A cell that failed, and why. */
export interface Failure {
  /** The name of the notebook. */
  name: string;
  /** The number of the cell among all cells, from 1. */
  cell: number;
  /** Why, in a sentence without its end: "TypeError: x is not a function". */
  reason: string;
  /** The notebook so far: the failed cell with what it put out, the cells after it without outputs. */
  notebook: Notebook;
  /** The stack, as the kernel gives it. */
  traceback?: string[];
}

/** A cell failed: it threw, ran for too long, or its kernel died. The message is a report of several lines. */
export class CellError extends CourseError {
  override name = "CellError";
  readonly notebookName: string;
  readonly cell: number;
  readonly reason: string;
  readonly source: string;
  /** The printed text, by stream. */
  readonly streams: { stdout: string; stderr: string };
  readonly traceback: string[];
  readonly notebook: Notebook;

  constructor({ name, cell, reason, notebook, traceback = [] }: Failure) {
    const { source, outputs } = notebook.cells[cell - 1] as CodeCell;
    const printed = (stream: string) =>
      outputs.map((output) => output.output_type === "stream" && output.name === stream ? output.text : "")
        .join("");
    const streams = { stdout: printed("stdout"), stderr: printed("stderr") };
    super([
      `${name}: cell ${cell} failed: ${reason.split("\n")[0].replace(/\.$/, "")}.`,
      ...section("its source", source, "first"),
      ...section("it printed", streams.stdout, "last"),
      ...section("it printed on stderr", streams.stderr, "last"),
      ...section("the traceback", readable(traceback), "first"),
    ].join("\n"));
    this.notebookName = name;
    this.cell = cell;
    this.reason = printable(reason);
    this.source = source;
    this.streams = streams;
    this.traceback = traceback;
    this.notebook = notebook;
  }
}

/**
 * A traceback without the insides of kernels and of lib; and of a cell's own functions without the line, which is not the
 * cell's but its translation's.
 */
function readable(traceback: string[]): string {
  return traceback.flatMap((text) => text.split("\n"))
    .filter((line) => !/^\s+at .*(?:\b(?:ext|node):|\/lib\/|\.kernels)/.test(line))
    .map((line) => line.replace(/^(\s+at .*) \(<anonymous>:\d+:\d+\)$/, "$1"))
    .filter((line) => !/^\s+at <anonymous>:\d+:\d+$/.test(line))
    .join("\n");
}

/** A title and the text under it, indented; of a long text its first or last lines. */
function section(title: string, text: string, part: "first" | "last"): string[] {
  if (text.trim() === "") return [];
  const lines = text.trimEnd().split("\n");
  const shown = part === "first" ? lines.slice(0, shownLines) : lines.slice(-shownLines);
  const cut = lines.length > shown.length ? ` (the ${part} ${shownLines} of ${lines.length} lines)` : "";
  return [`  ${title}${cut}:`, ...shown.map((line) => `    ${line}`)];
}
