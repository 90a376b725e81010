import type { Cell } from "../../notebook/notebook.ts";
import { solvedCells, startersOf } from "./exercises.ts";
import { type Edition, forLearners, type Treatment, treatment } from "./tags.ts";

/** A cell that an edition shows, and how. */
export interface EditionCell {
  cell: Cell;
  treated: Treatment;
  /** Of a place to work, which an exercise is with its task in it: how many lines the solutions have that it stands for. */
  room?: number;
  /** In the student's edition, true from the first cell that runs after a question about its output to the one that reveals it. */
  predicted: boolean;
  /** True where what it shows comes from solutions, and the edition has starters alone. */
  solved: boolean;
}

/**
 * The cells that an edition shows. A learner has one place to work in: an exercise's starter, or a cell of code that holds
 * nothing but comments ("// Your turn: exchange the tasks."). No other is made of the solutions that follow it.
 */
export function editionCells(cells: readonly Cell[], edition: Edition): EditionCell[] {
  const shown: EditionCell[] = [];
  const starters = startersOf(cells);
  const solved = edition === "student" ? solvedCells(cells) : new Set<Cell>();
  let asked = false;
  let open: string[] = []; // predictions that are still to be revealed
  for (const whole of cells) {
    const treated = treatment(whole, edition);
    if (treated.cell === "remove" || (treated.cell === "work" && starters.has(whole))) continue;
    const cell = edition === "student" ? forLearners(whole) : whole;
    const before = shown.at(-1);
    const room = treated.cell === "work" ? cell.source.split("\n").length : undefined;
    if (room && before && (before.treated.cell === "work" || isExercise(before))) {
      before.room = (before.room ?? 0) + room;
      if (before.cell.cell_type !== "code") before.cell = cell; // in a place for code, one can write words, too
    } else {
      const isCode = cell.cell_type === "code";
      const reveals = (name: string) => cell.source.includes(`${name}.reveal(`);
      // A cell that only writes down what a learner expects is not the answer.
      const runs = isCode && (cell.outputs.length > 0 || !/\bpredict\(/.test(cell.source));
      const predicted: boolean = runs && (asked || open.length > 0);
      // Authors name a question to think about before the next cell runs `predict`, or `predict-` and a word.
      asked = (!isCode && /^predict(?:-|$)/.test(cell.id)) || (asked && !predicted);
      open = [...open, ...guessesIn(cell, cells)].filter((name) => !reveals(name));
      const isHidden = predicted && edition === "student";
      shown.push({ cell, treated, room, predicted: isHidden, solved: solved.has(whole) });
    }
  }
  return shown;
}

/** Tells whether a cell of code shows nothing but comments, be they what `//`, `#` and the like start, or a block. */
function isExercise({ cell: { cell_type, source }, treated: { cell, input } }: EditionCell): boolean {
  if (cell_type !== "code" || cell !== "keep" || input !== "show" || source.trim() === "") return false;
  const others = source.replace(/^\s*\/\*[^]*?\*\/\s*$/gm, "").split("\n");
  return others.every((line) => /^\s*(?:\/\/|#|$)/.test(line));
}

/** The names of a cell's predictions, as in `const guess = predict();`, of which another cell reveals what happened. */
function guessesIn({ source }: Cell, cells: readonly Cell[]): string[] {
  return [...source.matchAll(/\b(\w+) = predict\(/g)].map(([, name]) => name)
    .filter((name) => cells.some(({ source }) => source.includes(`${name}.reveal(`)));
}
