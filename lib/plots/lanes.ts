import * as Plot from "@observablehq/plot";
import type { Item, LaneRow, Run } from "../run.ts";
import type { Role } from "../trace.ts";
import { boundLabel, boundLine } from "./bound.ts";
import type { LegendEntry } from "./figure.ts";
import { type Ink, palette } from "./palette.ts";
import { thin } from "../words.ts";

/** How many slices, and how many waits, are drawn of a lane at the most. */
const MOST = 300;

/** A lane for each task: its slices, its waits, what it generated and processed; and a line for each item. */
export function lanesPanel(
  lanes: LaneRow[],
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
    y: { domain: lanes.map((lane) => lane.name), label: null, tickSize: 0, padding: 0.2 },
    marks: [
      Plot.barX(lanes.flatMap((lane) => stretches(lane, "sleep")), waitOptions),
      Plot.ruleY(lanes.flatMap((lane) => stretches(lane, "other")), {
        x1: "start",
        x2: "end",
        y: "name",
        stroke: palette.quiet.light,
        strokeWidth: 2,
        strokeDasharray: "1,4",
        strokeLinecap: "round",
      }),
      ...(["producer", "consumer", "other"] as const).map((role) =>
        Plot.barX(lanes.filter((lane) => lane.role === role).flatMap(slices), {
          x1: "start",
          x2: "end",
          y: "name",
          insetTop: 2,
          insetBottom: 2,
          fill: palette[role].light,
        })
      ),
      Plot.link(whole, { ...lineOptions, stroke: palette.quiet.light, strokeOpacity: 0.55 }),
      ...dots(items, lanes, "producer", "generated"),
      ...dots(items, lanes, "consumer", "processed"),
      Plot.link(lanes.some(isBlocking) ? ends : [], {
        ...lineOptions,
        stroke: palette.text.light,
        strokeWidth: 2,
      }),
      boundLine(run),
      boundLabel(run),
    ],
  };
}

/** What the lanes' marks mean, as far as there are such. */
export function lanesLegend(lanes: LaneRow[], items: Item[]): LegendEntry[] {
  const roles = new Set(lanes.map((lane) => lane.role));
  const busy = lanes.find(isBlocking);
  const dot = (role: Role) => lanes.some((lane) => lane.role === role && isBlocking(lane)) ? "ring" : "dot";
  const asleep = lanes.find((lane) => stretches(lane, "sleep").length > 0);
  const waits = lanes.some((lane) => stretches(lane, "other").length > 0);
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

const waitOptions: Plot.BarXOptions = {
  x1: "start",
  x2: "end",
  y: "name",
  insetTop: 9,
  insetBottom: 9,
  fill: "fill",
};

const lineOptions: Plot.LinkOptions = { x1: "generated", x2: "processed", y1: "producer", y2: "consumer" };

/** A dot for each item in the lane of its `role`: full, or a ring where the lane has bars of the dot's own colour. */
function dots(items: Item[], lanes: LaneRow[], role: "producer" | "consumer", x: "generated" | "processed") {
  const blocking = new Set(lanes.filter(isBlocking).map((lane) => lane.name));
  const inLanes = items.filter((item) => item[role] !== "");
  const [ink, paper] = [palette[role].light, palette.paper.light];
  return [
    Plot.dot(inLanes.filter((item) => !blocking.has(item[role])), {
      x,
      y: role,
      r: 4,
      fill: ink,
      stroke: paper,
    }),
    Plot.dot(inLanes.filter((item) => blocking.has(item[role])), {
      x,
      y: role,
      r: 4,
      fill: paper,
      stroke: ink,
      strokeWidth: 2,
    }),
  ];
}

const pale: Record<Role, Ink> = {
  producer: palette.producerPale,
  consumer: palette.consumerPale,
  other: palette.otherPale,
};

function stretches(lane: LaneRow, kind: "sleep" | "other") {
  const waits = lane.waits.filter((wait) =>
    (wait.for === "sleep") === (kind === "sleep") && wait.end > wait.start
  );
  return thin(waits, MOST).map(({ start, end }) => ({
    name: lane.name,
    start,
    end,
    fill: pale[lane.role].light,
  }));
}

function slices(lane: LaneRow) {
  const long = lane.slices.filter((slice) => slice.end > slice.start);
  return thin(long, MOST).map(({ start, end }) => ({ name: lane.name, start, end }));
}

function isBlocking(lane: LaneRow): boolean {
  return lane.slices.some((slice) => slice.end > slice.start);
}

function isWhole(item: Item): boolean {
  return Number.isFinite(item.generated) && Number.isFinite(item.processed);
}
