/** The results of a sweep, as rows for plots and tables. @module */
// @ts-types="npm:@types/d3-array@3.2.2"
import { greatest } from "d3-array";
import type { RunFigures } from "../../lib/report.ts";
import { literal, type Value, type Values } from "../parameters/type.ts";
import { type Axis, type Grid, SEED } from "./grid.ts";
import type { Result } from "./pool.ts";

/** A run and its figures: those that it does not have are NaN. */
export interface Run extends Record<Figure, number> {
  values: Values;
  seed: Value | undefined;
  /** The value of the parameter along the axis; empty where there is none. */
  place: string;
  /** The values of the other parameters that are varied, in words. */
  row: string;
  /** All varied values but the seed, in words. */
  setting: string;
  depth: RunFigures["depth"];
  /** The reason why it failed; empty where it did not. */
  error: string;
}

/** The figures that plots and tables show. */
export type Figure = "total" | "bound" | "latency" | "longest" | "deepest";

/** The runs of a sweep, and the parameter along the axis: that with the most values, if more than the seed is varied. */
export interface Layout {
  along: Axis | undefined;
  runs: Run[];
}

/** Lays out the results of a sweep over `axes`. */
export function layOut({ axes }: Pick<Grid, "axes">, results: Result[]): Layout {
  const varied = axes.filter(({ name, values }) => name !== SEED && values.length > 1);
  const along = greatest(varied, ({ values }) => values.length);
  const runs = results.map(({ point: { values }, outcome }): Run => {
    const figures: Partial<RunFigures> = outcome.ok ? outcome.figures : {};
    const { total = NaN, bound = NaN, latency, deepest = NaN, depth = [] } = figures;
    return {
      ...{ values, total, bound, deepest, depth },
      latency: Number(latency?.mean ?? NaN),
      longest: Number(latency?.max ?? NaN),
      seed: values.get(SEED),
      place: along ? literal(values.get(along.name)!) : "",
      row: inWords(varied.filter((axis) => axis !== along), values),
      setting: inWords(varied, values),
      error: outcome.ok ? "" : outcome.error,
    };
  });
  return { along, runs };
}

/** The values of some parameters in words: `producers = 3, name = "x"`. */
export function inWords(parameters: { name: string }[], values: Values): string {
  return parameters.map(({ name }) => `${name} = ${literal(values.get(name)!)}`).join(", ");
}
