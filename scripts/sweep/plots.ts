/** The plots of a sweep, in the look of the course's. @module */
import * as Plot from "@observablehq/plot";
// @ts-types="npm:@types/d3-array@3.2.2"
import { bisector, extent, max, median, min } from "d3-array";
import type { Showable } from "../../lib/display.ts";
import { figure as draw, frame } from "../../lib/plots/figure.ts";
import { axis, dashed } from "../../lib/plots/marks.ts";
import { palette } from "../../lib/plots/palette.ts";
import type { RunFigures } from "../../lib/report.ts";
import { seconds, thin } from "../../lib/words.ts";
import { type Figure, figure, type Layout, type Run, SHARE } from "./layout.ts";

/** The greatest numbers of things that a plot shows. */
const most = { rows: 6, settings: 10, dots: 2000, ticks: 16 };

const beside = { frameAnchor: "left", dx: -108, textAnchor: "start", lineHeight: 1.2 } as const;

/** The room between facets; there is none around one alone. */
const gaps = (facets: string[]) => ({ paddingInner: facets.length > 1 ? 0.25 : 0, paddingOuter: 0 });

/** Draws a figure of all runs, in seconds: a dot for each, and for each setting the middle half, the median and a bound. */
export function spreadPlot(
  { along, runs: all }: Layout,
  name: string,
  figure: Figure,
  bound?: Figure,
): Showable {
  const rows = [...new Set(all.map(({ row }) => row))];
  const drawn = thin(rows, most.rows);
  const runs = all.filter(({ row }) => drawn.includes(row));
  const dots = thin(runs, most.dots);
  const failed = runs.filter(({ figures }) => !figures);
  const columns = along?.values.length ?? 1;
  const [low = 0, high = 0] = extent(runs.flatMap((run) => [figure(run), (bound ?? figure)(run)]));
  const room = Math.max(high - low, high * 0.02) * 0.08;
  const width = (frame.width - frame.marginLeft - frame.marginRight) / columns;
  /** Reduces the runs of each value, in a share of its place. */
  const bins = <T>(outputs: Plot.BinOutputs, share: number, options: T) => {
    const inset = width * (1 - share) / 2;
    const place = { x: "x", fy: "row", interval: 1, insetLeft: inset, insetRight: inset };
    return Plot.binX<T>(outputs, { ...place, ...options } as Plot.BinXInputs<T>);
  };
  const subtitle = [
    `${name} in seconds, ${along ? `for each value of ${along.name}` : "over all runs"}.`,
    failed.length > 0 ? "✕: runs that failed." : "",
    drawn.length < rows.length ? `${drawn.length} of ${rows.length} rows are drawn.` : "",
    dots.length < runs.length ? `Of ${runs.length} runs, not all are drawn.` : "",
  ];
  return draw({
    ...finding(name, all, figure, median, (value) => seconds(value, bound ? 1 : 2)),
    subtitle: subtitle.join(" "),
    legend: [
      { label: "a run", shape: "dot", ink: palette.consumer },
      { label: "half of the runs", shape: "bar", ink: palette.consumerPale },
      { label: "median", shape: "thin", ink: palette.text },
      ...bound ? [boundLegend] : [],
    ],
    panels: [{
      height: drawn.length * (drawn.length > 3 ? 130 : 196) + 36,
      marginTop: 32,
      marginBottom: 46,
      x: {
        domain: [0, columns],
        ticks: thin(Array.from({ length: columns }, (_, i) => i + 0.5), most.ticks),
        tickFormat: (x: number) => along ? short(String(along.values[Math.floor(x)]), 16) : "",
        tickSize: 0,
        ...along ? axis(along.name) : { label: null },
      },
      fy: { domain: drawn, axis: null, ...gaps(drawn) },
      y: { domain: [low < high / 2 ? 0 : low - room, high + room || 1], label: null, grid: true, ticks: 5 },
      marks: [
        Plot.rect(
          runs,
          bins({ y1: "p25", y2: "p75" }, SHARE, { y1: figure, y2: figure, fill: palette.consumerPale.light }),
        ),
        Plot.ruleY(
          runs,
          bins({ y: "median" }, SHARE, {
            y: figure,
            stroke: palette.text.light,
            strokeWidth: Math.max(1, Math.min(2.5, 200 / columns)),
          }),
        ),
        Plot.dot(dots, {
          ...{ x: "x", y: figure, fy: "row", r: Math.max(1.2, Math.min(3, 60 / Math.sqrt(dots.length + 1))) },
          ...{ fill: palette.consumer.light, stroke: palette.paper.light, strokeWidth: 0.5 },
        }),
        bound && Plot.ruleY(
          runs,
          bins({ y: "median" }, 0.92, {
            ...{ y: bound, ...dashed(palette.bound, 2) },
            ...columns > 30 && { strokeDasharray: undefined },
          }),
        ),
        Plot.text(
          failed,
          bins({ text: (runs: Run[]) => `✕ ${runs.length}` }, 1, {
            frameAnchor: "top",
            dy: -10,
            fill: palette.bound.light,
          }),
        ),
        Plot.text(drawn, {
          fy: Plot.identity,
          text: (row: string) => short(row ? `seconds, ${row}` : "seconds", 90),
          ...beside,
          frameAnchor: "top-left",
          dy: -24,
        }),
      ],
    }],
  });
}

