/** The parts of a cell that no learner gets: what nbgrader's marks enclose, and comments in Markdown. @module */
import type { Cell } from "../../notebook/notebook.ts";
import { outsideCode } from "./markdown.ts";

/** A line with a mark, and all up to the line that ends it; or to the end of the cell, where none does. */
const region = (what: string) =>
  new RegExp(`^([ \\t]*)(\\W*?)\\s*\\bBEGIN ${what}.*(?:\\n[^]*?\\bEND ${what}.*|[^]*)`, "gim");
const [solution, tests, marking] = ["SOLUTION", "HIDDEN TESTS", "MARK SCHEME"].map(region);

/** Whether marks in the cell enclose its solution. */
export function hasMarks({ source }: Cell): boolean {
  return source.search(solution) >= 0;
}

/** The cell as learners get it. Of a cell with something hidden there are no outputs: they would tell. */
export function forLearners(cell: Cell): Cell {
  const source = cell.source.replace(tests, "").replace(marking, "").replace(
    solution,
    (_, indent, mark) =>
      indent + (cell.cell_type === "code" ? `${/^#/.test(mark) ? "#" : mark || "//"} ` : "") + "Your turn",
  );
  if (cell.cell_type !== "code") return { ...cell, source: outsideCode(source, stripped) };
  return source === cell.source ? cell : { ...cell, source, outputs: [] };
}

/** The cell with its solution, and without the marks around it. */
export function withoutMarks(cell: Cell): Cell {
  return { ...cell, source: cell.source.replace(/^.*\b(?:BEGIN|END) SOLUTION.*\n?/gim, "") };
}

/** Text without comments, and without the definitions (`[//]: # (…)`) that serve as such; code in it keeps them. */
function stripped(text: string): string {
  const comments = /(`+)(?!`)[^]*?[^`]\1(?!`)|<!--[^]*?(?:-->|$(?![^]))|^ {0,3}\[(?:\/\/|comment)\]:.*$/gim;
  return text.replace(comments, (all, ticks) => ticks ? all : "");
}
