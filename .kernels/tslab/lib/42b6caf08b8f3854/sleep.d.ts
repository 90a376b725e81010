import { Future } from "./future.ts";
/**
 * Waits a number of seconds, and lets the other tasks run meanwhile. `sleep(0)` lets them run once.
 *
 * ```ts
 * import { EventLoop, now, sleep } from "@course/lib";
 *
 * async function main() {
 *   await sleep(1.5);
 *   return now();
 * }
 *
 * const loop = new EventLoop();
 * console.log(await loop.runUntilComplete(loop.createTask(main))); // 1.5
 * ```
 *
 * @throws {LessonError} where the time is negative or no number, or no loop is running
 */
export declare function sleep(seconds: number): Future<void>;
