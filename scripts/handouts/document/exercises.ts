/** Exercises and their solutions, as cells that follow each other: starter, hints, check, solution. @module */
import type { Cell, Notebook } from "../../notebook/notebook.ts";
import { parseMarkdown } from "./markdown.ts";
import { hasMarks, type Role, tagName, treatment, withoutMarks } from "./tags.ts";

/** The role of a cell; what is no learner's business is the teacher's, even if it is a solution. */
function roleOf(whole: Cell): Role | undefined {
  const { cell, role } = treatment(whole, "student");
  return cell === "remove" ? "teacher" : role ?? (hasMarks(whole) ? "solution" : undefined);
}

/** The starter of each solution that has one: the exercise above it, with cells of an exercise alone between the two. */
export function startersOf(cells: readonly Cell[]): Map<Cell, Cell> {
  const starters = new Map<Cell, Cell>();
  let starter: Cell | undefined;
  for (const cell of cells) {
    const role = roleOf(cell);
    if (role === "exercise") starter = cell;
    else if (role === undefined) starter = undefined;
    else if (role === "solution" && starter) starters.set(cell, starter);
  }
  return starters;
}

/** The name that a line declares at the top level of its cell, or the first of several. */
const declaration = /^(?:async )?(?:function|class|const|let|var) \W?(\w+)/gm;

/** The cells that show what solutions make: those that use what a starter declares, or what another of these cells does. */
export function solvedCells(cells: readonly Cell[]): Set<Cell> {
  const starters = new Set(startersOf(cells).values());
  const names = new Set<string>();
  const solved = new Set<Cell>();
  for (const cell of cells.filter((cell) => cell.cell_type === "code")) {
    if (!starters.has(cell) && !cell.source.match(/\w+/g)?.some((word) => names.has(word))) continue;
    if (roleOf(cell) === undefined) solved.add(cell);
    for (const [, name] of cell.source.matchAll(declaration)) names.add(name);
  }
  return solved;
}

/** The numbers of the exercises that a cell checks. */
export function checkedIn(source = ""): string[] {
  return [...source.matchAll(/\bcheck\("([\d.]+)"/g)].map(([, number]) => number);
}

/** True for a notebook with a solution in it. */
export function hasSolutions({ notebook }: { notebook: Notebook }): boolean {
  return notebook.cells.some((cell) => roleOf(cell) === "solution");
}

/** The notebook with the solutions in place of the starters, as cells like any other. */
export function solved(notebook: Notebook): Notebook {
  const starters = startersOf(notebook.cells);
  const solutions = Map.groupBy(starters.keys(), (solution) => starters.get(solution));
  const cells = notebook.cells.filter((cell) => !starters.has(cell))
    .flatMap((cell) => solutions.get(cell) ?? [cell]).map(unmarked);
  return { ...notebook, cells };
}

/** A chapter of the solutions of several notebooks, each below the headings that it has in its own. */
export function answers(notebooks: readonly Notebook[]): Notebook {
  const cells: Cell[] = [];
  const write = (source: string) =>
    cells.push({ cell_type: "markdown", id: `answer-${cells.length}`, metadata: {}, source });
  write("# Solutions");
  for (const notebook of notebooks) {
    let [title, heading] = ["", ""];
    for (const cell of notebook.cells) {
      if (roleOf(cell) === "solution") {
        if (title + heading) write(title + heading);
        [title, heading] = ["", ""];
        cells.push(unmarked(cell));
      } else if (cell.cell_type === "markdown" && roleOf(cell) !== "teacher") {
        parseMarkdown(cell.source).forEach(({ type, tag }, at, tokens) => {
          if (type !== "heading_open") return;
          const { content } = tokens[at + 1];
          if (tag === "h1") title = `## ${content}\n\n`;
          else heading = `### ${content}`;
        });
      }
    }
  }
  return { ...notebooks[0], cells };
}

/** A solution as a cell that everybody may see. */
function unmarked(cell: Cell): Cell {
  if (roleOf(cell) !== "solution") return cell;
  const { nbgrader: _, tags, ...metadata } = cell.metadata;
  const others = tags?.filter((tag) => tagName(tag) !== "solution");
  return withoutMarks({ ...cell, metadata: { ...metadata, tags: others } });
}
