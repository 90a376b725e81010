import type { Clock } from "./clock.ts";
import { LessonError } from "./errors.ts";
import { currentLoop } from "./loop.ts";
import { currentExperiment, type Performance } from "./performance.ts";

/**
 * The experiment that is running.
 *
 * @param action names in the error what needs it: `Cannot ${action}: no experiment is running.`
 * @throws {LessonError} if none is running
 */
export function experimentContext(action: string): Performance {
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
  return currentLoop()?.clock ?? experimentContext(action).clock;
}

/** Warns, once in an experiment, of `call(1000)`: a time that looks as if it was meant in milliseconds. */
export function hintSeconds(call: string, seconds: number): void {
  if (seconds < 100 || seconds % 50 !== 0) return;
  const hint = "if milliseconds are meant, ";
  const warnings = currentExperiment()?.warnings;
  if (warnings?.some((it) => it.includes(hint))) return;
  warnings?.push(`${call}(${seconds}) waits for ${seconds} seconds: ${hint}${call}(${seconds / 1000}).`);
}

/**
 * The time, in seconds since the experiment began.
 *
 * @throws {LessonError} outside of an experiment
 */
export function now(): number {
  return currentClock("tell the time").now();
}
