import * as Plot from "@observablehq/plot";
import { checkRun } from "../check_run.ts";
import type { Showable } from "../display.ts";
import type { Item, LaneRow, Run } from "../run.ts";
import type { Role } from "../trace.ts";
import { figure, type LegendEntry } from "./figure.ts";
import { type Ink, palette } from "./palette.ts";
import { count, seconds, thin, thinDepth } from "./words.ts";

/** How many marks of a kind are drawn at the most. */
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
  const whole = items.filter(isWhole);
  const ends = whole.filter((item) => item === whole[0] || item === whole.at(-1));
  const allDepth = [{ time: 0, size: 0 }, ...run.depth];
  const depth = thinDepth(allDepth, MOST);
  const deepest = allDepth.reduce((most, { size }) => Math.max(most, size), 0);
  const x = { domain: [0, Math.max(run.total, 0.001)], grid: false } as const;
  const drawn = items.length < run.items.length
    ? ` Of ${count(run.items.length, "item")}, ${MOST} are drawn.`
    : "";
  return figure({
    title: title ?? finding(run),
    subtitle: subtitle(run) + drawn,
    alt: `A lane for each of ${lanes.map((lane) => lane.name).join(", ")}. ${subtitle(run)} ` +
      `At the most ${count(deepest, "item")} waited at once.`,
    legend: legend(lanes, items, run.bound),
    panels: [
      {
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
          Plot.link(lanes.some(isBlocking) ? ends : [], {
            ...lineOptions,
            stroke: palette.text.light,
            strokeWidth: 2,
          }),
          ...dots(items, lanes, "producer", "generated"),
          ...dots(items, lanes, "consumer", "processed"),
          ...boundMarks(run, true),
        ],
      },
      {
        height: 118,
        marginTop: 16,
        marginBottom: 38,
        x: { ...x, label: "seconds", labelAnchor: "center", labelArrow: "none", tickSize: 4 },
        y: {
          domain: [0, Math.max(1, deepest)],
          ticks: Math.min(4, Math.max(1, deepest)),
          tickFormat: (value: number) => Number.isInteger(value) ? String(value) : "",
          label: null,
          grid: true,
        },
        marks: [
          Plot.areaY([...depth, { time: run.total, size: depth.at(-1)!.size }], {
            x: "time",
            y: "size",
            curve: "step-after",
            fill: palette.consumerPale.light,
          }),
          Plot.lineY([...depth, { time: run.total, size: depth.at(-1)!.size }], {
            x: "time",
            y: "size",
            curve: "step-after",
            stroke: palette.consumer.light,
            strokeWidth: 1.5,
          }),
          Plot.text(["items waiting"], {
            frameAnchor: "top-left",
            dx: -frameLabel,
            dy: 2,
            textAnchor: "start",
            fill: palette.text.light,
          }),
          ...boundMarks(run, false),
        ],
      },
    ],
  });
}

const frameLabel = 108;

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

/** The line that no schedule can pass, with its label where it is the first panel. */
function boundMarks(run: Run, labelled: boolean): Plot.Markish[] {
  if (!(run.bound > 0)) return [];
  return [
    Plot.ruleX([run.bound], { stroke: palette.bound.light, strokeWidth: 1.5, strokeDasharray: "5,3" }),
    ...(labelled
      ? [Plot.text([run.bound], {
        x: (value) => value,
        frameAnchor: "top",
        dy: -12,
        dx: run.bound > run.total * 0.9 ? 4 : 0,
        textAnchor: run.bound > run.total * 0.9 ? "end" : "middle",
        text: () => `bound ${seconds(run.bound)}`,
        fill: palette.bound.light,
      })]
      : []),
  ];
}

function legend(lanes: LaneRow[], items: Item[], bound: number): LegendEntry[] {
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
    bound > 0 && { label: "bound: no schedule ends sooner", shape: "dash", ink: palette.bound },
  ];
  return entries.filter((entry) => !!entry);
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
