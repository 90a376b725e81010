/** The points of a sweep, put together where they differ in nothing but their seed. @module */
import type { RunFigures } from "../../lib/report.ts";
import type { Value } from "../parameters/declaration.ts";
import type { Axis } from "./axis.ts";
import { type Grid, type Point, SEED } from "./grid.ts";
import type { Outcome } from "./point.ts";
import { type Spread, spreadOf } from "./spread.ts";

/** A point and how it came out. */
export interface Result {
  point: Point;
  outcome: Outcome;
}

/** The same experiment with one or more seeds. */
export interface Group {
  /** The values that make it this one, of the parameters that are swept. */
  settings: Map<string, Value>;
  results: Result[];
  /** Figures of the points that did not fail. */
  figures: RunFigures[];
}

/** A number that a run's figures have. */
export type Figure = (figures: RunFigures) => number | null | "Infinity";

/** The figures that plots and tables tell of. */
export const figure = {
  total: (run) => run.total,
  bound: (run) => run.bound,
  mean: (run) => run.latency.mean,
  longest: (run) => run.latency.max,
  deepest: (run) => run.deepest,
} as const satisfies Record<string, Figure>;

/** The groups of a grid's points, in its order. */
export function groupsOf(points: Point[], axes: Axis[], outcomes: ReadonlyMap<string, Outcome>): Group[] {
  const names = axes.map(({ name }) => name).filter((name) => name !== SEED);
  const groups = new Map<string, Group>();
  for (const point of points) {
    const outcome = outcomes.get(point.key);
    if (!outcome) continue;
    const settings = new Map(names.map((name) => [name, point.values.get(name)!]));
    const key = JSON.stringify([...settings].map(([name, value]) => [name, String(value)]));
    let group = groups.get(key);
    if (!group) groups.set(key, group = { settings, results: [], figures: [] });
    group.results.push({ point, outcome });
    if (outcome.ok) group.figures.push(outcome.figures);
  }
  return [...groups.values()];
}

/** The spread of a figure over a group; undefined where no point of it has one. */
export function spread(group: Group, figure: Figure): Spread | undefined {
  return spreadOf(group.figures.map(figure).filter((value) => typeof value === "number"));
}

/** How many points of a group failed. */
export function failuresOf(group: Group): Result[] {
  return group.results.filter(({ outcome }) => !outcome.ok);
}

/** A group's settings in words: `producers = 3, items = 20`. */
export function labelOf(settings: ReadonlyMap<string, Value>): string {
  return [...settings].map(([name, value]) => `${name} = ${shortValue(value)}`).join(", ");
}

/** A value as it stands at an axis: not longer than there is room. */
export function shortValue(value: Value): string {
  const text = String(value);
  return text.length > 16 ? `${text.slice(0, 15)}…` : text;
}

/** How groups are laid out in plots: one parameter along, and what else differs one below the other. */
export interface Layout {
  /** The parameter along the axis; undefined where only seeds differ. */
  along: Axis | undefined;
  rows: { label: string; groups: Group[] }[];
}

/** Lays groups out along the parameter that has the most values. */
export function layOut({ axes }: Grid, groups: Group[]): Layout {
  const varied = axes.filter(({ name, values }) => name !== SEED && values.length > 1);
  const most = Math.max(...varied.map(({ values }) => values.length));
  const along = varied.find(({ values }) => values.length === most);
  const below = varied.filter((axis) => axis !== along).map(({ name }) => name);
  const rows = Map.groupBy(
    groups,
    ({ settings }) => JSON.stringify(below.map((name) => String(settings.get(name)))),
  );
  return {
    along,
    rows: [...rows.values()].map((groups) => ({
      label: labelOf(new Map(below.map((name) => [name, groups[0].settings.get(name)!]))),
      groups,
    })),
  };
}
