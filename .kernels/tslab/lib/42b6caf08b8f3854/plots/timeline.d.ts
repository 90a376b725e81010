import type { Showable } from "../display.ts";
import type { Run } from "../run.ts";
/** What may be said of a plot beside what it says by itself. */
export interface PlotOptions {
    /** The finding; each plot states one of its own where none is given. */
    title?: string;
}
/**
 * Who did what when: a lane for each task, and under it how many items waited, on the same axis of seconds.
 *
 * @returns a plot for `show(…)`
 */
export declare function timeline(run: Run, { title }?: PlotOptions): Showable;
