import type { Clock } from "./clock.ts";
import { LessonError } from "./errors.ts";
import { context, currentLoop } from "./loop.ts";
import { Execution } from "./execution.ts";

/** The experiment that is running, if any. */
export function currentExperiment(): Execution | undefined {
  return context as Execution | undefined; // nothing but an experiment sets one
}

/**
 * The experiment that is running.
 *
 * @param action names in the error what needs it: `Cannot ${action}: no experiment is running.`
 * @throws {LessonError} if none is running
 */
export function runningExperiment(action: string): Execution {
  const current = currentExperiment();
  if (current) return current;
  throw new LessonError(
    `Cannot ${action}: no experiment is running. Do it in the function that experiment(…) is given.`,
  );
}

/**
 * The clock of the running loop, or else of the experiment.
 *
 * @throws {LessonError} if neither a loop nor an experiment is running
 */
export function currentClock(action: string): Clock {
  return currentLoop()?.clock ?? runningExperiment(action).clock;
}

/**
 * The time, in seconds since the experiment began.
 *
 * @throws {LessonError} outside of an experiment
 */
export function now(): number {
  return currentClock("tell the time").now();
}
