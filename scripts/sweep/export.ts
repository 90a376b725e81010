/** The points of a sweep for other programs. @module */
import { storable } from "../parameters/inject.ts";
import type { Result } from "./groups.ts";

/** The points as CSV: a row for each, its values, how it came out, and its figures but for the queue's depth. */
export function toCsv(results: Result[]): string {
  const names = [...results[0]?.point.values.keys() ?? []];
  const head = [...names, "status", ...columns.map(([name]) => name), "error"];
  const rows = results.map(({ point, outcome }) => [
    ...names.map((name) => point.values.get(name)),
    outcome.ok ? "ok" : "failed",
    ...columns.map(([, figure]) => outcome.ok ? figure(outcome.figures) : ""),
    outcome.ok ? "" : outcome.error,
  ]);
  return [head, ...rows].map((row) => row.map(csvCell).join(",") + "\r\n").join("");
}

/** The points as JSON: for each its values, and its figures or why there are none. */
export function toJson(results: Result[]): string {
  const points = results.map(({ point, outcome }) => ({
    values: Object.fromEntries([...point.values].map(([name, value]) => [name, storable(value)])),
    ...outcome,
  }));
  return `[\n${points.map((point) => JSON.stringify(point)).join(",\n")}\n]\n`;
}

type Figures = Extract<Result["outcome"], { ok: true }>["figures"];

const columns: [name: string, figure: (figures: Figures) => unknown][] = [
  ["run", (run) => run.name],
  ["stopped", (run) => run.stopped],
  ["total", (run) => run.total],
  ["bound", (run) => run.bound],
  ["generated", (run) => run.generated],
  ["processed", (run) => run.processed],
  ["latency_first", (run) => run.latency.first],
  ["latency_best", (run) => run.latency.best],
  ["latency_mean", (run) => run.latency.mean],
  ["latency_max", (run) => run.latency.max],
  ["deepest", (run) => run.deepest],
];

/** A cell as RFC 4180 has it: in quotes where it holds what would end it. */
function csvCell(value: unknown): string {
  const text = value === null || value === undefined ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
