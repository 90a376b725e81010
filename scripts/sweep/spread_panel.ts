/** A figure of all runs against the parameter: every run a dot, the middle half of them in a box. @module */
import * as Plot from "@observablehq/plot";
import { palette } from "../../lib/plots/palette.ts";
import { thin } from "../../lib/words.ts";
import type { Axis } from "./axis.ts";
import { failuresOf, type Figure, type Group, shortValue, spread } from "./groups.ts";

/** How many dots and labels there are at the most, and how much of its place along the axis a group takes. */
const most = { dots: 2000, labels: 16 };
const width = 0.62;

/** What a panel shows. */
export interface SpreadPanel {
  /** What stands above it. */
  name: string;
  /** The parameter along the axis; a group for each of its values. */
  along: Axis | undefined;
  groups: Group[];
  figure: Figure;
  /** What no run can be below. */
  bound?: Figure;
  domain: [number, number];
  height: number;
  /** Whether it has the parameter's values below it. */
  isLast: boolean;
}

/** Draws the panel. Where runs have failed, it says how many. */
export function spreadPanel(panel: SpreadPanel): Plot.PlotOptions {
  const { name, along, groups, figure, bound, domain, height, isLast } = panel;
  const boxes = groups.flatMap((group, i) => {
    const box = spread(group, figure);
    return box ? [{ from: i - width / 2, to: i + width / 2, ...box }] : [];
  });
  const bounds = groups.flatMap((group, i) => {
    const box = bound && spread(group, bound);
    return box ? [{ from: i - 0.46, to: i + 0.46, bound: box.median }] : [];
  });
  const failed = groups.flatMap((group, i) => {
    const { length } = failuresOf(group);
    return length > 0 ? [{ i, text: `✕ ${length}` }] : [];
  });
  const dots = thin(groups.flatMap((group, i) => dotsOf(group, i, figure)), most.dots);
  const every = Math.ceil(groups.length / most.labels);
  const ends = { x1: "from", x2: "to" };
  return {
    height: isLast ? height + 36 : height,
    marginTop: 32,
    marginBottom: isLast ? 46 : 10,
    x: {
      domain: [-0.5, groups.length - 0.5],
      ticks: groups.map((_, i) => i).filter((i) => i % every === 0),
      tickFormat: (i: number) => along ? shortValue(along.values[i]) : "",
      tickSize: 0,
      label: along?.name ?? null,
      labelAnchor: "center",
      labelArrow: "none",
      ...(isLast ? {} : { axis: null }),
    },
    y: { domain, label: null, grid: true, ticks: 5 },
    marks: [
      Plot.rect(boxes, { ...ends, y1: "low", y2: "high", fill: palette.consumerPale.light }),
      Plot.ruleY(boxes, {
        ...ends,
        y: "median",
        stroke: palette.text.light,
        strokeWidth: Math.max(1, Math.min(2.5, 200 / groups.length)),
      }),
      Plot.dot(dots, {
        x: "x",
        y: "y",
        r: Math.max(1.2, Math.min(3, 60 / Math.sqrt(dots.length + 1))),
        fill: palette.consumer.light,
        stroke: palette.paper.light,
        strokeWidth: 0.5,
      }),
      Plot.ruleY(bounds, {
        ...ends,
        y: "bound",
        stroke: palette.bound.light,
        strokeWidth: 2,
        strokeDasharray: groups.length > 30 ? undefined : "5,3",
      }),
      Plot.text(failed, { x: "i", text: "text", frameAnchor: "top", dy: -10, fill: palette.bound.light }),
      Plot.text([name], { frameAnchor: "top-left", dx: -108, dy: -24, textAnchor: "start" }),
    ],
  };
}

/** From 0, unless all is so far from it that nothing could be told apart. */
export function domainOf(groups: Group[], figures: Figure[]): [number, number] {
  const boxes = groups.flatMap((group) => figures.map((figure) => spread(group, figure)))
    .filter((box) => box !== undefined);
  const least = Math.min(...boxes.map((box) => box.least));
  const highest = Math.max(...boxes.map((box) => box.most));
  if (boxes.length === 0 || highest <= 0) return [0, 1];
  const room = Math.max(highest - least, highest * 0.02) * 0.08;
  return [least < highest / 2 ? 0 : least - room, highest + room];
}

/** The runs of a group side by side, in the order of their seeds. */
function dotsOf({ figures }: Group, i: number, figure: Figure): { x: number; y: number }[] {
  return figures.flatMap((run, n) => {
    const y = figure(run);
    const aside = figures.length === 1 ? 0 : (n / (figures.length - 1) - 0.5) * (width - 0.08);
    return typeof y === "number" ? [{ x: i + aside, y }] : [];
  });
}
