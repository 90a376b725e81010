import type { Clock } from "./clock.ts";
import { LessonError } from "./errors.ts";
import type { Instrument } from "./instrument.ts";
import { currentLoop } from "./running.ts";
import type { Trace } from "./trace.ts";

/** What an experiment lends to everything that is done while it runs. */
export interface Setting {
  readonly name: string;
  readonly clock: Clock;
  readonly instruments: readonly Instrument[];
  readonly trace: Trace;
  /** Draws a number from 0 to 1. */
  random(): number;
  /** Prints a line, which is made only where it is printed. */
  print(line: () => string): void;
}

let lent: Setting | undefined;

/** The setting of the experiment that runs now, if any. */
export function currentSetting(): Setting | undefined {
  return lent;
}

/**
 * The setting of the experiment that runs now.
 *
 * @param action what needs it, for the error: `Cannot ${action}: no experiment is running.`
 * @throws {LessonError} where none does
 */
export function setting(action: string): Setting {
  if (lent) return lent;
  throw new LessonError(
    `Cannot ${action}: no experiment is running. Do it in the function that experiment(…) is given.`,
  );
}

/** Lends a setting from now on, or takes it back. */
export function lend(setting: Setting | undefined): void {
  lent = setting;
}

/**
 * The clock in use: the running loop's, or else the experiment's.
 *
 * @throws {LessonError} where neither a loop nor an experiment is running
 */
export function clockInUse(action: string): Clock {
  return currentLoop()?.clock ?? setting(action).clock;
}
