import * as Plot from "@observablehq/plot";
import type { Run } from "../run.ts";
import { palette } from "./palette.ts";
import { seconds } from "../words.ts";

/** The line that no schedule can pass, where the run has one. */
export function boundLine({ bound }: Run): Plot.Markish {
  return bound > 0
    ? Plot.ruleX([bound], { stroke: palette.bound.light, strokeWidth: 1.5, strokeDasharray: "5,3" })
    : null;
}

/** What stands above that line. */
export function boundLabel({ bound, total }: Run): Plot.Markish {
  if (!(bound > 0)) return null;
  const isLast = bound > total * 0.9;
  return Plot.text([bound], {
    x: (value) => value,
    frameAnchor: "top",
    dy: -12,
    dx: isLast ? 4 : 0,
    textAnchor: isLast ? "end" : "middle",
    text: () => `bound ${seconds(bound)}`,
    fill: palette.bound.light,
  });
}
