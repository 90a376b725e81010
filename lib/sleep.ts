import { checkSeconds } from "./arguments.ts";
import { hintSeconds } from "./context.ts";
import { Future, runningLoop } from "./loop.ts";

/**
 * Waits for `seconds` and lets the other tasks run meanwhile. `sleep(0)` lets each of them run once.
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
 * @throws {LessonError} if the time is negative or not a number, or if no loop is running
 */
export function sleep(seconds: number): Future<void> {
  checkSeconds("sleep", seconds);
  const loop = runningLoop("sleep");
  hintSeconds("sleep", seconds);
  const future = new Future<void>(loop, "sleep", sleep);
  if (seconds === 0) future.wake();
  else loop.resolveAfter(seconds, future);
  return future;
}
