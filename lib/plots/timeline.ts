import * as Plot from "@observablehq/plot";
import type { Showable } from "../display.ts";
import type { Prediction } from "../predict.ts";
import { checkRun, type Depth, type Run, runsShown } from "../run.ts";
import { count, eachLane, greatestDepth, seconds, thin, thinDepth, waited } from "../words.ts";
import { dashed, dotted, figure, panelName, type PlotOptions } from "./figure.ts";
import { drawLanes, lanesOf, thinLanes } from "./lanes.ts";
import { palette } from "./palette.ts";

/** The most items, and the most steps of the queue's depth, that are drawn. */
const MOST = 300;

/** Options of a timeline. */
export interface TimelineOptions extends PlotOptions {
  /** The predicted total time, in seconds, to draw beside the real one. */
  predicted?: Prediction;
  /** The legend's words for sleeping: "a page loads", say, for a program without tasks. */
  sleeps?: string;
}

/**
 * Draws who did what when: a lane for each task and, below, the number of waiting items, on one axis of seconds.
 *
 * ```ts
 * import { baseline, show, timeline } from "@course/lib";
 *
 * await show(timeline(await baseline({ items: 20, seed: 2164 })));
 * ```
 *
 * @returns a plot for `show(…)`
 * @throws {LessonError} if `run` is not a run
 */
export function timeline(run: Run, options: TimelineOptions = {}): Showable {
  const { title, predicted, sleeps = "a task sleeps" } = options;
  checkRun("draw", run);
  const all = { lanes: lanesOf(run), items: run.items };
  const lanes = thinLanes(all.lanes);
  const names = new Set(["", ...lanes.map(({ name }) => name)]);
  const items = thin(all.items.filter((item) => names.has(item.producer) && names.has(item.consumer)), MOST);
  const { bound, total, depth: waiting } = run;
  const guess = predicted?.number;
  const end = Math.max(total, guess ?? 0) || 1;
  const { panel, legend, fails, cancelled } = drawLanes(lanes, items, end, sleeps);
  const depth = waiting.length > 0 ? depthPanel(waiting, total) : undefined; // a program may have no items
  if (bound > 0 && depth) {
    const line = Plot.ruleX([bound], dashed(palette.bound));
    const label = { x: [bound], frameAnchor: "top", dy: -12, fill: palette.bound.light } as const;
    const place = bound > total * 0.9 ? { dx: 4, textAnchor: "end" } as const : {};
    panel.marks.push(line, Plot.text([`bound ${seconds(bound)}`], { ...label, ...place }));
    depth.marks.push(line);
    legend.push({ label: "bound: these tasks cannot end sooner", shape: "dash", ink: palette.bound });
  }
  if (guess !== undefined) {
    panel.marks.push(Plot.ruleX([guess], dotted(palette.text)));
    legend.push({ label: `you predicted ${seconds(guess)}`, shape: "dots", ink: palette.text });
  }
  const figures = figuresOf(run) + (depth || lanes.length < 2 ? "" : timesOf("Ended", lanes));
  const picture = figure({
    title: title ?? finding(run),
    subtitle: figures + thinned(all.lanes, lanes, "lane") + thinned(all.items, items, "item"),
    alt: `${eachLane}${lanes.map(({ name }) => name).join(", ")}. ${figures}` +
      (depth ? ` At the most ${count(greatestDepth(waiting), "item")} waited at once.` : "") +
      timesOf("Failed", fails) + timesOf("Cancelled", cancelled) +
      (guess === undefined ? "" : ` Predicted: ${seconds(guess)}.`),
    legend,
    panels: depth ? [panel, depth] : [panel],
    axis: { domain: [0, end], label: "seconds" },
  });
  runsShown.set(picture.bundle, [run, end]);
  return picture;
}

function thinned(all: unknown[], drawn: unknown[], thing: string): string {
  return drawn.length < all.length ? ` Of ${count(all.length, thing)}, ${drawn.length} are drawn.` : "";
}

/** Draws the number of waiting items over time. */
export function depthPanel(depth: Depth[], total: number) {
  const steps = thinDepth([{ time: 0, size: 0 }, ...depth], MOST);
  const deepest = Math.max(1, greatestDepth(steps));
  steps.push({ time: total, size: steps.at(-1)!.size });
  const step = { x: "time", y: "size", curve: "step-after" } as const;
  const marks: Plot.Markish[] = [
    Plot.areaY(steps, { ...step, fill: palette.consumerPale.light }),
    Plot.lineY(steps, { ...step, stroke: palette.consumer.light, strokeWidth: 1.5 }),
    panelName("items\nwaiting"),
  ];
  const y = { domain: [0, deepest], ticks: Math.min(4, deepest), label: null, grid: true };
  return { height: 92, y, marks };
}

/** Lists rows with their end times, in a sentence; returns an empty text if there are none. */
function timesOf(words: string, rows: { name: string; end: number }[]): string {
  const times = thin(rows, MOST).map(({ name, end }) => `${name} ${seconds(end)}`);
  return times.length > 0 ? ` ${words}: ${times.join(", ")}.` : "";
}

function figuresOf({ generated, processed, total, latency, trace: { hollow } }: Run): string {
  if (generated + processed === 0) return `It took ${seconds(total)}.`;
  const values = hollow > 0 ? ` (${hollow === processed ? "all" : hollow} of them undefined)` : "";
  const how = `${count(generated, "item")} generated, ${processed} processed${values} in ${seconds(total)}.`;
  return Number.isFinite(latency.mean) ? `${how}${waited(latency, " An")}.` : how;
}

/** States the answer of a run's figures. */
function finding({ name, total, bound, stopped, error }: Run): string {
  const subject = name === "" ? "The run" : name.charAt(0).toUpperCase() + name.slice(1);
  if (error !== undefined) return `${subject}: failed after ${seconds(total)}`;
  if (stopped) return `${subject}: stopped after ${seconds(total)}`;
  const close = total - bound <= 0.05 * total;
  const end = close ? "no schedule of these tasks is shorter" : `where ${seconds(bound)} would do`;
  return `${subject}: ${seconds(total)}, ${end}`;
}
