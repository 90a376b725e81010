import type { Cell } from "../../notebook/notebook.ts";
import { solvedCells, startersOf } from "./exercises.ts";
import { type Edition, forLearners, type Treatment, treatment } from "./tags.ts";

/** A cell that an edition shows, with its treatment. */
export interface EditionCell {
  cell: Cell;
  treated: Treatment;
  /** For a place to work, the number of lines of the solutions that it replaces. */
  room?: number;
  /** In the student's edition, true from the first cell that runs after a prediction to the one that reveals the outcome. */
  predicted: boolean;
  /** True if its outputs come from solutions, while the edition shows only starters. */
  solved: boolean;
}

/**
 * The cells that an edition shows. A learner gets one place to work per exercise: its starter, or a code cell with nothing but
 * comments ("// Your turn: exchange the tasks."). The solutions that follow it make no other.
 */
export function editionCells(cells: readonly Cell[], edition: Edition): EditionCell[] {
  const shown: EditionCell[] = [];
  const starters = startersOf(cells);
  const solved = edition === "student" ? solvedCells(cells) : new Set<Cell>();
  let asked = false;
  let open: string[] = []; // predictions not revealed yet
  for (const whole of cells) {
    const treated = treatment(whole, edition);
    if (treated.cell === "remove" || (treated.cell === "work" && starters.has(whole))) continue;
    const cell = edition === "student" ? forLearners(whole) : whole;
    const before = shown.at(-1);
    const room = treated.cell === "work" ? cell.source.split("\n").length : undefined;
    if (room && before && (before.treated.cell === "work" || isExercise(before))) {
      before.room = (before.room ?? 0) + room;
      if (before.cell.cell_type !== "code") before.cell = cell; // words fit into a place for code, too
    } else {
      const isCode = cell.cell_type === "code";
      const reveals = (name: string) => cell.source.includes(`${name}.reveal(`);
      // A cell that only records a prediction does not reveal the outcome.
      const runs = isCode && (cell.outputs.length > 0 || !/\bpredict\(/.test(cell.source));
      const predicted: boolean = runs && (asked || open.length > 0);
      // An id of `predict`, or `predict-` and a word, marks a question about the output of the next code cell.
      asked = (!isCode && /^predict(?:-|$)/.test(cell.id)) || (asked && !predicted);
      open = [...open, ...guessesIn(cell, cells)].filter((name) => !reveals(name));
      const isHidden = predicted && edition === "student";
      shown.push({ cell, treated, room, predicted: isHidden, solved: solved.has(whole) });
    }
  }
  return shown;
}

/** Returns true for a code cell that shows nothing but comments. */
function isExercise({ cell: { cell_type, source }, treated: { cell, input } }: EditionCell): boolean {
  if (cell_type !== "code" || cell !== "keep" || input !== "show" || source.trim() === "") return false;
  const others = source.replace(/^\s*\/\*[^]*?\*\/\s*$/gm, "").split("\n");
  return others.every((line) => /^\s*(?:\/\/|#|$)/.test(line));
}

/** The names of predictions in a cell, as in `const guess = predict();`, that a cell of the notebook reveals. */
function guessesIn({ source }: Cell, cells: readonly Cell[]): string[] {
  return [...source.matchAll(/\b(\w+) = predict\(/g)].map(([, name]) => name)
    .filter((name) => cells.some(({ source }) => source.includes(`${name}.reveal(`)));
}
