/**
 * A number from 0 up to, but not including, 1. Every experiment draws its own: the same seed gives the same numbers.
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
export declare function random(): number;
/**
 * What draws the numbers that belong to a seed.
 *
 * @throws {LessonError} where the seed is no whole number from 0 to 4294967295
 */
export declare function seeded(seed: number): () => number;
