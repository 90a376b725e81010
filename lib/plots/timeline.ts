import { checkRun } from "../check_run.ts";
import type { Showable } from "../display.ts";
import type { Run } from "../run.ts";
import { depthPanel } from "./depth.ts";
import { figure } from "./figure.ts";
import { lanesLegend, lanesPanel } from "./lanes.ts";
import { palette } from "./palette.ts";
import { count, greatestDepth, seconds, thin } from "../words.ts";

/** How many items are drawn at the most. */
const MOST = 300;

/** What may be said of a plot beside what it says by itself. */
export interface PlotOptions {
  /** The finding; each plot states one of its own where none is given. */
  title?: string;
}

/**
 * Who did what when: a lane for each task, and under it how many items waited, on the same axis of seconds.
 *
 * @returns a plot for `show(…)`
 * @throws {LessonError} where it is given anything but a run
 */
export function timeline(run: Run, { title }: PlotOptions = {}): Showable {
  checkRun("draw", run);
  const lanes = run.lanes.filter((lane) => lane.slices.length > 0 && lane.name !== "program");
  const items = thin(run.items, MOST);
  const x = { domain: [0, Math.max(run.total, 0.001)] }; // one axis of seconds for both panels
  const drawn = items.length < run.items.length
    ? ` Of ${count(run.items.length, "item")}, ${MOST} are drawn.`
    : "";
  return figure({
    title: title ?? finding(run),
    subtitle: subtitle(run) + drawn,
    alt: `A lane for each of ${lanes.map((lane) => lane.name).join(", ")}. ${subtitle(run)} ` +
      `At the most ${count(greatestDepth(run.depth), "item")} waited at once.`,
    legend: [
      ...lanesLegend(lanes, items),
      ...run.bound > 0
        ? [{ label: "bound: no schedule ends sooner", shape: "dash", ink: palette.bound } as const]
        : [],
    ],
    panels: [lanesPanel(lanes, items, run, x), depthPanel(run, x)],
  });
}

function subtitle(run: Run): string {
  const { latency } = run;
  const waited = Number.isFinite(latency.mean)
    ? ` An item waited ${seconds(latency.mean, 2)} on average, ${seconds(latency.max, 2)} at the most.`
    : "";
  return `${count(run.generated, "item")} generated, ${run.processed} processed in ${
    seconds(run.total)
  }.${waited}`;
}

/** What the figures say. */
function finding(run: Run): string {
  const name = run.name === "" ? "The run" : `${run.name[0].toUpperCase()}${run.name.slice(1)}`;
  if (run.stopped) return `${name}: stopped after ${seconds(run.total)}`;
  if (run.total - run.bound < 0.05 * run.total) {
    return `${name}: ${seconds(run.total)}, no schedule could be shorter`;
  }
  return `${name}: ${seconds(run.total)}, where ${seconds(run.bound)} would do`;
}
