import { LessonError, wordsOf } from "../errors.ts";
import { count, seconds } from "../words.ts";

/** Something that is wrong with an answer, in parts of sentences without a full stop. */
export class Finding extends Error {
  /** @param hint the place in the code and the way out, where they are known */
  constructor(readonly expected: string, readonly happened: string, readonly hint?: string) {
    super(`${expected}; ${happened}`);
  }
}

/** @throws {Finding} unless `isRight` */
export function expect(isRight: boolean, expected: string, happened: string, hint?: string): asserts isRight {
  if (!isRight) throw new Finding(expected, happened, hint);
}

/** The words of whatever was thrown, without a full stop. */
export function said(error: unknown): string {
  const words = error instanceof LessonError ? error.message : wordsOf(error);
  return (error instanceof Error ? words : `it threw ${words}`).replace(/\.$/, "");
}

/** Expects a number of things: "3 calls of sleep". */
export function expectCount(is: number, wanted: number, thing: string, rest: string, hint?: string): void {
  const happened = `there ${is === 1 ? "is" : "are"} ${is || "none"}`;
  expect(is === wanted, `${count(wanted, thing)} ${rest}`, happened, hint);
}

/** Expects a time: "it ends after 4.00 s". @param expected ends with the word in front of the time, as does `happened` */
export function expectTime(is: number, due: number, expected: string, happened: string, hint?: string): void {
  const digits = is.toFixed(2) === due.toFixed(2) ? 4 : 2;
  expect(isSame(is, due), `${expected} ${seconds(due, digits)}`, `${happened} ${seconds(is, digits)}`, hint);
}

/** Seconds as a sentence has them. */
export const inSeconds = (time: number): string => seconds(time, 2);

/** True if two times are the same but for rounding. */
export const isSame = (one: number, other = NaN): boolean => Math.abs(one - other) < 1e-9;
