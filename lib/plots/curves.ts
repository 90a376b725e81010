import * as Plot from "@observablehq/plot";
import type { Showable } from "../display.ts";
import { thinDepth } from "../words.ts";
import { figure, panelName, type PlotOptions, wholeNumber } from "./figure.ts";
import { palette } from "./palette.ts";

/** The most points of a curve that are drawn. */
const MOST = 300;
const INKS = [palette.consumer, palette.producer, palette.other, palette.bound, palette.quiet];

/** Options of a plot of curves. */
export interface CurvesOptions extends PlotOptions {
  /** The label of the x axis, with its unit. */
  x?: string;
  /** The label of the y axis, with its unit, in a few words. */
  y?: string;
  /** True if a value holds until the next point. */
  steps?: boolean;
}

/**
 * Draws values that depend on another: a curve for each row of points.
 *
 * ```ts
 * import { curves, show } from "@course/lib";
 *
 * await show(curves({ evenly: [[50, 0], [100, 0]], "at random": [[50, 0.5], [100, 12]] }, { x: "load, %" }));
 * ```
 *
 * @param rows the points of each curve, from left to right, by its name
 * @returns a plot for `show(…)`
 */
export function curves(
  rows: Record<string, (readonly [x: number, y: number])[]>,
  { title, x: across = "x", y: upwards = "y", steps }: CurvesOptions = {},
): Showable {
  const written = (value: number) => String(+value.toFixed(2));
  const lines = Object.entries(rows).map(([name, all], i) => {
    const finite = all.filter((point) => point.every(Number.isFinite));
    const points = finite.map(([time, size]) => ({ time, size }));
    const peak = points.reduce((most, point) => point.size > most.size ? point : most, points[0]);
    const figures = points.length > 12
      ? `${written(peak.size)} at the most, at ${written(peak.time)}`
      : points.map(({ time, size }) => `${written(size)} at ${written(time)}`).join(", ");
    return { name, points: thinDepth(points, MOST), ink: INKS[i % INKS.length], says: `${name}: ${figures}` };
  });
  const times = lines.flatMap(({ points }) => points.map(({ time }) => time));
  const isWhole = times.every(Number.isInteger) || Math.max(...times) - Math.min(...times) > 5;
  const at = { x: "time", y: "size" } as const;
  const isFlat = lines.every(({ points }) => points.every(({ size }) => size === 0));
  const y = { label: null, grid: true, ticks: 6, zero: true, ...isFlat && { domain: [0, 1] } };
  const marks: Plot.Markish[] = [
    panelName(upwards),
    Plot.ruleY([0], { stroke: palette.quiet.light }),
    ...lines.flatMap(({ points, ink }) => [
      Plot.line(points, { ...at, curve: steps ? "step-after" : "linear", stroke: ink.light, strokeWidth: 2 }),
      ...points.length > 40 ? [] : [Plot.dot(points, { ...at, r: 3.5, fill: ink.light })],
    ]),
  ];
  const subtitle = `${upwards}, against ${across}`;
  return figure({
    title: title ?? `${upwards}, by ${across}`,
    subtitle,
    alt: `${subtitle}. ${lines.map(({ says }) => says).join("; ")}.`,
    legend: lines.map(({ name, ink }) => ({ label: name, shape: "thin", ink })),
    panels: [{ height: 244, y, marks }],
    axis: { label: across, ticks: 10, tickFormat: isWhole ? wholeNumber : undefined },
  });
}
