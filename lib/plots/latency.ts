import * as Plot from "@observablehq/plot";
import type { Showable } from "../display.ts";
import { checkRun, type Item, type Run } from "../run.ts";
import { count, seconds, thin } from "../words.ts";
import { axis, dashed, figure, panelName, type PlotOptions, wholeNumber } from "./figure.ts";
import { palette } from "./palette.ts";

/** The greatest number of items that are drawn. */
const MOST = 400;
/** An item that waits for less, in seconds, is met soon. */
const SOON = 1;
/** The least share of the items that counts as "most" of them. */
const MOST_OF = 0.9;

/** Options of a plot of latencies. */
export interface LatencyOptions extends PlotOptions {
  /** Another run, whose latencies are drawn behind. */
  against?: Run;
}

/**
 * Draws the seconds that each item waited from being generated to being processed.
 *
 * ```ts
 * import { baseline, latency, show } from "@course/lib";
 *
 * await show(latency(await baseline({ items: 20, seed: 2164 })));
 * ```
 *
 * @returns a plot for `show(…)`
 * @throws {LessonError} if it is given anything but a run
 */
export function latency(run: Run, { title, against }: LatencyOptions = {}): Showable {
  checkRun("draw", run);
  if (against !== undefined) checkRun("draw", against);
  const measured = measuredOf(run);
  const items = thin(measured, MOST);
  const others = against ? thin(measuredOf(against), MOST) : [];
  const { first, best, mean, max } = run.latency;
  const figures = `First ${seconds(first, 2)}, best ${seconds(best, 2)}, mean ${seconds(mean, 2)}, longest ` +
    `${seconds(max, 2)}, over ${count(run.processed, "item")}.` +
    (against ? ` ${against.name}: mean ${seconds(against.latency.mean, 2)}.` : "");
  const { consumer, consumerPale, quiet } = palette;
  const last = items.at(-1)?.number ?? 1;
  const most = Math.max(1, max || 0, against?.latency.max || 0);
  const strokeWidth = Math.max(1, Math.min(6, 240 / items.length));
  const missing = items.length === 0 ? ["No latency could be measured."] : [];
  const x = { domain: [0.5, last + 0.5], ...axis("item"), ticks: 10, tickFormat: wholeNumber };
  const y = { domain: [0, most * 1.05], label: null, grid: true, ticks: 5 };
  const at = { x: "number", y: "latency" } as const;
  const marks = [
    panelName("seconds"),
    Plot.ruleY([0], { stroke: quiet.light }),
    Plot.ruleX(items, { x: "number", y1: 0, y2: "latency", stroke: consumerPale.light, strokeWidth }),
    Plot.dot(others, { ...at, r: 3, stroke: quiet.light, fill: "none" }),
    Plot.ruleY(Number.isFinite(mean) ? [mean] : [], dashed(quiet)),
    Plot.dot(items, { ...at, r: items.length > 100 ? 2 : 4, fill: consumer.light }),
    Plot.text(missing, { frameAnchor: "middle", fill: quiet.light }),
  ];
  return figure({
    title: title ?? finding(run, measured),
    subtitle: figures,
    alt: `The latency of each item in the order in which they were processed. ${figures}`,
    legend: [
      { label: "latency of an item", shape: "dot", ink: consumer },
      { label: "mean", shape: "dash", ink: quiet },
      ...against ? [{ label: against.name, shape: "ring", ink: quiet } as const] : [],
    ],
    panels: [{ height: 230, marginTop: 14, marginBottom: 40, x, y, marks }],
  });
}

const measuredOf = ({ items }: Run): Item[] => items.filter(({ latency }) => Number.isFinite(latency));

function finding({ name, latency: { mean, max, best } }: Run, measured: Item[]): string {
  if (!Number.isFinite(mean)) return `${name}: no item came with a time that could be measured`;
  if (max < 0.005) return "Latency 0: every item is processed the moment it is there";
  if (best >= 0.005) return `Every item waits, ${seconds(best)} at the least and ${seconds(max)} at the most`;
  const soon = measured.filter((item) => item.latency < SOON);
  return soon.length >= MOST_OF * measured.length
    ? `Most items are met at once or soon; the unluckiest waits ${seconds(max)}`
    : `An item waits ${seconds(mean)} on average, the unluckiest ${seconds(max)}`;
}
