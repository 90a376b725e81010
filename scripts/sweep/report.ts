/** The report on a sweep: a notebook of Markdown, plots and tables. @module */
// @ts-types="npm:@types/d3-array@3.2.2"
import { greatest, least, max, median, min } from "d3-array";
import type { Showable } from "../../lib/display.ts";
import { curves } from "../../lib/plots/curves.ts";
import { table } from "../../lib/table.ts";
import { count, seconds, thin } from "../../lib/words.ts";
import { escapeMarkdown, fence } from "../handouts/md/markdown.ts";
import type { Notebook } from "../notebook/notebook.ts";
import { notebookOf } from "../notebook/written.ts";
import { literal, typeInWords } from "../parameters/type.ts";
import { type Figure, figureOf, layOut, rowOf, type Run } from "./figures.ts";
import { type Axis, type Grid, SEED } from "./grid.ts";
import type { Result } from "./pool.ts";

/**
 * Writes the report on a sweep of a notebook with a `title`, and the command that makes it again. The same figures give the
 * same report.
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
  const each = (name: string, draw: (title: string, places: Run[][]) => Showable) =>
    drawn.map(([row, runs]) => {
      const places = Map.groupBy(runs, ({ x }) => x).values().toArray();
      return draw(row ? `${name}, ${row}` : name, places.sort(([one], [other]) => one.x - other.x));
    });
  const spread = (name: string, figure: Figure, bound?: Figure) =>
    each(name, (title, places) => spreadPlot(label, title, places, figure, bound));
  return notebookOf([
    `# Sweep: ${escapeMarkdown(title)}\n\n` +
    `${count(runs.length, "run")} of \`${notebook}\`, with the values below.` +
    (failed.length > 0 ? `\n\n**${failed.length} of ${runs.length} failed.**` : ""),
    [parameterTable(grid)],
    ...failed.length === runs.length ? [] : [
      `## How long it takes${note}`,
      spread("Total time", "total", "bound"),
      `## How long items wait${note}`,
      [...spread("Mean latency", "latency_mean"), ...spread("Longest latency", "latency_max")],
      `## How the queue fills and empties\n\nThe first run with each of at most five values.${note}`,
      each("Items in line", depthPlot),
      "## All of it in figures\n\nIn seconds: the least, the median and the greatest total time, the medians of the bound " +
      "and of the mean latency, and the longest latency of any run. The last column is the longest line of items.",
      [settingTable(grid.axes, runs)],
    ],
    ...failed.length > 0 ? ["## What failed", [failureTable(grid.axes, failed)]] : [],
    "## Every run\n\nAll figures are in [points.csv](points.csv) and, with the depth of the queue, in " +
    "[points.json](points.json), beside this page. This command makes the report again, and retries what has failed:" +
    `\n\n${fence(command, "sh")}`,
  ]);
}

/**
 * Draws a figure, in seconds, against the parameter that `label` names: the least, the median and the greatest of the runs at
 * each place, or the only run; and a bound. The title says where the median is least and greatest.
 */
function spreadPlot(label: string, name: string, places: Run[][], figure: Figure, bound?: Figure): Showable {
  const curve = (reduce: typeof median, figure: Figure) =>
    places.map((runs) => [runs[0].x, figureOf(runs, reduce, figure)] as const);
  const isSpread = places.some((runs) => runs.length > 1);
  const middle = (runs: Run[]) => figureOf(runs, median, figure);
  const [low = [], high = []] = [least(places, middle), greatest(places, middle)];
  const [from, to] = [low, high].map((runs) => seconds(middle(runs), 2));
  const range = from === to ? from : `${from} (${low[0].place}) to ${to} (${high[0].place})`;
  return curves({
    [isSpread ? "median" : "each run"]: curve(median, figure),
    ...isSpread && { "the least": curve(min, figure), "the most": curve(max, figure) },
    ...bound && {
      [isSpread ? "the median of the bounds" : "bound: no schedule ends sooner"]: curve(median, bound),
    },
  }, { title: `${name}: ${low.length > 0 ? range : "none could be measured"}`, x: label, y: "seconds" });
}

/** Draws the number of waiting items over time, in the first run at each of at most five places. */
function depthPlot(name: string, places: Run[][]): Showable {
  const first = thin(places, 5).map(([run]) => run);
  const range = [...new Set([min, max].map((reduce) => figureOf(first, reduce, "deepest")))].join(" to ");
  return curves(
    Object.fromEntries(first.map(({ place, depth }) => [place, depth])),
    { title: `${name}, at the most: ${range}`, x: "seconds", y: "items in line", steps: true },
  );
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
    const of = (reduce: typeof median, figure: Figure) => figureOf(runs, reduce, figure);
    return rowOf(names, runs[0].values, {
      ...hasFailed && { runs: `${runs.filter(({ error }) => !error).length} of ${runs.length}` },
      ...{ least: of(min, "total"), median: of(median, "total"), most: of(max, "total") },
      ...{ bound: of(median, "bound"), latency: of(median, "latency_mean") },
      ...{ longest: of(max, "latency_max"), "in line": of(max, "deepest") },
    });
  }));
}

function failureTable(axes: Axis[], failed: Run[]): Showable {
  const names = axes.map(({ name }) => name);
  return table(failed.map(({ values, error }) => rowOf(names, values, { error })));
}
