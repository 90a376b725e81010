import { LessonError } from "../errors.ts";
import { sleep } from "../sleep.ts";
import type { Future } from "../loop.ts";
import type { Finding } from "./exercise.ts";
import type { Stage } from "./stage.ts";

/** An item as the notebooks have it. */
export type Item = [value: number, time: number];

/** Seconds as a sentence has them. */
export function inSeconds(time: number): string {
  return `${time.toFixed(2)} s`;
}

/** True if two times are the same but for rounding. */
export function isSame(one: number, other: number): boolean {
  return Math.abs(one - other) < 1e-9;
}

/** What can go wrong in any program: an error, a thread that was blocked, unless it may be. */
export function failure({ error, blocked }: Stage, mayBlock = false): Finding | undefined {
  if (error !== undefined) {
    const message = error instanceof Error ? error.message : String(error);
    const name = error instanceof LessonError || !(error instanceof Error) ? "" : `${error.name}: `;
    return { expected: "it comes to its end", happened: `${name}${message}`.replace(/\.$/, "") };
  }
  if (blocked > 0 && !mayBlock) {
    return {
      expected: "nobody blocks the thread",
      happened: `it was blocked for ${inSeconds(blocked)}`,
      hint: "sleepSync stops everybody; sleep stops one task",
    };
  }
}

/** A call that should have been awaited, if there is one. */
export function unawaited({ warnings }: Stage): Finding | undefined {
  const warning = warnings.find((sentence) => sentence.includes("never awaited"));
  return warning === undefined
    ? undefined
    : { expected: "everything that waits is awaited", happened: warning.replace(/: write .*/, "") };
}

/** Calls `step` for 0, 1, … up to `num`, each when the future that the one before returned is done. */
export function oneByOne(num: number, step: (index: number) => PromiseLike<unknown>): PromiseLike<unknown> {
  const from = (index: number): PromiseLike<unknown> =>
    index < num ? step(index).then(() => from(index + 1)) : Promise.resolve();
  return from(0);
}

/** Sleeps, then calls `next`. */
export function after(seconds: number, next: () => Future<unknown>): PromiseLike<unknown> {
  return sleep(seconds).then(next);
}

/** Gives a function the name by which errors and pictures call its task. */
export function named<Fn extends (...args: never[]) => unknown>(name: string, fn: Fn): Fn {
  return Object.defineProperty(fn, "name", { value: name });
}
