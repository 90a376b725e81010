/** Exercises and their solutions: a sequence of cells with starter, hints, check and solution. @module */
import type { Cell, Notebook } from "../../notebook/notebook.ts";
import { parseMarkdown } from "./markdown.ts";
import { hasMarks, type Role, tagName, treatment, withoutMarks } from "./tags.ts";

/** The role of a cell. A cell hidden from learners belongs to the teacher, even if it is a solution. */
function roleOf(whole: Cell): Role | undefined {
  const { cell, role } = treatment(whole, "student");
  return cell === "remove" ? "teacher" : role ?? (hasMarks(whole) ? "solution" : undefined);
}

/** Maps each solution to its starter: the exercise above it, if only cells with roles stand between them. */
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

/** A top-level declaration, with the first name that it declares. */
const declaration = /^(?:async )?(?:function|class|const|let|var) \W?(\w+)/gm;

/** The cells whose outputs depend on solutions: they use a name that a starter, or another of these cells, declares. */
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

/** Returns true if a notebook contains a solution. */
export function hasSolutions({ notebook }: { notebook: Notebook }): boolean {
  return notebook.cells.some((cell) => roleOf(cell) === "solution");
}

/** The notebook with solutions in place of starters, as ordinary cells. */
export function solved(notebook: Notebook): Notebook {
  const starters = startersOf(notebook.cells);
  const solutions = Map.groupBy(starters.keys(), (solution) => starters.get(solution));
  const cells = notebook.cells.filter((cell) => !starters.has(cell))
    .flatMap((cell) => solutions.get(cell) ?? [cell]).map(unmarked);
  return { ...notebook, cells };
}

/** A chapter with the solutions of several notebooks, each below its own headings. */
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

/** A solution as an ordinary cell. */
function unmarked(cell: Cell): Cell {
  if (roleOf(cell) !== "solution") return cell;
  const { nbgrader: _, tags, ...metadata } = cell.metadata;
  const others = tags?.filter((tag) => tagName(tag) !== "solution");
  return withoutMarks({ ...cell, metadata: { ...metadata, tags: others } });
}
