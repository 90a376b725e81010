import * as Plot from "@observablehq/plot";
import type { Run } from "../run.ts";
import { greatestDepth, thinDepth } from "../words.ts";
import { axis, boundLine, panelName, wholeNumber } from "./marks.ts";
import { palette } from "./palette.ts";

/** The greatest number of steps that are drawn. */
const MOST = 300;
const step = { x: "time", y: "size", curve: "step-after" } as const;

/** Draws the number of items that waited, over time. */
export function depthPanel(run: Run, depth: Run["depth"], x: Plot.ScaleOptions): Plot.PlotOptions {
  const steps = thinDepth([{ time: 0, size: 0 }, ...depth], MOST);
  const deepest = Math.max(1, greatestDepth(steps));
  steps.push({ time: run.total, size: steps.at(-1)!.size });
  const ticks = { ticks: Math.min(4, deepest), tickFormat: wholeNumber };
  return {
    height: 118,
    marginTop: 16,
    marginBottom: 38,
    x: { ...x, ...axis("seconds"), tickSize: 4 },
    y: { domain: [0, deepest], ...ticks, label: null, grid: true },
    marks: [
      Plot.areaY(steps, { ...step, fill: palette.consumerPale.light }),
      Plot.lineY(steps, { ...step, stroke: palette.consumer.light, strokeWidth: 1.5 }),
      panelName("items waiting", { fill: palette.text.light }),
      boundLine(run),
    ],
  };
}
