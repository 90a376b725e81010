import { isAwaitable } from "../arguments.ts";
import { LessonError, wordsOf } from "../errors.ts";
import { EventLoop, type Future } from "../loop.ts";
import { count, seconds } from "../words.ts";
import type { Stage } from "./stage.ts";

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

/** Expects a number of things: "3 calls of sleep". */
export function expectCount(is: number, wanted: number, thing: string, rest: string): void {
  expect(is === wanted, `${count(wanted, thing)} ${rest}`, there(is));
}

/** Expects a time: "it ends after 4.00 s". @param expected ends with the word in front of the time, as does `happened` */
export function expectTime(is: number, due: number, expected: string, happened: string, hint?: string): void {
  expect(isSame(is, due), `${expected} ${inSeconds(due)}`, `${happened} ${inSeconds(is)}`, hint);
}

/** What is expected of every program. */
export const COMES_TO_ITS_END = "it comes to its end";

/** The words of whatever was thrown, without a full stop. */
export function said(error: unknown): string {
  const words = error instanceof LessonError ? error.message : wordsOf(error);
  return (error instanceof Error ? words : `it threw ${words}`).replace(/\.$/, "");
}

/** Expects what holds for every program: it comes to its end, and does not block the thread unless it may. */
export function expectEnd({ error, performance }: Stage, mayBlock = false): void {
  const isTakenApart = /is not iterable/.test(String(wordsOf(error)));
  const unopened = isTakenApart
    ? "await opens what get gives; Promise.all takes a list, of calls"
    : undefined;
  expect(error === undefined, COMES_TO_ITS_END, said(error), unopened);
  const slices = performance.run.lanes.flatMap((lane) => lane.slices);
  const blocked = slices.reduce((sum, { start, end }) => sum + end - start, 0); // else no time passes in a slice
  const happened = `it was blocked for ${inSeconds(blocked)}`;
  const hint = "sleepSync stops every task, sleep only the one that awaits it";
  expect(mayBlock || blocked === 0, "no task blocks the thread", happened, hint);
}

/** Expects that nothing was left without its `await`. */
export function expectAwaited({ performance: { warnings } }: Stage): void {
  const warning = warnings.find((sentence) => sentence.includes("never awaited")) ?? "";
  expect(warning === "", "everything that waits is awaited", warning.replace(/: write .*/, ""));
}

/** Runs a program that returns a promise of its end. */
export async function runProgram(stage: Stage, program: () => unknown): Promise<void> {
  let returned: unknown;
  await stage.run(() => returned = program());
  const isPromise = stage.error !== undefined || isAwaitable(returned);
  const hint = stage.plain ? undefined : "return what loop.runUntilComplete(…) gives";
  expect(isPromise, "it returns a promise of its end", `it returned ${returned}`, hint);
  expectEnd(stage);
}

/** Runs on a loop of its own what `start` creates there. */
export function onLoop<T>(start: (loop: EventLoop) => Future<T>): Promise<T> {
  const loop = new EventLoop();
  return loop.runUntilComplete(start(loop));
}

/** Seconds as a sentence has them. */
export const inSeconds = (time: number): string => seconds(time, 2);

/** A number of things as a sentence has it: "there is 1". */
export function there(number: number): string {
  return `there ${number === 1 ? "is" : "are"} ${number || "none"}`;
}

/** True if two times are the same but for rounding. */
export function isSame(one: number, other: number | undefined): boolean {
  return Math.abs(one - (other ?? NaN)) < 1e-9;
}

/** Gives a function the name by which errors and pictures call its task. */
export function named<Fn extends (...args: never[]) => unknown>(name: string, fn: Fn): Fn {
  return Object.defineProperty(fn, "name", { value: name });
}
