/** The plots of a sweep, in the look of the course's. @module */
import * as Plot from "@observablehq/plot";
// @ts-types="npm:@types/d3-array@3.2.2"
import { bisector, extent, greatest, least, max, median, min, rollups } from "d3-array";
import type { Showable } from "../../lib/display.ts";
import { axis, dashed, figure as draw } from "../../lib/plots/figure.ts";
import { palette } from "../../lib/plots/palette.ts";
import { seconds, thin } from "../../lib/words.ts";
import { literal } from "../parameters/type.ts";
import type { Figure, Layout, Run } from "./layout.ts";

const { consumer, consumerPale, bound: boundInk, quiet, paper, line, text } = palette;
/** Options of a text to the left of each row of panels. */
const beside = {
  fy: Plot.identity,
  facetAnchor: "left",
  dx: -108,
  textAnchor: "start",
  lineHeight: 1.2,
} as const;

/** Draws a figure of all runs, in seconds: a dot for each, and for each setting the middle half, the median and a bound. */
export function spreadPlot(
  { along, runs: all }: Layout,
  name: string,
  figure: Figure,
  bound?: Figure,
): Showable {
  const { rows, runs, note, fy } = facets(all, "row", 6);
  const dots = thin(runs, 2000);
  const failed = runs.filter(({ error }) => error);
  const places = along?.values.map(literal) ?? [""];
  const [low = 0, high = 0] = extent(runs.flatMap((run) => [run[figure], run[bound ?? figure]]));
  const room = Math.max(high - low, high * 0.02) * 0.08;
  const place = { fx: "place", fy: "row" } as const;
  const half = { ...place, y1: figure, y2: figure, fill: consumerPale.light };
  const middle = { ...place, y: figure, stroke: text.light, strokeWidth: 2.5 };
  const bar = bound && { ...place, y: bound, ...dashed(boundInk, 2), insetLeft: -12, insetRight: -12 };
  const dot = { r: Math.max(1.2, Math.min(3, 60 / Math.sqrt(dots.length + 1))), fill: consumer.light };
  const cross = { ...place, frameAnchor: "top", dy: -10, fill: boundInk.light } as const;
  return draw({
    ...finding(name, all, figure, median, (value) => seconds(value, bound ? 1 : 2)),
    subtitle: `${name} in seconds, ${along ? `for each value of ${along.name}` : "over all runs"}.` +
      (failed.length > 0 ? " ✕: runs that failed." : "") + note + leftOut(dots, runs, "run"),
    legend: [
      { label: "a run", shape: "dot", ink: consumer },
      { label: "half of the runs", shape: "bar", ink: consumerPale },
      { label: "median", shape: "thin", ink: text },
      ...bound
        ? [{ label: "bound (median): no schedule ends sooner", shape: "dash", ink: boundInk } as const]
        : [],
    ],
    panels: [{
      ...{ height: rows.length * (rows.length > 3 ? 130 : 196) + 36, marginTop: 32, marginBottom: 46 },
      fx: {
        ...{ domain: places, padding: 0.38, ...axis(along?.name ?? "") },
        ...{ ticks: thin(places, 16), tickFormat: (place) => short(place, 16) },
      },
      fy,
      x: { axis: null, type: "point" },
      y: { domain: [low < high / 2 ? 0 : low - room, high + room || 1], label: null, grid: true, ticks: 5 },
      marks: [
        Plot.barY(runs, Plot.groupZ({ y1: "p25", y2: "p75" }, half)),
        Plot.tickY(runs, Plot.groupZ({ y: "median" }, middle)),
        Plot.dot(dots, { ...place, ...dot, x: "seed", y: figure, stroke: paper.light, strokeWidth: 0.5 }),
        bar && Plot.tickY(runs, Plot.groupZ({ y: "median" }, bar)),
        Plot.text(
          failed,
          Plot.groupZ({ text: (runs: Run[]) => runs.length > 0 ? `✕ ${runs.length}` : "" }, cross),
        ),
        Plot.text(rows, {
          ...{ ...beside, frameAnchor: "top-left", dy: -24 },
          text: (row: string) => short(row ? `seconds, ${row}` : "seconds", 90),
        }),
      ],
    }],
  });
}

