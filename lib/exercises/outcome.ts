// Small programs beside an answer: pages to load, calls that may fail, and what comes of them.
import { describe, isAwaitable } from "../arguments.ts";
import { now } from "../context.ts";
import { expect } from "./expect.ts";

/** A value as JSON, with `undefined` as code has it, and with promises and functions in words. */
export function jsonOf(value: unknown): string {
  // JSON has no undefined: a character that no text has stands for it, since a string may read "undefined".
  const written = (_: string, it: unknown) =>
    it === undefined ? "\uffff" : isAwaitable(it) || typeof it === "function" ? describe(it) : it;
  return JSON.stringify(value, written).replaceAll('"\uffff"', "undefined");
}

/** The value that a call gave or the error with which it failed, and when, in seconds. */
export interface Outcome {
  value?: unknown;
  error?: unknown;
  time: number;
}

/** Waits for a call, which may fail. */
export async function outcomeOf(call: () => unknown): Promise<Outcome> {
  try {
    return { value: await call(), time: now() };
  } catch (error) {
    return { error, time: now() };
  }
}

/** The error that something of ours throws. */
export const BROKEN = new Error("the line went dead");

/** Expects that a call passed on the error of ours. */
export function expectBroken({ value, error }: Outcome, whose: string): void {
  const happened = error === undefined ? `it returned ${describe(value)}` : `it threw ${error}`;
  expect(error === BROKEN, `it throws the error of ${whose}`, happened, "throw what was caught, itself");
}

/** Waits for a number of seconds, by the engine's timer. */
export const pause = (seconds: number) => new Promise<void>((done) => setTimeout(done, 1000 * seconds));

/** The numbers from 1 to `last`. */
export const numbersTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1);
