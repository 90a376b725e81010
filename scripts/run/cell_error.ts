import { CourseError, printable } from "../common/errors.ts";
import type { ExecuteReply } from "../kernel/client.ts";
import type { CodeCell, Notebook } from "../notebook/notebook.ts";

const shownLines = 20;

/** The failure of a cell: it threw, timed out, or its kernel died. The message is a report of several lines. */
export class CellError extends CourseError {
  override name = "CellError";
  /** The reason, without a full stop: "TypeError: x is not a function". */
  readonly reason: string;

  /**
   * @param path the notebook's file
   * @param notebook the notebook so far: the failed cell with its output, and later cells without any
   * @param cell the number of the cell among all cells, from 1
   * @param traceback the lines of the stack trace
   */
  constructor(
    path: string,
    readonly notebook: Notebook,
    readonly cell: number,
    why: string,
    traceback: string[] = [],
  ) {
    const reason = printable(why).split("\n")[0];
    const { source, outputs } = notebook.cells[cell - 1] as CodeCell;
    const printed = (stream: string) =>
      outputs.map((output) => output.output_type === "stream" && output.name === stream ? output.text : "")
        .join("");
    super([
      `${path}: cell ${cell} failed: ${/[.?!]$/.test(reason) ? reason : `${reason}.`}`,
      ...section("its source", source, "first"),
      ...section("it printed", printed("stdout"), "last"),
      ...section("it printed on stderr", printed("stderr"), "last"),
      ...section("the traceback", traceback.join("\n"), "first"),
    ].join("\n"));
    this.reason = reason;
  }
}

/** A title and an indented text; only the first or last lines of a long one. */
function section(title: string, text: string, part: "first" | "last"): string[] {
  if (text.trim() === "") return [];
  const lines = text.trimEnd().split("\n");
  const shown = part === "first" ? lines.slice(0, shownLines) : lines.slice(-shownLines);
  const cut = lines.length > shown.length ? ` (the ${part} ${shownLines} of ${lines.length} lines)` : "";
  return [`  ${title}${cut}:`, ...shown.map((line) => `    ${line}`)];
}

/** Returns the failure of a cell without a full stop: "TypeError: x is not a function". */
export function failureInWords({ ename, evalue = "" }: ExecuteReply): string {
  if (evalue.startsWith('Import "@course/lib" not a dependency')) {
    return "there is no @course/lib here: move the notebook into the course's folder, notebooks say";
  }
  return `${ename}: ${evalue}`;
}
