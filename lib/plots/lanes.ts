import * as Plot from "@observablehq/plot";
import type { Item, LaneRow, Run, Span } from "../run.ts";
import type { Role } from "../trace.ts";
import { thin } from "../words.ts";
import type { LegendEntry } from "./figure.ts";
import { boundLabel, boundLine } from "./marks.ts";
import { type Ink, palette } from "./palette.ts";

/** The greatest number of lanes of a role, and of stretches of a kind in all of the lanes, that are drawn. */
const MOST = { lanes: 12, stretches: 600 };

const pale: Record<Role, Ink> = {
  producer: palette.producerPale,
  consumer: palette.consumerPale,
  other: palette.otherPale,
};
const span = { x1: "start", x2: "end", y: "name" } as const;
const itemLine = { x1: "generated", x2: "processed", y1: "producer", y2: "consumer" } as const;

/** A lane as it is drawn: the stretches in which it blocks the thread, sleeps, or waits for something else. */
export interface DrawnLane {
  name: string;
  role: Role;
  blocks: Span[];
  sleeps: Span[];
  waits: Span[];
}

/** At most a dozen lanes of each role, in their order. */
export function drawnLanes(all: LaneRow[]): DrawnLane[] {
  const roles = Object.keys(pale).map((role) => all.filter((lane) => lane.role === role));
  const kept = new Set(roles.flatMap((lanes) => thin(lanes, MOST.lanes)));
  const most = Math.floor(MOST.stretches / kept.size);
  const long = (spans: Span[]) => thin(spans.filter(({ start, end }) => end > start), most);
  return all.filter((lane) => kept.has(lane)).map(({ name, role, slices, waits }) => ({
    name,
    role,
    blocks: long(slices),
    sleeps: long(waits.filter((wait) => wait.for === "sleep")),
    waits: long(waits.filter((wait) => wait.for !== "sleep")),
  }));
}

/** A lane for each task: its slices, its waits, what it generated and processed; and a line for each item. */
export function lanesPanel(
  lanes: DrawnLane[],
  items: Item[],
  run: Run,
  x: Plot.ScaleOptions,
): Plot.PlotOptions {
  const whole = items.filter(isWhole);
  const ends = whole.filter((item) => item === whole[0] || item === whole.at(-1));
  return {
    height: 44 * lanes.length + 26,
    marginTop: 14,
    marginBottom: 12,
    x: { ...x, axis: null },
    y: { domain: lanes.map(({ name }) => name), label: null, tickSize: 0, padding: 0.2 },
    marks: [
      Plot.barX(stretches(lanes, "sleeps"), { ...span, insetTop: 9, insetBottom: 9, fill: "fill" }),
      Plot.ruleY(stretches(lanes, "waits"), {
        ...span,
        stroke: palette.quiet.light,
        strokeWidth: 2,
        strokeDasharray: "1,4",
        strokeLinecap: "round",
      }),
      ...(["producer", "consumer", "other"] as const).map((role) =>
        Plot.barX(stretches(lanes.filter((lane) => lane.role === role), "blocks"), {
          ...span,
          insetTop: 2,
          insetBottom: 2,
          fill: palette[role].light,
        })
      ),
      Plot.link(whole, { ...itemLine, stroke: palette.quiet.light, strokeOpacity: 0.55 }),
      ...dots(items, lanes, "producer", "generated"),
      ...dots(items, lanes, "consumer", "processed"),
      Plot.link(lanes.some(isBlocking) ? ends : [], {
        ...itemLine,
        stroke: palette.text.light,
        strokeWidth: 2,
      }),
      boundLine(run),
      boundLabel(run),
    ],
  };
}

/** What the lanes' marks mean, as far as there are such. */
export function lanesLegend(lanes: DrawnLane[], items: Item[]): LegendEntry[] {
  const roles = new Set(lanes.map((lane) => lane.role));
  const busy = lanes.find(isBlocking);
  const dot = (role: Role) => lanes.some((lane) => lane.role === role && isBlocking(lane)) ? "ring" : "dot";
  const asleep = lanes.find((lane) => lane.sleeps.length > 0);
  const waits = lanes.some((lane) => lane.waits.length > 0);
  const entries: (LegendEntry | false | undefined)[] = [
    roles.has("producer") && { label: "generated", shape: dot("producer"), ink: palette.producer },
    roles.has("consumer") && { label: "processed", shape: dot("consumer"), ink: palette.consumer },
    items.some(isWhole) &&
    { label: busy ? "an item, first and last bold" : "an item", shape: "line", ink: palette.quiet },
    busy && { label: "blocks the thread", shape: "bar", ink: palette[busy.role] },
    asleep && { label: "sleeps", shape: "bar", ink: pale[asleep.role] },
    waits && { label: "waits", shape: "dots", ink: palette.quiet },
  ];
  return entries.filter((entry) => !!entry);
}

/** A dot for each item in the lane of its `role`: full, or a ring where the lane has bars of the dot's own colour. */
function dots(
  items: Item[],
  lanes: DrawnLane[],
  role: "producer" | "consumer",
  x: "generated" | "processed",
): Plot.Markish[] {
  const blocking = new Set(lanes.filter(isBlocking).map((lane) => lane.name));
  const [full, rings] = [false, true].map((isRing) =>
    items.filter((item) => item[role] !== "" && blocking.has(item[role]) === isRing)
  );
  const [ink, paper] = [palette[role].light, palette.paper.light];
  return [
    Plot.dot(full, { x, y: role, r: 4, fill: ink, stroke: paper }),
    Plot.dot(rings, { x, y: role, r: 4, fill: paper, stroke: ink, strokeWidth: 2 }),
  ];
}

function stretches(lanes: DrawnLane[], kind: "blocks" | "sleeps" | "waits") {
  return lanes.flatMap((lane) =>
    lane[kind].map(({ start, end }) => ({ name: lane.name, start, end, fill: pale[lane.role].light }))
  );
}

function isBlocking(lane: DrawnLane): boolean {
  return lane.blocks.length > 0;
}

function isWhole(item: Item): boolean {
  return Number.isFinite(item.generated) && Number.isFinite(item.processed);
}
