/** The report of a sweep: a notebook of Markdown, plots and tables. @module */
// @ts-types="npm:@types/d3-array@3.2.2"
import { extent, max, median } from "d3-array";
import { Showable } from "../../lib/display.ts";
import { table } from "../../lib/table.ts";
import { count } from "../../lib/words.ts";
import { escapeMarkdown, fence } from "../handouts/md/markdown.ts";
import type { Cell, MimeBundle, Notebook, Output } from "../notebook/notebook.ts";
import { literal, typeInWords } from "../parameters/type.ts";
import { type Grid, SEED } from "./grid.ts";
import { figure, inWords, layOut, type Run } from "./layout.ts";
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
  /** The results with the notebook's own values. */
  baseline: Result[];
  /** The command that makes the report again. */
  command: string;
}

/** Writes the report. The same figures give the same notebook. */
export function reportOf({ title, notebook, grid, results, baseline, command }: Sweep): Notebook {
  const layout = layOut(grid, results);
  const failed = results.filter(({ outcome }) => !outcome.ok);
  const cells = [
    text(
      `# Sweep: ${escapeMarkdown(title)}`,
      `${count(results.length, "run")} of \`${notebook}\`, one for each combination of the values below.`,
      ...failed.length > 0 ? [`**${failed.length} of them failed.**`] : [],
    ),
    shown(parameterTable(grid)),
    ...failed.length === results.length ? [] : [
      text("## How long it takes"),
      shown(spreadPlot(layout, "Total time", figure.total, figure.bound)),
      text("## How long items wait"),
      shown(
        spreadPlot(layout, "Mean latency", figure.mean),
        spreadPlot(layout, "Longest latency", figure.longest),
      ),
      text("## How the queue fills and empties"),
      shown(depthPlot(layout)),
      text(
        "## All of it in figures",
        "In seconds: the least, the median and the most of the total times; medians of the bound and of the mean " +
          "latency; the longest latency of any run. And how many items were in line at the most.",
        "The change is that of the median total from the notebook’s own values with the same seeds.",
      ),
      shown(settingTable(grid, layout.runs, median(baseline, totalOf) ?? NaN)),
    ],
    ...failed.length > 0 ? [text("## What failed"), failures(grid, failed)] : [],
    text(
      "## Every run",
      "All figures are in [points.csv](points.csv) and, with the depth of the queue, in " +
        "[points.json](points.json), beside this page.",
    ),
    shown(runTable(grid, layout.runs)),
    text(
      failed.length > 0 ? "The same command tries once more what has failed:" : "This was the command:",
      fence(command, "sh"),
    ),
  ];
  const named = cells.map((cell, i) => ({ ...cell, id: `cell-${i + 1}` }));
  return { cells: named, metadata: {}, nbformat: 4, nbformat_minor: 5 };
}

function text(...paragraphs: string[]): Cell {
  return { cell_type: "markdown", id: "", metadata: {}, source: paragraphs.join("\n\n") };
}

function cellOf(...outputs: Output[]): Cell {
  return { cell_type: "code", id: "", metadata: {}, source: "", execution_count: null, outputs };
}

function shown(...things: Showable[]): Cell {
  return cellOf(
    ...things.map(({ bundle }): Output => ({
      output_type: "display_data",
      data: bundle as MimeBundle,
      metadata: {},
    })),
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

function settingTable({ axes }: Grid, runs: Run[], own: number): Showable {
  const names = axes.map(({ name }) => name).filter((name) => name !== SEED);
  const hasFailed = runs.some(({ figures }) => !figures);
  return table([...Map.groupBy(runs, ({ setting }) => setting).values()].map((runs) => {
    const [least = NaN, most = NaN] = extent(runs, figure.total);
    const total = median(runs, figure.total) ?? NaN;
    const done = runs.filter(({ figures }) => figures).length;
    return rowOf(names, runs[0], {
      ...hasFailed && { runs: `${done} of ${runs.length}` },
      least,
      median: total,
      most,
      change: inPercent(total / own - 1),
      bound: median(runs, figure.bound) ?? NaN,
      latency: median(runs, figure.mean) ?? NaN,
      longest: max(runs, figure.longest) ?? NaN,
      "in line": max(runs, figure.deepest) ?? NaN,
    });
  }));
}

/** A table of single runs, behind a click. */
function runTable({ axes }: Grid, runs: Run[]): Showable {
  const names = axes.map(({ name }) => name);
  const hasFailed = runs.some(({ figures }) => !figures);
  const { bundle } = table(
    runs.slice(0, most.runs).map((run) =>
      rowOf(names, run, {
        total: figure.total(run),
        bound: figure.bound(run),
        latency: figure.mean(run),
        longest: figure.longest(run),
        "in line": figure.deepest(run),
        ...hasFailed && { error: run.outcome.ok ? "" : run.outcome.error },
      })
    ),
  );
  const { length } = runs;
  const summary = length > most.runs ? `The first ${most.runs} of ${length} runs` : `All ${length} runs`;
  const html = `<details><summary>${summary}</summary>${bundle["text/html"]}</details>`;
  return new Showable({ ...bundle, "text/html": html });
}

/** A row of a table: values of parameters and figures, under names of their own. */
function rowOf(names: string[], { point }: Result, figures: Record<string, string | number>) {
  const nameOf = (name: string) => Object.hasOwn(figures, name) ? `${name} =` : name;
  return {
    ...Object.fromEntries(names.map((name) => [nameOf(name), String(point.values.get(name))])),
    ...figures,
  };
}

function failures({ axes }: Grid, failed: Result[]): Cell {
  const left = failed.length - most.failures;
  const traceback = [
    ...failed.slice(0, most.failures).map(({ point, outcome }) =>
      `${inWords(axes, point.values)}: ${outcome.ok ? "" : outcome.error}`
    ),
    ...left > 0 ? [`And ${left} more; points.csv has them all.`] : [],
  ];
  return cellOf({ output_type: "error", ename: "Error", evalue: `${failed.length} runs failed`, traceback });
}

function totalOf({ outcome }: Result): number {
  return outcome.ok ? outcome.figures.total : NaN;
}

function inPercent(share: number): string {
  const percent = Math.round(100 * share);
  if (!Number.isFinite(percent)) return "–";
  return `${percent > 0 ? "+" : percent < 0 ? "−" : ""}${Math.abs(percent)} %`;
}
