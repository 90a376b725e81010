import { EventLoop, type TaskFunction } from "../loop.ts";
import { gather } from "../gather.ts";
import type { Stage } from "./stage.ts";

/** What a learner wrote, by its names, and the numbers of a case, by theirs. Of the first, nothing is known. */
// deno-lint-ignore no-explicit-any
export type Named = Record<string, any>;

/** An exercise: what is to be written, what is called and with which numbers, and what must hold then. */
export interface Exercise {
  /** The names of what is to be written; each with its type, where it is no function: "lines:object". */
  needs: string;
  /** The names of the numbers that a case consists of. */
  numbers?: string;
  /** The cases, the smallest first. */
  cases: (number | number[])[][];
  /** One more case, with many items, whose figures a right answer is told. */
  many?: number[];
  /** True for a program of plain promises. */
  plain?: true;
  /** The program, if anything is to be run; it returns a promise of its end. */
  run?(answer: Named, stage: Stage, numbers: Named): unknown;
  /** True if the program may block the thread. */
  mayBlock?: true;
  /** True if it may leave calls without an `await`. */
  mayForget?: true;
  /** Expects what must hold when the program has come to its end. */
  holds(stage: Stage, answer: Named, numbers: Named): void;
}

/** A call, to be run as a task. */
export type Call = [fn: TaskFunction<unknown[], unknown>, ...args: unknown[]];

/** Runs on a loop of its own the calls that `start` returns, as tasks. Returns their results. */
export function onLoop(start: (loop: EventLoop) => Call[]): Promise<unknown[]> {
  const loop = new EventLoop();
  return loop.runUntilComplete(gather(...start(loop).map(([fn, ...args]) => loop.createTask(fn, ...args))));
}
