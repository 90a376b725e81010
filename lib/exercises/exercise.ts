import type { Schedule, Stage } from "./stage.ts";

/** What is wrong with an answer. */
export interface Finding {
  /** Sentences, or their parts, without a full stop: what was expected, and what happened. */
  expected: string;
  happened: string;
  /** The place in the code and the way out, if they are known. */
  hint?: string;
}

/** One case in which an answer is tried, described in words: "3 items, 2 producers". */
export interface Case {
  words: string;
  /** Tries the answer under a schedule; returns what is wrong, if anything is. */
  attempt(stage: Stage): Promise<Finding | undefined> | Finding | undefined;
}

/** An exercise: what is to be written, and the cases in which it is tried, the smallest first. */
export interface Exercise<Answer> {
  /** The names of what is to be written, with what each has to be. */
  needs: { [Name in keyof Answer]: "function" | "string" | "object" };
  cases(answer: Answer): Case[];
  /** The schedules of each case; by default some seeds and orders. */
  schedules?: Schedule[];
  /** The figures of a right answer, for praise: "20.2 s, latency 0.00 s". */
  figures?(answer: Answer, stage: Stage): Promise<string>;
}
