import { CourseError, printable } from "../common/errors.ts";
import type { CodeCell, Notebook } from "../notebook/notebook.ts";

const shownLines = 20;

/** A cell that failed, and why. */
export interface Failure {
  notebookName: string;
  /** The number of the cell among all cells, from 1. */
  cell: number;
  /** Why, in a sentence without its end: "TypeError: x is not a function". */
  reason: string;
  /** The notebook so far: the failed cell with what it put out, the cells after it without outputs. */
  notebook: Notebook;
}

/** A cell failed: it threw, ran for too long, or its kernel died. The message is a report of several lines. */
export class CellError extends CourseError implements Failure {
  override name = "CellError";
  declare readonly notebookName: string;
  declare readonly cell: number;
  declare readonly reason: string;
  declare readonly notebook: Notebook;
  readonly source: string;
  /** The printed text, by stream. */
  readonly streams: { stdout: string; stderr: string };

  /** @param traceback The stack, as the kernel gives it. */
  constructor(failure: Failure, traceback: string[] = []) {
    const { notebookName, cell, notebook } = failure;
    const reason = printable(failure.reason).split("\n")[0];
    const { source, outputs } = notebook.cells[cell - 1] as CodeCell;
    const printed = (stream: string) =>
      outputs.map((output) => output.output_type === "stream" && output.name === stream ? output.text : "")
        .join("");
    const streams = { stdout: printed("stdout"), stderr: printed("stderr") };
    super([
      `${notebookName}: cell ${cell} failed: ${reason.replace(/\.$/, "")}.`,
      ...section("its source", source, "first"),
      ...section("it printed", streams.stdout, "last"),
      ...section("it printed on stderr", streams.stderr, "last"),
      ...section("the traceback", readable(traceback), "first"),
    ].join("\n"));
    Object.assign(this, failure, { reason });
    this.source = source;
    this.streams = streams;
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
