/** The queue's depth over time in the runs of one setting: one of many small pictures on the same axes. @module */
import * as Plot from "@observablehq/plot";
import { palette } from "../../lib/plots/palette.ts";
import { depthOver } from "./depth.ts";
import { figure, type Group, labelOf, spread } from "./groups.ts";

/** The axes that all the pictures share, and whether this one is the last and hence has the seconds below it. */
export interface DepthAxes {
  until: number;
  deepest: number;
  isLast: boolean;
}

/** Draws the spread of the depth over the runs of a group. */
export function depthPanel(group: Group, { until, deepest, isLast }: DepthAxes): Plot.PlotOptions {
  const end = spread(group, figure.total);
  const samples = end ? depthOver(group.figures, end.most) : [];
  const step = { x: "time", curve: "step-after" } as const;
  const dashed = { strokeWidth: 1.5, strokeDasharray: "5,3" };
  return {
    height: isLast ? 112 : 78,
    marginTop: 12,
    marginBottom: isLast ? 40 : 6,
    x: {
      domain: [0, until],
      label: "seconds",
      labelAnchor: "center",
      labelArrow: "none",
      ...(isLast ? { tickSize: 4 } : { axis: null }),
    },
    y: { domain: [0, deepest], label: null, ticks: [0, deepest], tickSize: 3, tickFormat: String },
    marks: [
      Plot.ruleY([0], { stroke: palette.line.light }),
      Plot.areaY(samples, { ...step, y1: "least", y2: "most", fill: palette.consumerPale.light }),
      Plot.lineY(samples, { ...step, y: "median", stroke: palette.consumer.light, strokeWidth: 1.6 }),
      Plot.ruleX(end ? [end.median] : [], { ...dashed, stroke: palette.quiet.light }),
      Plot.text(end ? [] : ["✕ all runs failed"], {
        frameAnchor: "left",
        dx: 12,
        textAnchor: "start",
        fill: palette.bound.light,
      }),
      Plot.text([nameOf(group)], { frameAnchor: "left", dx: -108, textAnchor: "start", lineHeight: 1.2 }),
    ],
  };
}

/** The settings, each on a line of its own, as far as there is room beside the panel. */
function nameOf({ settings }: Group): string {
  const lines = [...settings].map((setting) => labelOf(new Map([setting])))
    .map((line) => line.length > 14 ? `${line.slice(0, 13)}…` : line);
  const shown = lines.length > 4 ? [...lines.slice(0, 3), "…"] : lines;
  return shown.length > 0 ? shown.join("\n") : "all runs";
}