const boundLegend = {
  label: "bound (median): no schedule ends sooner",
  shape: "dash",
  ink: palette.bound,
} as const;

/** Draws how many items wait at each time: a panel for each setting, all on the same axes. */
export function depthPlot({ runs: all }: Layout): Showable {
  const settings = [...new Set(all.map(({ setting }) => setting))];
  const drawn = thin(settings, most.settings);
  const runs = all.filter(({ setting }) => drawn.includes(setting));
  const samples = drawn.flatMap((setting) => depthOver(runs.filter((run) => run.setting === setting)));
  const deepest = max(runs, figure.deepest) || 1;
  const steps = { x: "time", fy: "setting", curve: "step-after" } as const;
  return draw({
    ...finding("Items in line, at the most", all, figure.deepest, max, String),
    subtitle: "How many items wait at each time, over the runs of a setting." +
      (drawn.length < settings.length ? ` ${drawn.length} of ${settings.length} settings are drawn.` : ""),
    legend: [
      { label: "median", shape: "thin", ink: palette.consumer },
      { label: "all runs", shape: "bar", ink: palette.consumerPale },
      { label: "the end (median)", shape: "dash", ink: palette.quiet },
    ],
    panels: [{
      height: drawn.length * 78 + 34,
      marginTop: 12,
      marginBottom: 40,
      x: { domain: [0, max(runs, figure.total) || 0.001], ...axis("seconds"), tickSize: 4 },
      y: { domain: [0, deepest], ticks: [0, deepest], label: null, tickSize: 3, tickFormat: String },
      fy: { domain: drawn, axis: null, ...gaps(drawn) },
      marks: [
        Plot.ruleY([0], { stroke: palette.line.light }),
        Plot.areaY(samples, { ...steps, y1: "least", y2: "most", fill: palette.consumerPale.light }),
        Plot.lineY(samples, { ...steps, y: "median", stroke: palette.consumer.light, strokeWidth: 1.6 }),
        Plot.ruleX(
          runs,
          Plot.groupZ<Plot.RuleXOptions>({ x: "median" }, {
            ...{ x: figure.total, fy: "setting" },
            ...dashed(palette.quiet),
          }),
        ),
        Plot.text(drawn, {
          fy: Plot.identity,
          text: (setting: string) =>
            setting.split(", ").map((line) => short(line, 14)).join("\n") || "all runs",
          ...beside,
        }),
      ],
    }],
  });
}

/** The least, the median and the greatest depth over the runs of a setting, at 200 times until the last has ended. */
function depthOver(runs: Run[]) {
  const end = max(runs, figure.total);
  if (end === undefined) return [];
  return Array.from({ length: 201 }, (_, i) => {
    const time = end * i / 200;
    const sizes = runs.flatMap(({ figures }) => figures ? [depthAt(figures, time)] : []);
    return { setting: runs[0].setting, time, least: min(sizes), median: median(sizes), most: max(sizes) };
  });
}

const before = bisector(([time]: [time: number, size: number]) => time).right;

/** Returns the number of items that waited in a run at a time. A run that is over has an empty queue. */
function depthAt({ depth, total }: RunFigures, time: number): number {
  return time > total ? 0 : depth[before(depth, time) - 1]?.[1] ?? 0;
}

/** The answer that a plot gives, as its title, and the figures behind it for who cannot see it. */
function finding(
  name: string,
  runs: Run[],
  figure: Figure,
  reduce: (runs: Run[], figure: Figure) => number | undefined,
  written: (value: number) => string,
): { title: string; alt: string } {
  const groups = [...Map.groupBy(runs, ({ setting }) => setting)].map(([setting, runs]) => {
    const value = reduce(runs, figure) ?? NaN;
    return { setting, value, words: Number.isNaN(value) ? "none" : written(value) };
  });
  const alt = thin(groups, 20).map(({ setting, words }) => `${setting || "All runs"}: ${words}.`).join(" ");
  const found = groups.filter(({ value }) => !Number.isNaN(value)).sort((a, b) => a.value - b.value);
  const [first, last] = [found[0], found[found.length - 1]];
  if (!first) return { title: `No ${name.toLowerCase()} could be measured`, alt };
  if (first.setting === "") return { title: `${name}: ${first.words}`, alt };
  if (last.value - first.value < 0.005) {
    return { title: `${name}: ${first.words}, whatever the setting`, alt };
  }
  const title = `${name}: ${first.words} (${first.setting}) to ${last.words} (${last.setting})`;
  return { title: title.length <= 68 ? title : `${name}: ${first.words} to ${last.words}, by setting`, alt };
}

function short(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
