import { randomLcg } from "d3-random";
import { checkWhole } from "./arguments.ts";
import { runningExperiment } from "./execution.ts";

/**
 * Draws a number from 0 up to, but not including, 1. In an experiment, the same seed gives the same numbers.
 *
 * ```ts
 * import { experiment, random } from "@course/lib";
 *
 * await experiment("dice", { seed: 7 }, () => {
 *   console.log(1 + Math.floor(random() * 6)); // the same at every run
 * });
 * ```
 *
 * @throws {LessonError} outside of an experiment
 */
export function random(): number {
  return runningExperiment("draw a random number").random();
}

/**
 * Returns a function that draws the numbers of a seed.
 *
 * @throws {LessonError} if the seed is not a whole number from 0 to 4294967295
 */
export function seeded(seed: number): () => number {
  checkWhole("a seed", seed, 0, 2 ** 32 - 1);
  // The first numbers of neighbouring seeds would be nearly the same; a multiplication keeps them 0.02 apart.
  return randomLcg((Math.imul(seed, 0x9e3779b1) >>> 0) / 2 ** 32);
}
