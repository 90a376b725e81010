/**
 * Blocks the thread for a number of seconds: nothing else runs meanwhile, no task and no loop.
 *
 * ```ts
 * import { experiment, now, sleepSync } from "@course/lib";
 *
 * await experiment("blocking", {}, () => {
 *   sleepSync(2);
 *   console.log(now()); // 2
 * });
 * ```
 *
 * @throws {LessonError} where the time is negative or no number, or outside of an experiment
 */
export declare function sleepSync(seconds: number): void;
