import type { Showable } from "../display.ts";
import type { Run } from "../run.ts";
import type { PlotOptions } from "./timeline.ts";
/**
 * How long each item waited from being generated to being processed, in seconds.
 *
 * @returns a plot for `show(…)`
 */
export declare function latency(run: Run, { title }?: PlotOptions): Showable;
