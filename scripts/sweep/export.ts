/** The points of a sweep for other programs. @module */
// @ts-types="npm:@types/d3-dsv@3.0.7"
import { csvFormatRow } from "d3-dsv";
import type { RunFigures } from "../../lib/report.ts";
import { storable } from "../parameters/type.ts";
import type { Result } from "./pool.ts";

/** Writes the points as CSV: a row for each, its values, whether it failed, and its figures but for the depth. */
export function toCsv(results: Result[]): string {
  const names = [...results[0]?.point.values.keys() ?? []];
  const rows = results.map(({ point, outcome }) => [
    ...names.map((name) => point.values.get(name)),
    ...outcome.ok
      ? ["ok", ...figuresOf(outcome.figures), ""]
      : ["failed", ...columns.map(() => ""), outcome.error],
  ]);
  const table = [[...names, "status", ...columns, "error"], ...rows] as string[][];
  return table.map((row) => csvFormatRow(row) + "\r\n").join("");
}

const columns = [
  ...["run", "stopped", "total", "bound", "generated", "processed"],
  ...["latency_first", "latency_best", "latency_mean", "latency_max", "deepest"],
];

function figuresOf({ name, stopped, total, bound, generated, processed, latency, deepest }: RunFigures) {
  const { first, best, mean, max } = latency;
  return [name, stopped, total, bound, generated, processed, first, best, mean, max, deepest];
}

/** Writes the points as JSON: for each its values, and its figures or why there are none. */
export function toJson(results: Result[]): string {
  const points = results.map(({ point, outcome }) => ({
    values: Object.fromEntries([...point.values].map(([name, value]) => [name, storable(value)])),
    ...outcome,
  }));
  return `[\n${points.map((point) => JSON.stringify(point)).join(",\n")}\n]\n`;
}
