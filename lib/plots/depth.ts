import * as Plot from "@observablehq/plot";
import type { Run } from "../run.ts";
import { boundLine } from "./bound.ts";
import { palette } from "./palette.ts";
import { thinDepth } from "./words.ts";

/** How many steps are drawn at the most. */
const MOST = 300;

/** How many items waited at once, at the most. */
export function greatestDepth(run: Run): number {
  return run.depth.reduce((most, { size }) => Math.max(most, size), 0);
}

/** How many items waited, over time. */
export function depthPanel(run: Run): Plot.PlotOptions {
  const deepest = Math.max(1, greatestDepth(run));
  const depth = thinDepth([{ time: 0, size: 0 }, ...run.depth], MOST);
  const steps = [...depth, { time: run.total, size: depth.at(-1)!.size }];
  return {
    height: 118,
    marginTop: 16,
    marginBottom: 38,
    x: {
      domain: [0, Math.max(run.total, 0.001)],
      label: "seconds",
      labelAnchor: "center",
      labelArrow: "none",
      tickSize: 4,
    },
    y: {
      domain: [0, deepest],
      ticks: Math.min(4, deepest),
      tickFormat: (value: number) => Number.isInteger(value) ? String(value) : "",
      label: null,
      grid: true,
    },
    marks: [
      Plot.areaY(steps, {
        x: "time",
        y: "size",
        curve: "step-after",
        fill: palette.consumerPale.light,
      }),
      Plot.lineY(steps, {
        x: "time",
        y: "size",
        curve: "step-after",
        stroke: palette.consumer.light,
        strokeWidth: 1.5,
      }),
      Plot.text(["items waiting"], {
        frameAnchor: "top-left",
        dx: -108,
        dy: 2,
        textAnchor: "start",
        fill: palette.text.light,
      }),
      boundLine(run),
    ],
  };
}
