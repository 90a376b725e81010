import * as Plot from "@observablehq/plot";
import type { Showable } from "../display.ts";
import type { Prediction } from "../predict.ts";
import { checkRun, type Run } from "../run.ts";
import { count, greatestDepth, seconds, thin, waited } from "../words.ts";
import { depthPanel } from "./depth.ts";
import { figure, type PlotOptions } from "./figure.ts";
import { dashed } from "./marks.ts";
import { palette } from "./palette.ts";
import { drawLanes, lanesOf, thinLanes } from "./lanes.ts";

export type { PlotOptions };

/** The greatest number of items that are drawn. */
const MOST = 300;

/** Options of a timeline. */
export interface TimelineOptions extends PlotOptions {
  /** A total time that was predicted, in seconds, to be drawn beside the real one. */
  predicted?: Prediction;
}

/**
 * Draws who did what when: a lane for each task, and below them the number of items that waited, on one axis of seconds.
 *
 * @returns a plot for `show(…)`
 * @throws {LessonError} if it is given anything but a run
 */
export function timeline(run: Run, { title, predicted }: TimelineOptions = {}): Showable {
  checkRun("draw", run);
  const all = { lanes: lanesOf(run), items: run.items };
  const lanes = thinLanes(all.lanes);
  const names = new Set(["", ...lanes.map(({ name }) => name)]);
  const items = thin(all.items.filter((item) => names.has(item.producer) && names.has(item.consumer)), MOST);
  const { depth } = run;
  const guess = predicted?.number;
  const x = { domain: [0, Math.max(run.total, guess ?? 0, 0.001)] }; // one axis of seconds for both panels
  const { panel, legend } = drawLanes(lanes, items, run, x);
  if (guess !== undefined) panel.marks!.push(...guessMarks(guess));
  const figures = figuresOf(run);
  return figure({
    title: title ?? finding(run),
    subtitle: figures + thinned(all.lanes, lanes, "lane") + thinned(all.items, items, "item"),
    alt: `A lane for each of ${lanes.map(({ name }) => name).join(", ")}. ${figures} ` +
      `At the most ${count(greatestDepth(depth), "item")} waited at once.` +
      (guess === undefined ? "" : ` Predicted: ${seconds(guess)}.`),
    legend,
    panels: [panel, depthPanel(run, depth, x)],
  });
}

function thinned(all: unknown[], drawn: unknown[], thing: string): string {
  return drawn.length < all.length ? ` Of ${count(all.length, thing)}, ${drawn.length} are drawn.` : "";
}

/** A line where the end was predicted. */
function guessMarks(guess: number): Plot.Markish[] {
  const end = { frameAnchor: "bottom", dy: 10, textAnchor: guess > 0 ? "end" : "start" } as const;
  return [
    Plot.ruleX([guess], { ...dashed(palette.text), strokeDasharray: "1,3" }),
    Plot.text([`you: ${seconds(guess)}`], { x: () => guess, fill: palette.text.light, ...end }),
  ];
}

function figuresOf({ generated, processed, hollow, total, latency }: Run): string {
  const values = hollow > 0 ? ` (${hollow === processed ? "all" : hollow} of them undefined)` : "";
  const how = `${count(generated, "item")} generated, ${processed} processed${values} in ${seconds(total)}.`;
  return Number.isFinite(latency.mean) ? `${how}${waited(latency, " An")}.` : how;
}

/** States the answer that the figures give. */
function finding({ name, total, bound, stopped, error }: Run): string {
  const subject = name === "" ? "The run" : `${name[0].toUpperCase()}${name.slice(1)}`;
  if (error !== undefined) return `${subject}: failed after ${seconds(total)}`;
  if (stopped) return `${subject}: stopped after ${seconds(total)}`;
  const close = total - bound < 0.05 * total;
  const end = close ? "no schedule of these tasks is shorter" : `where ${seconds(bound)} would do`;
  return `${subject}: ${seconds(total)}, ${end}`;
}
