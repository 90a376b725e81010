import { gather } from "../gather.ts";
import { EventLoop, type TaskFunction } from "../loop.ts";
import { count, seconds } from "../words.ts";
import type { Named, Stage } from "./stage.ts";

/** The rules of an exercise: what is run, and what must hold then. */
export interface Rules {
  /** True for a program of plain promises, or with a loop of its own: no order of ready tasks is tried. */
  plain?: true;
  /** The program, which returns a promise of its end; by default the function that is to be written, with the numbers. */
  run?(answer: Named, stage: Stage, numbers: Named): unknown;
  /** True if the program may block the thread. */
  mayBlock?: true;
  /** True if it may leave calls without an `await`. */
  mayForget?: true;
  /** Expects what must hold when the program has come to its end. */
  holds(stage: Stage, numbers: Named, answer: Named): void;
}

/** A case: the numbers with which an answer is tried. */
type Case = (number | number[])[];

/** An exercise, with the names of what is to be written, each with its type, and those of the numbers of its cases. */
export type Exercise = Rules & { needs: string[][]; names: string[]; cases: Case[] };

/**
 * Makes an exercise.
 *
 * @param calls the names of what is to be written, with those of the numbers, "main(producers, items)"; or else with the
 * type of each, "lines:object"
 * @param cases the smallest first; a right answer is told the figures of the last
 */
export function exercise(calls: string, cases: Case[], rules: Rules): Exercise {
  const [needs, names = ""] = calls.split(/[()]/);
  return {
    needs: needs.split(" ").map((need) => need.split(":")),
    names: names.split(", "),
    cases,
    ...rules,
  };
}

/** A call, to be run as a task. */
export type Call = [fn: TaskFunction<unknown[], unknown>, ...args: unknown[]];

/** Runs on a loop of its own the calls that `start` returns, as tasks. Returns their results. */
export function onLoop(start: (loop: EventLoop) => Call[]): Promise<unknown[]> {
  const loop = new EventLoop();
  return loop.runUntilComplete(gather(...start(loop).map(([fn, ...args]) => loop.createTask(fn, ...args))));
}

/** A task of ours beside the answer's, by a name that no bundler changes: "our producer". */
export function ours(name: string, fn: Call[0]): Call {
  return [Object.defineProperty(fn, "name", { value: `our ${name}` })];
}

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

/** The right answers to questions, by their names, each with a word on why. */
export type Choices = Record<string, [isTrue: boolean, why: string]>;

/** Expects `true` or `false` for each name. */
export function expectChoices(given: Named, due: Choices): void {
  for (const [name, [isTrue, why]] of Object.entries(due)) {
    expect(given[name] === isTrue, `another answer for ${name}`, `yours is ${given[name]}`, why);
  }
}

/** Expects a number of things: "3 calls of sleep". */
export function expectCount(is: number, wanted: number, thing: string, rest: string): void {
  expect(
    is === wanted,
    `${count(wanted, thing)} ${rest}`,
    `there ${is === 1 ? "is" : "are"} ${is || "none"}`,
  );
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
