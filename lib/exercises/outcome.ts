// Calls that take a while and may fail, and what comes of them.
import { now } from "../context.ts";
import { wordsOf } from "../errors.ts";
import { expect, jsonOf } from "./expect.ts";

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

/** Expects a call to have given a value, or to have failed with an error. */
export function expectOutcome(is: Outcome, due: Omit<Outcome, "time">, what = "it", hint?: string): void {
  const way = due.error === undefined ? hint : "pass on the error that came, itself";
  const said = ({ value, error }: Omit<Outcome, "time">, gives: string, fails: string) =>
    error === undefined ? `${gives} ${jsonOf(value)}` : `${fails} with ${wordsOf(error)}`;
  const happened = said(is, "gave", "failed");
  const isRight = happened === said(due, "gave", "failed");
  expect(isRight, `${what} ${said(due, "gives", "fails")}`, `it ${happened}`, way);
}

/** Expects the texts of pages, or the refusal of one. */
export function expectPages(is: Outcome, pages: unknown[], bad?: number, what?: string, hint?: string) {
  const texts = { value: pages.map((page) => `page ${page}`) };
  expectOutcome(is, bad ? { error: refused(bad) } : texts, what, hint);
}

/** The error with which the call of a page fails. */
export const refused = (page: unknown) => new Error(`page ${page} was refused`);

/** Waits for a number of seconds. */
export type Wait = (seconds: number) => PromiseLike<void>;

/** Waits for a number of seconds, by the engine's timer. */
export const pause: Wait = (seconds) => new Promise((done) => setTimeout(done, 1000 * seconds));

/** The numbers from 1 to `last`. */
export const numbersTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1);
