import { describe, isAwaitable } from "../arguments.ts";
import { now } from "../execution.ts";
import { LessonError, wordsOf } from "../errors.ts";
import { count, seconds } from "../words.ts";

/** Something that is wrong with an answer, in parts of sentences without a full stop. */
export class Finding extends Error {
  /** @param hint the place in the code and the way out, where they are known */
  constructor(readonly expected: string, readonly happened: string, readonly hint?: string) {
    super(`expected: ${expected}; happened: ${happened}`);
  }
}

/** @throws {Finding} unless `isRight` */
export function expect(isRight: boolean, expected: string, happened: string, hint?: string): asserts isRight {
  if (!isRight) throw new Finding(expected, happened, hint);
}

/**
 * Expects a value; numbers are the same but for rounding.
 *
 * @param expected has `#` in place of the value, `# s` in place of a time: "it ends after # s"
 * @param happened as well, for what came instead: "it ended after # s"
 */
export function expectSame(is: unknown, due: unknown, expected: string, happened: string, hint?: string) {
  const isNumber = typeof is === "number" && typeof due === "number";
  const isRight = isNumber ? Math.abs(is - due) < 1e-9 : jsonOf(is) === jsonOf(due);
  const digits = isNumber && is.toFixed(2) === due.toFixed(2) ? 4 : 2;
  const written = (words: string, value: unknown) =>
    words.replace("# s", () => seconds(value as number ?? NaN, digits)).replace("#", () => jsonOf(value));
  expect(isRight, written(expected, due), written(happened, is), hint);
}

/** Expects a number of things: "3 calls of sleep". */
export function expectCount(is: number, wanted: number, thing: string, rest: string, hint?: string): void {
  const happened = `there ${is === 1 ? "is" : "are"} ${is || "none"}`;
  expect(is === wanted, `${count(wanted, thing)} ${rest}`, happened, hint);
}

/** The words of whatever was thrown, without a full stop. */
export function said(error: unknown): string {
  const words = error instanceof LessonError ? error.message : wordsOf(error);
  return (error instanceof Error ? words : `it threw ${words}`).replace(/\.$/, "");
}

/** A value as JSON, with `undefined` and numbers as code has them, and with promises and functions in words. */
export function jsonOf(value: unknown): string {
  if (isAwaitable(value) || typeof value === "number") return describe(value);
  // JSON has no undefined: a character that no text has stands for it, since a string may read "undefined".
  const written = (_: string, it: unknown) =>
    it === undefined ? "\uffff" : isAwaitable(it) || typeof it === "function" ? describe(it) : it;
  return JSON.stringify(value, written).replaceAll('"\uffff"', "undefined");
}

/** The value that a call gave, or the error with which it failed. */
type Outcome = { value?: unknown; error?: unknown };

/** Waits for a call, which may fail. Returns its outcome, and when it came, in seconds. */
export async function outcomeOf(call: () => unknown) {
  try {
    return { value: await call(), time: now() };
  } catch (error) {
    return { error, time: now() };
  }
}

/** Expects a call to have given a value, or to have failed with an error. */
export function expectOutcome(is: Outcome, due: Outcome, what = "it", hint?: string): void {
  const way = due.error === undefined ? hint : "pass on the error that came, itself";
  const said = ({ value, error }: Outcome, gives: string, fails: string) =>
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
