import { LessonError } from "./errors.ts";
import type { EventLoop } from "./loop.ts";

let running: EventLoop | undefined;

/**
 * The event loop that runs now.
 *
 * @param action what needs it, for the error: `Cannot ${action}: no event loop is running.`
 * @throws {LessonError} where none does
 */
export function runningLoop(action: string): EventLoop {
  if (running) return running;
  throw new LessonError(
    `Cannot ${action}: no event loop is running. Do it in a function that loop.createTask(…) was given.`,
  );
}

/** The event loop that runs now, if any. */
export function currentLoop(): EventLoop | undefined {
  return running;
}

/** Says which loop runs from now on. */
export function setRunningLoop(loop: EventLoop | undefined): void {
  running = loop;
}
