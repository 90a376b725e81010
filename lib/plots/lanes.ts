import * as Plot from "@observablehq/plot";
import type { Item, Run, Span } from "../run.ts";
import type { Lane, Role } from "../trace.ts";
import { thin } from "../words.ts";
import type { LegendEntry } from "./figure.ts";
import { boundLabel, boundLine, dotted } from "./marks.ts";
import { palette } from "./palette.ts";

/** The greatest number of lanes of a role, and of stretches of a kind in all of the lanes, that are drawn. */
const MOST = { lanes: 12, stretches: 600 };
const roles = ["producer", "consumer", "other"] as const;

/** A lane with the stretches in which it blocks the thread, sleeps, or waits for something else. */
interface LaneSpans extends Lane {
  spans: Record<"blocks" | "sleeps" | "waits", Span[]>;
}

/** Returns the lanes of a run in which something ran. */
export function lanesOf(run: Run): LaneSpans[] {
  const spansOf: LaneSpans["spans"][] = [];
  const lanes = run.eachStretch((lane, start, end, waitsFor) => {
    const spans = spansOf[lane] ??= { blocks: [], sleeps: [], waits: [] };
    if (end === start) return;
    const kind = !waitsFor ? "blocks" : waitsFor === "sleep" ? "sleeps" : "waits";
    spans[kind].push({ start, end });
    if (spans[kind].length > 2 * MOST.stretches) spans[kind] = joined(spans[kind], MOST.stretches, run.total);
  });
  return lanes.map((lane, i) => ({ ...lane, spans: spansOf[i] }))
    .filter(({ name, spans }) => spans && name !== "program");
}

/** Returns at most a dozen lanes of each role, in their order. */
export function thinLanes<L extends Lane>(lanes: L[]): L[] {
  const kept = new Set(roles.flatMap((role) => thin(lanes.filter((lane) => lane.role === role), MOST.lanes)));
  return lanes.filter((lane) => kept.has(lane));
}

/** Joins spans that lie too close together to be told apart, until there are at most `most`. */
function joined(spans: Span[], most: number, total: number): Span[] {
  for (let gap = total / 1000; spans.length > most; gap *= 2) {
    const wider: Span[] = [];
    for (const span of spans) {
      const last = wider.at(-1);
      if (last && span.start - last.end <= gap) last.end = span.end;
      else wider.push(span);
    }
    spans = wider;
  }
  return spans;
}

/**
 * Draws a lane for each task: its slices, its waits, what it generated and processed; and a line for each item. The
 * legend explains the marks that there are.
 */
export function drawLanes(lanes: LaneSpans[], items: Item[], run: Run, x: Plot.ScaleOptions) {
  const most = Math.floor(MOST.stretches / lanes.length);
  const [blocks, sleeps, waits] = (["blocks", "sleeps", "waits"] as const).map((kind) =>
    lanes.flatMap(({ name, role, spans }) =>
      joined(spans[kind], most, run.total).map((span) => ({ name, role, ...span }))
    )
  );
  const whole = items.filter(({ generated, processed }) => Number.isFinite(processed - generated));
  const ends = whole.filter((item) => blocks.length > 0 && (item === whole[0] || item === whole.at(-1)));
  const span = { x1: "start", x2: "end", y: "name" } as const;
  const bar = (inset: number) => ({ ...span, insetTop: inset, insetBottom: inset });
  const itemLine = { x1: "generated", x2: "processed", y1: "producer", y2: "consumer" } as const;
  const panel: Plot.PlotOptions = {
    height: 44 * lanes.length + 26,
    marginTop: 14,
    marginBottom: 12,
    x: { ...x, axis: null },
    y: { domain: lanes.map(({ name }) => name), label: null, tickSize: 0, padding: 0.2 },
    marks: [
      Plot.barX(sleeps, { ...bar(9), fill: ({ role }: Lane) => palette[`${role}Pale`].light }),
      Plot.ruleY(waits, { ...span, ...dotted(palette.quiet) }),
      ...roles.map((role) =>
        Plot.barX(blocks.filter((block) => block.role === role), { ...bar(2), fill: palette[role].light })
      ),
      Plot.link(whole, { ...itemLine, stroke: palette.quiet.light, strokeOpacity: 0.55 }),
      ...dots(items, blocks, "producer", "generated"),
      ...dots(items, blocks, "consumer", "processed"),
      Plot.link(ends, { ...itemLine, stroke: palette.text.light, strokeWidth: 2 }),
      boundLine(run),
      boundLabel(run),
    ],
  };
  const has = (role: Role) => lanes.some((lane) => lane.role === role);
  const dot = (role: Role) => blocks.some((block) => block.role === role) ? "ring" : "dot";
  const item = ends.length > 0 ? "an item, first and last bold" : "an item";
  const legend: (LegendEntry | false)[] = [
    has("producer") && { label: "generated", shape: dot("producer"), ink: palette.producer },
    has("consumer") && { label: "processed", shape: dot("consumer"), ink: palette.consumer },
    whole.length > 0 && { label: item, shape: "line", ink: palette.quiet },
    ...roles.filter((role) => blocks.some((block) => block.role === role)).map((role): LegendEntry => ({
      label: `${role === "other" ? "a task" : role} blocks the thread`,
      shape: "bar",
      ink: palette[role],
    })),
    sleeps.length > 0 && { label: "sleeps", shape: "bar", ink: palette[`${sleeps[0].role}Pale`] },
    waits.length > 0 && { label: "waits", shape: "dots", ink: palette.quiet },
    run.bound > 0 && { label: "bound: these tasks cannot end sooner", shape: "dash", ink: palette.bound },
  ];
  return { panel, legend: legend.filter((entry) => entry !== false) };
}

/** Draws a dot for each item in the lane of its `role`; a ring, if the lane has bars of the dot's own colour. */
function dots(items: Item[], blocks: Lane[], role: "producer" | "consumer", x: keyof Item): Plot.Markish[] {
  const blocking = new Set(blocks.map(({ name }) => name));
  const [full, rings] = [false, true].map((isRing) =>
    items.filter((item) => item[role] !== "" && blocking.has(item[role]) === isRing)
  );
  const [ink, paper] = [palette[role].light, palette.paper.light];
  return [
    Plot.dot(full, { x, y: role, r: 4, fill: ink, stroke: paper }),
    Plot.dot(rings, { x, y: role, r: 4, fill: paper, stroke: ink, strokeWidth: 2 }),
  ];
}
