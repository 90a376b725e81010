/** The report of a sweep: a notebook of Markdown, plots and tables. @module */
// @ts-types="npm:@types/d3-array@3.2.2"
import { max, median, min } from "d3-array";
import { Showable } from "../../lib/display.ts";
import { table } from "../../lib/table.ts";
import { count } from "../../lib/words.ts";
import { escapeMarkdown, fence } from "../handouts/md/markdown.ts";
import type { Cell, MimeBundle, Notebook, Output } from "../notebook/notebook.ts";
import { literal, typeInWords } from "../parameters/type.ts";
import { type Axis, type Grid, SEED } from "./grid.ts";
import { type Figure, inWords, layOut, type Run } from "./layout.ts";
import { depthPlot, spreadPlot } from "./plots.ts";
import type { Result } from "./pool.ts";

/** The greatest numbers of runs and of failures that are told one by one; the files have all. */
const most = { runs: 500, failures: 50 };

/** A sweep, as its report tells it. */
export interface Sweep {
  /** The notebook's title, and the name of its file. */
  title: string;
  notebook: string;
  grid: Grid;
  results: Result[];
  /** The command that makes the report again. */
  command: string;
}

/** Writes the report. The same figures give the same notebook. */
export function reportOf({ title, notebook, grid, results, command }: Sweep): Notebook {
  const layout = layOut(grid, results);
  const { runs } = layout;
  const failed = runs.filter(({ error }) => error);
  const parts: (string | Output[])[] = [
    `# Sweep: ${escapeMarkdown(title)}\n\n` +
    `${count(runs.length, "run")} of \`${notebook}\`, one for each combination of the values below.` +
    (failed.length > 0 ? `\n\n**${failed.length} of them failed.**` : ""),
    shown(parameterTable(grid)),
    ...failed.length === runs.length ? [] : [
      "## How long it takes",
      shown(spreadPlot(layout, "Total time", "total", "bound")),
      "## How long items wait",
      shown(spreadPlot(layout, "Mean latency", "latency"), spreadPlot(layout, "Longest latency", "longest")),
      "## How the queue fills and empties",
      shown(depthPlot(layout)),
      "## All of it in figures\n\nIn seconds: the least, the median and the most of the total times; medians of the " +
      "bound and of the mean latency; the longest latency of any run. And how many items were in line at the most.",
      shown(settingTable(grid, runs)),
    ],
    ...failed.length > 0 ? ["## What failed", [failures(grid, failed)]] : [],
    "## Every run\n\nAll figures are in [points.csv](points.csv) and, with the depth of the queue, in " +
    "[points.json](points.json), beside this page.",
    shown(runTable(grid, runs)),
    (failed.length > 0 ? "The same command tries once more what has failed:" : "This was the command:") +
    `\n\n${fence(command, "sh")}`,
  ];
  const cells = parts.map((part, i): Cell => {
    const cell = { id: `cell-${i + 1}`, metadata: {} };
    return typeof part === "string"
      ? { ...cell, cell_type: "markdown", source: part }
      : { ...cell, cell_type: "code", source: "", execution_count: null, outputs: part };
  });
  return { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
}

function shown(...things: Showable[]): Output[] {
  const bundles = things.map(({ bundle }) => bundle as MimeBundle);
  return bundles.map((data) => ({ output_type: "display_data", data, metadata: {} }));
}

function parameterTable({ parameters, axes }: Grid): Showable {
  return table(parameters.map(({ name, type, default: usual, help }) => ({
    parameter: name,
    "in these runs": axes.find((axis) => axis.name === name)?.text ?? literal(usual),
    "in the notebook": literal(usual),
    "what it does": help || typeInWords(type),
  })));
}

function settingTable({ axes }: Grid, runs: Run[]): Showable {
  const hasFailed = runs.some(({ error }) => error);
  const settings = Map.groupBy(runs, ({ setting }) => setting).values();
  return table(Array.from(settings, (runs) => {
    const of = (reduce: typeof median, figure: Figure) => reduce(runs, (run) => run[figure]) ?? NaN;
    return rowOf(axes.filter(({ name }) => name !== SEED), runs[0], {
      ...hasFailed && { runs: `${runs.filter(({ error }) => !error).length} of ${runs.length}` },
      ...{ least: of(min, "total"), median: of(median, "total"), most: of(max, "total") },
      ...{ bound: of(median, "bound"), latency: of(median, "latency"), longest: of(max, "longest") },
      "in line": of(max, "deepest"),
    });
  }));
}

/** A table of single runs, behind a click. */
function runTable({ axes }: Grid, runs: Run[]): Showable {
  const hasFailed = runs.some(({ error }) => error);
  const rows = runs.slice(0, most.runs).map((run) => {
    const { total, bound, latency, longest, deepest, error } = run;
    const figures = { total, bound, latency, longest, "in line": deepest, ...hasFailed && { error } };
    return rowOf(axes, run, figures);
  });
  const { bundle } = table(rows);
  const which = runs.length > most.runs ? `The first ${most.runs} of ${runs.length}` : `All ${runs.length}`;
  const html = `<details><summary>${which} runs</summary>${bundle["text/html"]}</details>`;
  return new Showable({ ...bundle, "text/html": html });
}

/** A row of a table: values of parameters and figures, under names of their own. */
function rowOf(axes: Axis[], { values }: Run, figures: Record<string, string | number>) {
  const nameOf = ({ name }: Axis) => Object.hasOwn(figures, name) ? `${name} =` : name;
  const own = axes.map((axis) => [nameOf(axis), String(values.get(axis.name))]);
  return { ...Object.fromEntries(own), ...figures };
}

function failures({ axes }: Grid, failed: Run[]): Output {
  const left = failed.length - most.failures;
  const lineOf = ({ values, error }: Run) => `${inWords(axes, values)}: ${error}`;
  const listed = failed.slice(0, most.failures).map(lineOf);
  const traceback = left > 0 ? [...listed, `And ${left} more; points.csv has them all.`] : listed;
  return { output_type: "error", ename: "Error", evalue: `${failed.length} runs failed`, traceback };
}
