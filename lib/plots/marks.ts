// The marks and axes that several plots share.
import * as Plot from "@observablehq/plot";
import { type Ink, palette } from "./palette.ts";

/** A label in the middle below an axis, without an arrow. */
export function axis(label: string) {
  return { label, labelAnchor: "center", labelArrow: "none" } as const;
}

/** Writes whole numbers at an axis, `5k` for 5000, and nothing at the ticks between them. */
export function wholeNumber(value: number): string {
  if (!Number.isInteger(value)) return "";
  return value < 1000 ? String(value) : `${value / 1000}k`;
}

/** A dashed line, as the legend has it. */
export function dashed(ink: Ink, strokeWidth = 1.5) {
  return { stroke: ink.light, strokeWidth, strokeDasharray: "5,3" } as const;
}

/** A dotted line, as the legend has it. */
export function dotted(ink: Ink) {
  return { stroke: ink.light, strokeWidth: 2, strokeDasharray: "1,4", strokeLinecap: "round" } as const;
}

/** A text to the left of a panel, at its top. */
export function panelName(text: string, options: Plot.TextOptions = {}): Plot.Markish {
  return Plot.text([text], { frameAnchor: "top-left", dx: -108, dy: 2, textAnchor: "start", ...options });
}
