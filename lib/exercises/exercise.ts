import type { Run } from "../run.ts";
import type { Schedule, Stage } from "./stage.ts";

/** An exercise: what is to be written, and the cases in which it is tried. */
export interface Exercise<Answer> {
  /** The names of what is to be written, with the type of each. */
  needs: { [Name in keyof Answer]?: "function" | "string" | "object" };
  /** The numbers of each case, the smallest first. */
  cases: number[][];
  /** Says of each case what is tried: "3 items". */
  words(...numbers: number[]): string;
  /** The schedules of each case; by default some seeds, each in some orders. */
  schedules?: Schedule[];
  /** True for a program of plain promises. */
  plain?: true;
  /** Tries the answer in one case; an {@linkcode expect} in it tells what is wrong. */
  attempt(answer: Answer, stage: Stage, ...numbers: number[]): Promise<void> | void;
  /** A program of many items, and the figures of its run in words, for a right answer. */
  figures?: [program: (answer: Answer) => unknown, words: (run: Run) => string];
}

/** Exercises by their numbers in the notebooks. */
// deno-lint-ignore no-explicit-any
export type Exercises = Record<string, Exercise<any>>;

/** The one schedule of an exercise in which nothing depends on chance. */
export const ONE: Schedule[] = [{ seed: 1, order: 0 }];

/** An item as the notebooks have it. */
export type Item = [value: number, time: number];
