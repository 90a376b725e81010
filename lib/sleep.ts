import { checkSeconds } from "./arguments.ts";
import { context, Future, runningLoop } from "./loop.ts";

/**
 * Waits for `seconds` and lets the other tasks run meanwhile. `sleep(0)` lets each one that is ready run once.
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

/** Warns, once per experiment, of a time that seems to be meant in milliseconds, as in `sleep(1000)`. */
export function hintSeconds(call: string, seconds: number): void {
  if (!context || seconds < 100 || seconds % 50 !== 0) return;
  const hint = "if milliseconds are meant, ";
  if (context.warnings.some((it) => it.includes(hint))) return;
  context.warnings.push(
    `${call}(${seconds}) waits for ${seconds} seconds: ${hint}${call}(${seconds / 1000}).`,
  );
}
