import * as Plot from "@observablehq/plot";
import type { Item, Run, Span } from "../run.ts";
import { type Lane, type Role, ROLES } from "../trace.ts";
import { thin } from "../words.ts";
import { bands, dotted, type LegendEntry } from "./figure.ts";
import { palette } from "./palette.ts";

/** The most that is drawn: lanes of one role, stretches of one kind in all lanes, and dots with outlines. */
const MOST = { lanes: 12, stretches: 600, outlines: 120 };
const KINDS = ["blocks", "sleeps", "waits", "fails", "cancelled"] as const;

/** A lane: the stretches in which it blocks the thread, sleeps or waits, the moments at which it breaks, and its end. */
export type LaneSpans = Lane & Record<typeof KINDS[number], Span[]> & { end: number };

/** Returns the lanes of a run in which anything ran, except the program's own. */
export function lanesOf({ total, trace }: Run): LaneSpans[] {
  const lanes = trace.lanes.map((lane): LaneSpans => (
    { ...lane, blocks: [], sleeps: [], waits: [], fails: [], cancelled: [], end: NaN }
  ));
  trace.eachStretch(total, (at, start, end, waitsFor) => {
    const lane = lanes[at];
    const kind = !waitsFor ? "blocks" : waitsFor === "sleep" ? "sleeps" : "waits";
    lane.end = end;
    if (end > start) lane[kind].push({ start, end });
    if (lane[kind].length > 2 * MOST.stretches) lane[kind] = joined(lane[kind], MOST.stretches, total);
  });
  for (const { lane, time, kind } of trace.breaks) lanes[lane][kind].push({ start: time, end: time });
  return lanes.filter(({ name, end }) => end >= 0 && name !== "program");
}

/** Keeps at most a dozen lanes of each role, in order. */
export function thinLanes<L extends Lane>(lanes: L[]): L[] {
  const kept = ROLES.flatMap((role) => thin(by(role, lanes), MOST.lanes));
  return lanes.filter((lane) => kept.includes(lane));
}

const by = <L extends Lane>(role: Role, lanes: L[]): L[] => lanes.filter((lane) => lane.role === role);

/** Merges spans that touch, and then spans too close to tell apart, until at most `most` are left. */
function joined(spans: Span[], most: number, total: number, gap = 0): Span[] {
  const wider: Span[] = [];
  for (const span of spans) {
    const last = wider.at(-1);
    if (last && span.start - last.end <= gap) last.end = span.end;
    else wider.push(span);
  }
  return wider.length > most ? joined(wider, most, total, 2 * gap || total / 1000) : wider;
}

/**
 * Draws a lane for each task, with its slices, its waits, the items it generated and processed, and the moments at which it
 * broke; and a line for each item. Bars that block the thread lie beside the dots, where no item's line crosses them.
 */
export function drawLanes(lanes: LaneSpans[], items: Item[], end: number, sleeping: string) {
  const most = Math.floor(MOST.stretches / lanes.length);
  const [blocks, sleeps, waits, fails, cancelled] = KINDS.map((kind) =>
    lanes.flatMap((lane) => joined(lane[kind], most, end).map((span) => ({ ...lane, ...span })))
  );
  const whole = items.filter(({ generated, processed }) => Number.isFinite(processed - generated));
  const ends = whole.filter((item) => blocks.length > 0 && (item === whole[0] || item === whole.at(-1)));
  const span = { x1: "start", x2: "end", y: "name" } as const;
  const moment = { x: "start", y: "name", strokeWidth: 2.5 } as const;
  const line = { x1: "generated", x2: "processed", y1: "producer", y2: "consumer" } as const;
  const pale = ({ role }: Lane) => palette[`${role}Pale`].light;
  const strokeWidth = items.length > MOST.outlines ? 0 : 1.5; // where dots are close, outlines would hide them
  const dot = { r: 4.5, stroke: palette.paper.light, strokeWidth };
  const marks: Plot.Markish[] = [
    Plot.barX(sleeps, { ...span, insetTop: 9, insetBottom: 9, fill: pale }),
    Plot.ruleY(waits, { ...span, ...dotted(palette.quiet) }),
    ...ROLES.map((role) => {
      const [insetTop, insetBottom] = role === "consumer" ? [17, 3] : [3, 17]; // half of the lane, which is 32 to 34 high
      return Plot.barX(by(role, blocks), { ...span, insetTop, insetBottom, fill: palette[role].light });
    }),
    Plot.link(whole, { ...line, stroke: palette.quiet.light, strokeOpacity: 0.55 }),
    Plot.dot(items, { x: "generated", y: "producer", fill: palette.producer.light, ...dot }),
    Plot.dot(items, { x: "processed", y: "consumer", fill: palette.consumer.light, ...dot }),
    Plot.link(ends, { ...line, stroke: palette.text.light, strokeWidth: 2 }),
    Plot.tickX(cancelled, { ...moment, inset: 4, stroke: palette.text.light }),
    Plot.dot(fails, { ...moment, symbol: "times", r: 6, stroke: palette.bound.light }),
  ];
  const bars = (does: string, other: string, rows: Lane[], pale: "" | "Pale" = ""): LegendEntry[] =>
    ROLES.map((role) => ({
      label: role === "other" ? other : `${role} ${does}`,
      ...{ shape: "bar", ink: palette[`${role}${pale}`], rows: by(role, rows) },
    }));
  const item = ends.length > 1 ? "an item, first and last bold" : "an item";
  const legend: LegendEntry[] = [
    { label: "generated", shape: "dot", ink: palette.producer, rows: by("producer", lanes) },
    { label: "processed", shape: "dot", ink: palette.consumer, rows: by("consumer", lanes) },
    { label: item, shape: "line", ink: palette.quiet, rows: whole },
    ...bars("blocks the thread", "a task blocks the thread", blocks),
    ...bars("sleeps", sleeping, sleeps, "Pale"),
    { label: "waits", shape: "dots", ink: palette.quiet, rows: waits },
    { label: "is cancelled", shape: "tick", ink: palette.text, rows: cancelled },
    { label: "fails", shape: "cross", ink: palette.bound, rows: fails },
  ];
  const y = bands(lanes.map(({ name }) => name), 0.2);
  return { panel: { height: 44 * lanes.length + 26, y, marks }, legend, fails, cancelled };
}
