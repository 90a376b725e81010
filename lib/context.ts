import type { Clock } from "./clock.ts";
import { LessonError } from "./errors.ts";
import { type Context, currentContext, currentLoop, type Instrument } from "./loop.ts";
import type { Trace } from "./trace.ts";

/** Observes an experiment: its loops, and the items that its program speaks of. */
export interface ItemInstrument extends Instrument {
  /** The program said that it generated its item number `idx`. */
  itemGenerated?(idx: number): void;

  /** The program said that it processed an item that had waited for `latency` seconds. */
  itemProcessed?(value: unknown, latency: number): void;
}

/** The surroundings of everything that runs in an experiment. */
export interface ExperimentContext extends Context {
  readonly name: string;
  readonly instruments: readonly ItemInstrument[];
  readonly trace: Trace;
  /** Draws a number from 0 to 1. */
  random(): number;
  /** Prints a line, which is composed only if it is printed. */
  print(line: () => string): void;
  /** Sentences to be printed at the end. */
  readonly warnings: string[];
  /** Ends the experiment, which throws `reason`. */
  end(reason: Error): void;
}

/** The context of the experiment that is running, if any. */
export function currentExperiment(): ExperimentContext | undefined {
  return currentContext() as ExperimentContext | undefined; // nothing but an experiment sets one
}

/**
 * The context of the experiment that is running.
 *
 * @param action names in the error what needs it: `Cannot ${action}: no experiment is running.`
 * @throws {LessonError} if none is running
 */
export function experimentContext(action: string): ExperimentContext {
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
