/** A notebook to sweep that needs no library: it reports figures made up from its parameters. @module */
import { type RunFigures, runType } from "../../lib/report.ts";
import type { Notebook } from "../notebook/notebook.ts";
import { readAssignment } from "../parameters/assign.ts";
import { readDeclarations } from "../parameters/declaration.ts";
import { type Grid, type Point, readGrid } from "../sweep/grid.ts";
import type { Outcome } from "../sweep/pool.ts";
import { notebookOf } from "./notebooks.ts";

/** Its `parameters` cell: `items`, `seed` and `name`. */
export const parametersSource = `const items: number = 2; // whole, 0 to 1000: items to make
const seed: number = 1; // whole, 0 to 99: same seed, same numbers
const name: string = "a"; // what it is called`;

/** Code that reports a run whose total is `items` seconds and a hundredth of `seed`. */
export const reportSource =
  `await Deno.jupyter.broadcast("display_data", { metadata: {}, transient: {}, data: {
  "text/plain": "a run",
  "${runType}": {
    name, seed, speed: "Infinity", stopped: false, total: items + seed / 100, bound: items, generated: items,
    processed: items, latency: { first: 0, best: 0, mean: seed / 100, max: seed }, deepest: 1, depth: [[0, 1], [1, 0]],
  },
} });`;

/** A notebook of a `parameters` cell, a cell with `code`, one that reports, and one that must not be run. */
export function sweptNotebook(code = ""): Notebook {
  return notebookOf(
    [parametersSource, "parameters"],
    code,
    ["throw new Error('real-time');", "real-time"],
    reportSource,
    "throw new Error('after the report');",
  );
}

/** Figures of a run, made up but for those given. */
export function figuresWith(some: Partial<RunFigures> = {}): RunFigures {
  const latency = { first: 0, best: 0, mean: 0.5, max: 1 };
  const times = { total: 2, bound: 1, generated: 2, processed: 2, latency };
  return {
    name: "a run",
    seed: 1,
    speed: "Infinity",
    stopped: false,
    deepest: 1,
    depth: [[0, 1], [1, 0]],
    ...times,
    ...some,
  };
}

/** A grid over the parameters `a` (1), `name` ("x") and `seed` (1), of which tests name values. */
export function gridOf(...given: string[]): Grid {
  const source =
    'const a = 1; // 0 to 1000: the a\nconst name = "x"; // its name\nconst seed = 1; // 0 to 1000: luck';
  return readGrid(readDeclarations(source, "a cell"), new Map(given.map(readAssignment)), "a.ipynb");
}

/** Outcomes of all points of a grid. */
export function outcomesOf(grid: Grid, outcome: (values: Point["values"]) => Outcome): Map<string, Outcome> {
  return new Map(grid.points.map(({ key, values }) => [key, outcome(values)]));
}
