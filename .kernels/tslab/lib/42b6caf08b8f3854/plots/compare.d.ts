import type { Showable } from "../display.ts";
import type { Run } from "../run.ts";
import type { PlotOptions } from "./timeline.ts";
/**
 * How long several runs took, one bar each, with the bound that no schedule of the same work can beat.
 *
 * @returns a plot for `show(…)`
 */
export declare function compare(runs: Run[], { title }?: PlotOptions): Showable;
