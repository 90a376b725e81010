// The marks and axes that several plots share.
import * as Plot from "@observablehq/plot";
import type { Run } from "../run.ts";
import { seconds } from "../words.ts";
import { type Ink, palette } from "./palette.ts";

/** A label in the middle below an axis, without an arrow. */
export function axis(label: string) {
  return { label, labelAnchor: "center", labelArrow: "none" } as const;
}

/** Writes whole numbers at an axis, and nothing at the ticks between them. */
export function wholeNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : "";
}

/** A dashed line, as the legend has it. */
export function dashed(ink: Ink, strokeWidth = 1.5) {
  return { stroke: ink.light, strokeWidth, strokeDasharray: "5,3" } as const;
}

/** A text to the left of a panel, at its top. */
export function nameOfPanel(text: string, options: Plot.TextOptions = {}): Plot.Markish {
  return Plot.text([text], { frameAnchor: "top-left", dx: -108, dy: 2, textAnchor: "start", ...options });
}

/** The line that no schedule can pass, where the run has one. */
export function boundLine({ bound }: Run): Plot.Markish {
  return bound > 0 ? Plot.ruleX([bound], dashed(palette.bound)) : null;
}

/** The text above that line. */
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
