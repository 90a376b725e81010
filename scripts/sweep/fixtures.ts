import type { RunFigures } from "../../lib/report.ts";
import { readAssignment } from "../parameters/assign.ts";
import { readDeclarations } from "../parameters/declaration.ts";
import { type Grid, type Point, readGrid } from "./grid.ts";
import type { Outcome } from "./point.ts";

/** Figures of a run for tests: what is not told is made up. */
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
  return readGrid(readDeclarations(source, "a cell"), given.map(readAssignment), "a.ipynb");
}

/** Outcomes of all points of a grid. */
export function outcomesOf(grid: Grid, outcome: (values: Point["values"]) => Outcome): Map<string, Outcome> {
  return new Map([...grid.points, ...grid.baseline].map(({ key, values }) => [key, outcome(values)]));
}