/** Draws how many items wait at each time: a panel for each setting, all on the same axes. */
export function depthPlot({ runs: all }: Layout): Showable {
  const { rows, runs, note, fy } = facets(all, "setting", 10);
  const deepest = max(runs, (run) => run.deepest) || 1;
  const samples = rows.flatMap((setting) => depthOver(runs.filter((run) => run.setting === setting)));
  const steps = { x: "time", fy: "setting", curve: "step-after" } as const;
  const end: Plot.RuleXOptions = { x: "total", fy: "setting", ...dashed(quiet) };
  return draw({
    ...finding("Items in line, at the most", all, "deepest", max, String),
    subtitle: `How many items wait at each time, over the runs of a setting.${note}`,
    legend: [
      { label: "median", shape: "thin", ink: consumer },
      { label: "all runs", shape: "bar", ink: consumerPale },
      { label: "the end (median)", shape: "dash", ink: quiet },
    ],
    panels: [{
      ...{ height: rows.length * 78 + 34, marginTop: 12, marginBottom: 40 },
      x: { domain: [0, max(runs, ({ total }) => total) || 0.001], ...axis("seconds"), tickSize: 4 },
      y: { domain: [0, deepest], ticks: [0, deepest], label: null, tickSize: 3, tickFormat: String },
      fy,
      marks: [
        Plot.ruleY([0], { stroke: line.light }),
        Plot.areaY(samples, { ...steps, y1: "least", y2: "most", fill: consumerPale.light }),
        Plot.lineY(samples, { ...steps, y: "median", stroke: consumer.light, strokeWidth: 1.6 }),
        Plot.ruleX(runs, Plot.groupZ({ x: "median" }, end)),
        Plot.text(rows, {
          ...{ ...beside, frameAnchor: "left" },
          text: (setting: string) =>
            setting.split(", ").map((line) => short(line, 14)).join("\n") || "all runs",
        }),
      ],
    }],
  });
}

/** The rows of panels of a plot, of which it draws `most`; the runs in them; and their scale. */
function facets(all: Run[], key: "row" | "setting", most: number) {
  const names = [...new Set(all.map((run) => run[key]))];
  const rows = thin(names, most);
  const fy = { domain: rows, axis: null, paddingInner: rows.length > 1 ? 0.25 : 0, paddingOuter: 0 };
  return { rows, runs: all.filter((run) => rows.includes(run[key])), note: leftOut(rows, names, key), fy };
}

/** The least, the median and the greatest depth over the runs of a setting, at 200 times until the last has ended. */
function depthOver(runs: Run[]) {
  const end = max(runs, ({ total }) => total);
  if (end === undefined) return [];
  return Array.from({ length: 201 }, (_, i) => {
    const time = end * i / 200;
    const sizes = runs.filter(({ error }) => !error).map((run) => depthAt(run, time));
    return { setting: runs[0].setting, time, least: min(sizes), median: median(sizes), most: max(sizes) };
  });
}

const before = bisector(([time]: [time: number, size: number]) => time).right;

/** Returns the number of items that waited in a run at a time. A run that is over has an empty queue. */
function depthAt({ depth, total }: Run, time: number): number {
  return time > total ? 0 : depth[before(depth, time) - 1]?.[1] ?? 0;
}

/** The answer that a plot gives, as its title, and the figures behind it for who cannot see it. */
function finding(
  name: string,
  runs: Run[],
  figure: Figure,
  reduce: (values: number[]) => number | undefined,
  written: (value: number) => string,
): { title: string; alt: string } {
  const groups = rollups(runs, (runs) => reduce(runs.map((run) => run[figure])), (run) => run.setting);
  const words = ([setting, value = NaN]: typeof groups[number]) =>
    `${written(value)} (${setting || "all runs"})`;
  const alt = thin(groups, 20).map(words).join(", ") + ".";
  const [first, last] = [least(groups, ([, value]) => value), greatest(groups, ([, value]) => value)];
  if (!first || !last) return { title: `No ${name.toLowerCase()} could be measured`, alt };
  const everywhere = groups.length > 1 ? ", whatever the setting" : "";
  const isSame = last[1]! - first[1]! < 0.005;
  const answer = isSame ? written(first[1]!) + everywhere : `${words(first)} to ${words(last)}`;
  return { title: `${name}: ${answer}`, alt };
}

/** Tells that not all are drawn, if so. */
function leftOut(drawn: unknown[], all: unknown[], what: string): string {
  return drawn.length < all.length ? ` ${drawn.length} of ${all.length} ${what}s are drawn.` : "";
}

function short(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
