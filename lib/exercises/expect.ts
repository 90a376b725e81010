import { describe } from "../arguments.ts";
import { now } from "../execution.ts";
import { LessonError, wordsOf } from "../errors.ts";
import { count, seconds } from "../words.ts";

/** Words, or false if their condition does not hold: `isLate && "start both at once"`. */
export type Hint = string | false | undefined;

/** A fault of an answer. Its parts may lack the full stop. */
export class Finding extends Error {
  /** @param hint where to look, and the way out, if known */
  constructor(readonly expected: string, readonly happened: string, readonly hint?: string) {
    super(`expected: ${expected}; happened: ${happened}`);
  }
}

/** @throws {Finding} unless `isRight` */
export function expect(isRight: boolean, expected: string, happened: string, hint?: Hint): asserts isRight {
  if (!isRight) throw new Finding(expected, happened, hint || undefined);
}

/**
 * Expects a value. Numbers may differ by a rounding error.
 *
 * @param expected contains `#` for the value, or `# s` for a time: "it ends after # s"
 * @param happened the same for the value that came instead: "it ended after # s"
 */
export function expectSame(is: unknown, due: unknown, expected: string, happened: string, hint?: Hint) {
  const isNumber = typeof is === "number" && typeof due === "number";
  const isRight = isNumber ? Math.abs(is - due) < 1e-9 : jsonOf(is) === jsonOf(due);
  const digits = isNumber && is.toFixed(2) === due.toFixed(2) ? 4 : 2;
  const written = (words: string, value: unknown) =>
    words.replace("# s", () => seconds(value as number ?? NaN, digits)).replace("#", () => jsonOf(value));
  const factor = isNumber && expected.includes("# s") && (is / due).toFixed(3);
  const isOtherUnit = factor === "1000.000" || factor === "0.001";
  expect(isRight, written(expected, due), written(happened, is), isOtherUnit ? UNITS : hint);
}

const UNITS = "sleep and timeout count in seconds, setTimeout in milliseconds";

/** Expects so many things: "3 calls of sleep". */
export function expectCount(is: number, wanted: number, thing: string, rest: string, hint?: Hint): void {
  const happened = `there ${is === 1 ? "is" : "are"} ${is || "none"}`;
  expect(is === wanted, `${count(wanted, thing)} ${rest}`, happened, hint);
}

/** Returns the fault of a program that ended with an error. */
export function faultOf(error: unknown, hint?: string): Finding {
  if (error instanceof Finding) return error;
  if (error instanceof LessonError) return new Finding("it comes to its end", error.message, hint);
  const words = error instanceof Error ? wordsOf(error) : `it threw ${wordsOf(error)}`;
  return new Finding("it ends without an error", words, hint);
}

/** Writes a value as JSON. Anything that JSON lacks is written as in code, or described. */
export function jsonOf(value: unknown): string {
  const inWords = (it: unknown) => it instanceof Error ? wordsOf(it) : describe(it);
  // A character that no text contains encloses them: a string may read "undefined", too.
  const written = (_: string, it: unknown) => isData(it) ? it : `\uffff${inWords(it)}\uffff`;
  return JSON.stringify(value, written).replace(/"\uffff.*?\uffff"/g, (it) => JSON.parse(it).slice(1, -1));
}

/** True for values that JSON can express; numbers are not among them, as `NaN` is one. */
const isData = (value: unknown) =>
  value === null || Array.isArray(value) || ["string", "boolean"].includes(typeof value) ||
  value?.constructor === Object;

/** The value that a call returned, or the error with which it failed. */
type Outcome = { value?: unknown; error?: unknown };

/** Awaits a call, which may fail. Returns its outcome and the time of it, in seconds. */
export async function outcomeOf(call: () => unknown) {
  try {
    return { value: await call(), time: now() };
  } catch (error) {
    return { error, time: now() };
  }
}

/** Expects a call to have given a value, or to have failed with an error. */
export function expectOutcome(is: Outcome, due: Outcome, what = "it", hint?: Hint): void {
  const way = due.error !== undefined && "it has to fail with the very error that ended it";
  const said = ({ value, error }: Outcome, gives: string, fails: string) =>
    error === undefined ? `${gives} ${jsonOf(value)}` : `${fails} with ${wordsOf(error)}`;
  const happened = said(is, "gave", "failed");
  const isRight = happened === said(due, "gave", "failed");
  expect(isRight, `${what} ${said(due, "gives", "fails")}`, `it ${happened}`, hint || way);
}

/** Expects the texts of pages, or the error of the one that was refused. */
export function expectPages(is: Outcome, pages: unknown[], bad?: number, what?: string, hint?: Hint) {
  const texts = { value: pages.map((page) => `page ${page}`) };
  expectOutcome(is, bad ? { error: refused(bad) } : texts, what, hint);
}

/** The error with which the load of a page fails. */
export const refused = (page: unknown) => new Error(`page ${page} was refused`);
