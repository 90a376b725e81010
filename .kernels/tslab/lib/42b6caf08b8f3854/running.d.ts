import type { EventLoop } from "./loop.ts";
/**
 * The event loop that runs now.
 *
 * @param action what needs it, for the error: `Cannot ${action}: no event loop is running.`
 * @throws {LessonError} where none does
 */
export declare function runningLoop(action: string): EventLoop;
/** The event loop that runs now, if any. */
export declare function currentLoop(): EventLoop | undefined;
/** Says which loop runs from now on. */
export declare function setRunningLoop(loop: EventLoop | undefined): void;
