import type { Clock } from "./clock.ts";
import { LessonError } from "./errors.ts";
import { type Context, context, currentLoop, type ReadyQueue } from "./loop.ts";
import type { ItemInstrument, Trace } from "./trace.ts";

/** The parts of an experiment that come from outside. */
export interface Options {
  /** Draws a number from 0 to 1. */
  random(): number;
  /** Prints a line, which is composed only if it is printed. */
  print(line: () => string): void;
  /** Observe the run beside its trace. */
  instruments: readonly ItemInstrument[];
  /** Makes the ready queue of a loop. */
  readyQueue?(): ReadyQueue;
}

/** The surroundings of everything that runs in an experiment. */
export interface ExperimentContext extends Context {
  readonly facts: { readonly name: string };
  readonly trace: Trace;
  readonly instruments: readonly ItemInstrument[];
  readonly options: Options;
  /** Sentences to be printed at the end. */
  readonly warnings: string[];
  /** Ends the experiment, which throws `reason`. */
  end(reason: Error): void;
}

/** The experiment that is running, if any. */
export function currentExperiment(): ExperimentContext | undefined {
  return context as ExperimentContext | undefined; // nothing but an experiment sets one
}

/**
 * The experiment that is running.
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
