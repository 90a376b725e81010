import { checkSeconds } from "./arguments.ts";
import { currentClock, currentExperiment } from "./execution.ts";
import { host, stopped } from "./host/host.ts";
import { hintSeconds } from "./sleep.ts";

/**
 * Blocks the thread for `seconds`: nothing else runs meanwhile, no task and no loop.
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
 * @throws {LessonError} if the time is negative or not a number, or if neither a loop nor an experiment is running
 */
export function sleepSync(seconds: number): void {
  checkSeconds("block the thread", seconds);
  const clock = currentClock("block the thread");
  hintSeconds("sleepSync", seconds);
  const start = clock.now();
  clock.block(seconds);
  if (host.isStopped()) throw stopped();
  currentExperiment()?.trace.blocked(start, clock.now(), sleepSync);
}
