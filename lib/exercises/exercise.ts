import { isAwaitable } from "../arguments.ts";
import { LessonError } from "../errors.ts";
import { sleep } from "../sleep.ts";
import type { Schedule, Stage } from "./stage.ts";

/** An exercise: what is to be written, and the cases in which it is tried. */
export interface Exercise<Answer> {
  /** The names of what is to be written, with the type of each. */
  needs: { [Name in keyof Answer]?: "function" | "string" | "object" };
  /** Tries the answer in one case; an {@linkcode expect} in it tells what is wrong. */
  attempt(answer: Answer, stage: Stage, ...numbers: number[]): Promise<void> | void;
  /** The numbers of each case, the smallest first. */
  cases: number[][];
  /** Says of each case what is tried: "items: 3". */
  words(...numbers: number[]): string;
  /** The schedules of each case; by default some seeds, each in some orders. */
  schedules?: Schedule[];
  /** The figures of a right answer. */
  figures?(answer: Answer, stage: Stage): Promise<string>;
}

/** The one schedule of an exercise in which nothing depends on chance. */
export const ONE: Schedule[] = [{ seed: 1, order: 0 }];

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

/** What is expected of every program. */
export const COMES_TO_ITS_END = "it comes to its end";

/** The words of whatever was thrown, without a full stop. */
export function said(error: unknown): string {
  try {
    const isPlain = error instanceof Error && !(error instanceof LessonError);
    const message = error instanceof Error ? error.message : `it threw ${String(error)}`;
    return `${isPlain ? `${error.name}: ` : ""}${message}`.replace(/\.$/, "");
  } catch {
    return "it threw something that has no words";
  }
}

/** Expects what holds for every program: it comes to its end, and does not block the thread unless it may. */
export function expectEnd({ error, blocked }: Stage, mayBlock = false): void {
  expect(error === undefined, COMES_TO_ITS_END, said(error));
  expect(
    mayBlock || blocked === 0,
    "nobody blocks the thread",
    `it was blocked for ${inSeconds(blocked)}`,
    "sleepSync stops everybody; sleep stops one task",
  );
}

/** Expects that nothing was left without its `await`. */
export function expectAwaited({ warnings }: Stage): void {
  const warning = warnings.find((sentence) => sentence.includes("never awaited")) ?? "";
  expect(warning === "", "everything that waits is awaited", warning.replace(/: write .*/, ""));
}

/** Runs a program that returns a promise of its end. */
export async function runProgram(stage: Stage, program: () => unknown, plain = false): Promise<void> {
  let returned: unknown;
  await stage.run(() => returned = program(), plain);
  const happened = `it returned ${returned}`;
  const hint = plain ? undefined : "return what loop.runUntilComplete(…) gives";
  expect(
    stage.error !== undefined || isAwaitable(returned),
    "it returns a promise of its end",
    happened,
    hint,
  );
  expectEnd(stage);
}

/** An item as the notebooks have it. */
export type Item = [value: number, time: number];

/** Seconds as a sentence has them. */
export function inSeconds(time: number): string {
  return `${time.toFixed(2)} s`;
}

/** A number of things as a sentence has it: "there is 1". */
export function there(number: number): string {
  return `there ${number === 1 ? "is" : "are"} ${number || "none"}`;
}

/** True if two times are the same but for rounding. */
export function isSame(one: number, other: number | undefined): boolean {
  return Math.abs(one - (other ?? NaN)) < 1e-9;
}

/** A task of ours, with the name that errors and pictures give it: calls `step` one by one, and sleeps after each. */
export function eachIn(name: string, num: number, pause: number, step: (i: number) => PromiseLike<unknown>) {
  const from = (i: number): PromiseLike<unknown> =>
    i < num ? step(i).then(() => pause > 0 ? sleep(pause) : null).then(() => from(i + 1)) : Promise.resolve();
  return named(name, () => from(0));
}

/** Gives a function the name by which errors and pictures call its task. */
export function named<Fn extends (...args: never[]) => unknown>(name: string, fn: Fn): Fn {
  return Object.defineProperty(fn, "name", { value: name });
}
