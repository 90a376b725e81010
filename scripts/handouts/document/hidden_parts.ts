/** The parts of a cell that no learner gets: what nbgrader's marks enclose, and comments in Markdown. @module */
import type { Cell, Output } from "../../notebook/notebook.ts";
import { Places } from "./places.ts";

/** The two marks around a part of a cell. */
type Marks = Record<"begin" | "end", RegExp>;
const [solution, tests, scheme] = ["SOLUTION", "HIDDEN TESTS", "MARK SCHEME"].map((what): Marks => ({
  begin: new RegExp(`\\bBEGIN ${what}\\b`, "i"),
  end: new RegExp(`\\bEND ${what}\\b`, "i"),
}));

/** The place of nbgrader's mark in a line: at its start, but for signs, or in a comment; -1 if it has none. */
function markIn(line: string, mark: RegExp): number {
  const at = line.search(mark);
  return /^\W*$|#|\/\/|\/\*|--|%|;/.test(line.slice(0, Math.max(at, 0))) ? at : -1;
}

/** Text without the lines from one with a mark to the one that ends it, or to the end; in place of them stands `instead`. */
function without(text: string, { begin, end }: Marks, instead: (before: string) => string = () => "") {
  let isInside = false;
  return text.split("\n").flatMap((line) => {
    const at = isInside ? -1 : markIn(line, begin);
    const shown = at >= 0 ? [instead(line.slice(0, at))] : isInside ? [] : [line];
    if (at >= 0 || isInside) isInside = markIn(line.slice(at + 1), end) < 0;
    return shown;
  }).join("\n");
}

/** True if marks in the cell enclose its solution. */
export function hasMarks({ source }: Cell): boolean {
  return source.split("\n").some((line) => markIn(line, solution.begin) >= 0);
}

/** The cell as learners get it. Of a cell with something hidden there are no outputs: they would tell. */
export function forLearners(cell: Cell): Cell {
  const sign = (before: string) => cell.cell_type !== "code" ? "" : /#[^\w]*$/.test(before) ? "# " : "// ";
  const yourTurn = (before: string) => `${/^\s*/.exec(before)![0]}${sign(before)}Your turn`;
  const shown = without(without(cell.source, tests), scheme);
  const source = without(shown, solution, yourTurn);
  if (cell.cell_type !== "code") return { ...cell, source: new Places(source).withoutComments() };
  return { ...cell, source, outputs: source === cell.source ? cell.outputs.map(withoutComments) : [] };
}

function withoutComments(output: Output): Output {
  if (!("data" in output) || typeof output.data["text/markdown"] !== "string") return output;
  const shown = new Places(output.data["text/markdown"]).withoutComments();
  return { ...output, data: { ...output.data, "text/markdown": shown } };
}

/** The cell with its solution, and without the marks around it. */
export function withoutMarks(cell: Cell): Cell {
  const lines = cell.source.split("\n").filter((line) =>
    markIn(line, solution.begin) < 0 && markIn(line, solution.end) < 0
  );
  return { ...cell, source: lines.join("\n") };
}
