import { checkRun } from "../check_run.ts";
import type { Showable } from "../display.ts";
import type { Run } from "../run.ts";
import { count, greatestDepth, seconds, thin } from "../words.ts";
import { depthPanel } from "./depth.ts";
import { figure, type PlotOptions } from "./figure.ts";
import { drawLanes, lanesOf, thinLanes } from "./lanes.ts";

export type { PlotOptions };

/** The greatest number of items that are drawn. */
const MOST = 300;

/**
 * Draws who did what when: a lane for each task, and below them the number of items that waited, on one axis of seconds.
 *
 * @returns a plot for `show(…)`
 * @throws {LessonError} if it is given anything but a run
 */
export function timeline(run: Run, { title }: PlotOptions = {}): Showable {
  checkRun("draw", run);
  const all = { lanes: lanesOf(run), items: run.items };
  const lanes = thinLanes(all.lanes);
  const names = new Set(["", ...lanes.map(({ name }) => name)]);
  const items = thin(all.items.filter((item) => names.has(item.producer) && names.has(item.consumer)), MOST);
  const { depth } = run;
  const x = { domain: [0, Math.max(run.total, 0.001)] }; // one axis of seconds for both panels
  const { panel, legend } = drawLanes(lanes, items, run, x);
  const figures = figuresOf(run);
  return figure({
    title: title ?? finding(run),
    subtitle: figures + thinned(all.lanes, lanes, "lane") + thinned(all.items, items, "item"),
    alt: `A lane for each of ${lanes.map(({ name }) => name).join(", ")}. ${figures} ` +
      `At the most ${count(greatestDepth(depth), "item")} waited at once.`,
    legend,
    panels: [panel, depthPanel(run, depth, x)],
  });
}

function thinned(all: unknown[], drawn: unknown[], thing: string): string {
  return drawn.length < all.length ? ` Of ${count(all.length, thing)}, ${drawn.length} are drawn.` : "";
}

function figuresOf({ generated, processed, total, latency }: Run): string {
  const waited = Number.isFinite(latency.mean)
    ? ` An item waited ${seconds(latency.mean, 2)} on average, ${seconds(latency.max, 2)} at the most.`
    : "";
  return `${count(generated, "item")} generated, ${processed} processed in ${seconds(total)}.${waited}`;
}

/** States the answer that the figures give. */
function finding({ name, total, bound, stopped }: Run): string {
  const subject = name === "" ? "The run" : `${name[0].toUpperCase()}${name.slice(1)}`;
  if (stopped) return `${subject}: stopped after ${seconds(total)}`;
  if (total - bound < 0.05 * total) return `${subject}: ${seconds(total)}, no schedule could be shorter`;
  return `${subject}: ${seconds(total)}, where ${seconds(bound)} would do`;
}
