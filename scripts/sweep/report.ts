/** The report of a sweep: a notebook of Markdown, plots and tables. @module */
// @ts-types="npm:@types/d3-array@3.2.2"
import { max, median, min } from "d3-array";
import type { Showable } from "../../lib/display.ts";
import { table } from "../../lib/table.ts";
import { count, thin } from "../../lib/words.ts";
import { escapeMarkdown, fence } from "../handouts/md/markdown.ts";
import type { Notebook } from "../notebook/notebook.ts";
import { notebookOf } from "../notebook/written.ts";
import { literal, typeInWords } from "../parameters/type.ts";
import { type Axis, type Grid, SEED } from "./grid.ts";
import { type Figure, layOut, rowOf, type Run } from "./layout.ts";
import { depthPlot, spreadPlot } from "./plots.ts";
import type { Result } from "./pool.ts";

/** The greatest number of failures in the table; the files have all. */
const MOST_FAILURES = 500;

/**
 * Writes the report of the sweep of a notebook, which has a `title`, and of the command that makes it again. The same figures
 * give the same report.
 */
export function reportOf(
  grid: Grid,
  results: Result[],
  { title, notebook, command }: Record<"title" | "notebook" | "command", string>,
): Notebook {
  const { label, runs } = layOut(grid, results);
  const failed = runs.filter(({ error }) => error);
  const rows = [...Map.groupBy(runs.filter(({ error }) => !error), ({ row }) => row)];
  const drawn = thin(rows, 6);
  const note = drawn.length < rows.length ? `\n\n${drawn.length} of ${rows.length} settings are drawn.` : "";
  const plots = (name: string, draw: (name: string, runs: Run[]) => Showable) =>
    drawn.map(([row, runs]) => draw(row ? `${name}, ${row}` : name, runs));
  const spread = (figure: Figure, bound?: Figure) => (name: string, runs: Run[]) =>
    spreadPlot(label, name, runs, figure, bound);
  return notebookOf([
    `# Sweep: ${escapeMarkdown(title)}\n\n` +
    `${count(runs.length, "run")} of \`${notebook}\`, one for each combination of the values below.` +
    (failed.length > 0 ? `\n\n**${failed.length} of them failed.**` : ""),
    [parameterTable(grid)],
    ...failed.length === runs.length ? [] : [
      `## How long it takes${note}`,
      plots("Total time", spread("total", "bound")),
      `## How long items wait${note}`,
      [...plots("Mean latency", spread("latency")), ...plots("Longest latency", spread("longest"))],
      `## How the queue fills and empties\n\nIn the first run of each of five values at the most.${note}`,
      plots("Items in line", depthPlot),
      "## All of it in figures\n\nIn seconds: the least, the median and the most of the total times; medians of the " +
      "bound and of the mean latency; the longest latency of any run. And how many items were in line at the most.",
      [settingTable(grid.axes, runs)],
    ],
    ...failed.length > 0 ? ["## What failed", [failureTable(grid.axes, failed)]] : [],
    "## Every run\n\nAll figures are in [points.csv](points.csv) and, with the depth of the queue, in " +
    "[points.json](points.json), beside this page.\n\n" +
    (failed.length > 0 ? "The same command tries once more what has failed:" : "This was the command:") +
    `\n\n${fence(command, "sh")}`,
  ]);
}

function parameterTable({ parameters, axes }: Grid): Showable {
  return table(parameters.map(({ name, type, default: usual, help }) => ({
    parameter: name,
    "in these runs": axes.find((axis) => axis.name === name)?.text ?? literal(usual),
    "in the notebook": literal(usual),
    "what it does": help || typeInWords(type),
  })));
}

function settingTable(axes: Axis[], runs: Run[]): Showable {
  const names = axes.map(({ name }) => name).filter((name) => name !== SEED);
  const hasFailed = runs.some(({ error }) => error);
  const settings = Map.groupBy(runs, ({ setting }) => setting).values();
  return table(Array.from(settings, (runs) => {
    const of = (reduce: typeof median, figure: Figure) => reduce(runs, (run) => run[figure]) ?? NaN;
    return rowOf(names, runs[0].values, {
      ...hasFailed && { runs: `${runs.filter(({ error }) => !error).length} of ${runs.length}` },
      ...{ least: of(min, "total"), median: of(median, "total"), most: of(max, "total") },
      ...{ bound: of(median, "bound"), latency: of(median, "latency"), longest: of(max, "longest") },
      "in line": of(max, "deepest"),
    });
  }));
}

function failureTable(axes: Axis[], failed: Run[]): Showable {
  const names = axes.map(({ name }) => name);
  return table(failed.slice(0, MOST_FAILURES).map(({ values, error }) => rowOf(names, values, { error })));
}
