/** The figures of a sweep, as rows for plots, tables and other programs. @module */
// @ts-types="npm:@types/d3-array@3.2.2"
import { greatest, type median } from "d3-array";
// @ts-types="npm:@types/d3-dsv@3.0.7"
import { csvFormat } from "d3-dsv";
import type { RunFigures } from "../../lib/report.ts";
import { literal, plainly, storable, type Values } from "../parameters/type.ts";
import { type Axis, type Grid, SEED } from "./grid.ts";
import type { Outcome, Result } from "./pool.ts";

/** A run, with its figures and its place in plots and tables. */
export type Run = ReturnType<typeof layOut>["runs"][number];

/** The figures that plots and tables show. */
export type Figure = "total" | "bound" | "latency_mean" | "latency_max" | "deepest";

/** Returns the median, say, of a figure over runs; NaN if no run has the figure. */
export function figureOf(runs: Run[], reduce: typeof median, figure: Figure): number {
  return reduce(runs, (run) => Number(run[figure] ?? NaN)) ?? NaN;
}

/**
 * Lays out the results of a sweep over `axes`. The parameter with the most values is drawn along the x axis; the seed only if
 * nothing else varies. The axis label lists values that are not whole numbers. Each run gets its place on that axis (`x`, and
 * `place` in words), its other varied values (`row`), and all varied values except the seed (`setting`).
 */
export function layOut({ axes }: Pick<Grid, "axes">, results: Result[]) {
  const varied = axes.filter(({ name, values }) => name !== SEED && values.length > 1);
  const some = varied.length > 0 ? varied : axes;
  const { name, values: places } = greatest(some, ({ values }) => values.length)!;
  const isWhole = places.every(Number.isInteger);
  const list = places.map((value, i) => `${i + 1}: ${literal(value)}`).join(", ");
  const inWords = (parameters: Axis[], values: Values) =>
    parameters.map(({ name }) => `${name} = ${literal(values.get(name)!)}`).join(", ");
  const runs = results.map(({ point: { values }, outcome }) => {
    const value = values.get(name)!;
    return {
      ...figuresOf(outcome),
      values,
      x: isWhole ? Number(value) : places.indexOf(value) + 1,
      place: `${name} = ${literal(value)}`,
      row: inWords(varied.filter((axis) => axis.name !== name), values),
      setting: inWords(varied, values),
      depth: outcome.ok ? outcome.figures.depth : [],
    };
  });
  return { label: isWhole ? name : `${name} (${list.length > 90 ? `${list.slice(0, 90)}…` : list})`, runs };
}

/** The figures of a run except the depth, with its status and its error. */
function figuresOf(outcome: Outcome) {
  const figures: Partial<RunFigures> = outcome.ok ? outcome.figures : {};
  const { name: run, stopped, total, bound, generated, processed, latency, deepest } = figures;
  return {
    status: outcome.ok ? "ok" : "failed",
    ...{ run, stopped, total, bound, generated, processed },
    ...{ latency_first: latency?.first, latency_best: latency?.best },
    ...{ latency_mean: latency?.mean, latency_max: latency?.max, deepest },
    error: outcome.ok ? "" : outcome.error,
  };
}

/** A table row of parameter values and figures; a parameter with the name of a figure gets a `=`. */
export function rowOf<T extends object>(names: Iterable<string>, values: Values, figures: T) {
  const nameOf = (name: string) => Object.hasOwn(figures, name) ? `${name} =` : name;
  const own = Array.from(names, (name) => [nameOf(name), plainly(values.get(name))]);
  return { ...Object.fromEntries(own) as Record<string, string>, ...figures };
}

/** Writes the points as CSV, a row for each: its values, its status, and its figures except the depth. */
export function toCsv(results: Result[]): string {
  const rows = results.map(({ point: { values }, outcome }) =>
    rowOf(values.keys(), values, figuresOf(outcome))
  );
  return csvFormat(rows) + "\n";
}

/** Writes the points as JSON: the values of each, and its figures or its error. */
export function toJson(results: Result[]): string {
  const lines = results.map(({ point: { values }, outcome }) =>
    JSON.stringify({ values: Object.fromEntries(values), ...outcome }, storable)
  );
  return `[\n${lines.join(",\n")}\n]\n`;
}
