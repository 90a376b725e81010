import * as Plot from "@observablehq/plot";
import type { Run } from "../run.ts";
import { boundLine } from "./bound.ts";
import { palette } from "./palette.ts";
import { greatestDepth, thinDepth } from "../words.ts";

/** How many steps are drawn at the most. */
const MOST = 300;

/** How many items waited, over time. */
export function depthPanel(run: Run, x: Plot.ScaleOptions): Plot.PlotOptions {
  const rows = [{ time: 0, size: 0 }, ...run.depth];
  const deepest = Math.max(1, greatestDepth(rows));
  const depth = thinDepth(rows, MOST);
  const steps = [...depth, { time: run.total, size: depth.at(-1)!.size }];
  return {
    height: 118,
    marginTop: 16,
    marginBottom: 38,
    x: {
      ...x,
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
