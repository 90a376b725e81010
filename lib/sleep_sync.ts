import { checkSeconds } from "./check.ts";
import { checkInterrupt } from "./display.ts";
import { clockInUse, currentSetting } from "./setting.ts";

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
export function sleepSync(seconds: number): void {
  checkSeconds("block the thread", seconds);
  const clock = clockInUse("block the thread");
  const start = clock.now();
  clock.block(seconds);
  checkInterrupt();
  currentSetting()?.trace.blocked(start, clock.now());
}
