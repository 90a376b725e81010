/** The results of a sweep, laid out for plots and tables. @module */
import type { RunFigures } from "../../lib/report.ts";
import { literal, type Value } from "../parameters/type.ts";
import type { Axis } from "./axis.ts";
import { type Grid, SEED } from "./grid.ts";
import type { Result } from "./pool.ts";

/** A run and its place in the plots. */
export interface Run extends Result {
  /** The place along the axis: from `n` to `n + 1` for the parameter's value `n`, runs in the order of their seeds. */
  x: number;
  /** The row of panels: the values of the other parameters that are varied, in words. */
  row: string;
  /** All varied values but the seed, in words. */
  setting: string;
  /** The figures; undefined for a run that failed. */
  figures: RunFigures | undefined;
}

/** The runs of a sweep, and the parameter along the axis: that with the most values, if more than the seed is varied. */
export interface Layout {
  along: Axis | undefined;
  runs: Run[];
}

/** The share of its place that the runs of a value take. */
export const SHARE = 0.62;

/** Lays out the results of a sweep over `axes`. */
export function layOut({ axes }: Pick<Grid, "axes">, results: Result[]): Layout {
  const varied = axes.filter(({ name, values }) => name !== SEED && values.length > 1);
  const along = varied.toSorted((a, b) => b.values.length - a.values.length).at(0);
  const below = varied.filter((axis) => axis !== along);
  const places = new Map(along?.values.map((value, place) => [value, place]));
  const seeds = new Map(axes.find(({ name }) => name === SEED)?.values.map((seed, place) => [seed, place]));
  const runs = results.map((result): Run => {
    const { values } = result.point;
    const seed = seeds.get(values.get(SEED)!) ?? 0;
    const aside = seeds.size > 1 ? (seed / (seeds.size - 1) - 0.5) * (SHARE - 0.08) : 0;
    return {
      ...result,
      x: (along ? places.get(values.get(along.name)!)! : 0) + 0.5 + aside,
      row: inWords(below, values),
      setting: inWords(varied, values),
      figures: result.outcome.ok ? result.outcome.figures : undefined,
    };
  });
  return { along, runs };
}

/** The values of some parameters in words: `producers = 3, name = "x"`. */
export function inWords(parameters: { name: string }[], values: ReadonlyMap<string, Value>): string {
  return parameters.map(({ name }) => `${name} = ${literal(values.get(name)!)}`).join(", ");
}

/** A number of a run; NaN where it has none. */
export type Figure = (run: Run) => number;

/** The figures that plots and tables show. */
export const figure = {
  total: ({ figures }) => figures?.total ?? NaN,
  bound: ({ figures }) => figures?.bound ?? NaN,
  mean: ({ figures }) => Number(figures?.latency.mean ?? NaN),
  longest: ({ figures }) => Number(figures?.latency.max ?? NaN),
  deepest: ({ figures }) => figures?.deepest ?? NaN,
} as const satisfies Record<string, Figure>;
