import { checkSeconds, describe } from "./arguments.ts";
import { LessonError, TimeoutError } from "./errors.ts";
import { Dependent } from "./gather.ts";
import { Future } from "./loop.ts";

/**
 * Waits for `future`, a task for example, and cancels it after `seconds`. As in asyncio, the wait is over when `future` is
 * done: a task may catch its cancellation and clean up first.
 *
 * ```ts
 * import { EventLoop, sleep, timeout, TimeoutError } from "@course/lib";
 *
 * async function main() {
 *   try {
 *     await timeout(1, sleep(60));
 *   } catch (error) {
 *     return error instanceof TimeoutError;
 *   }
 * }
 *
 * const loop = new EventLoop();
 * console.log(await loop.runUntilComplete(loop.createTask(main))); // true
 * ```
 *
 * @throws {TimeoutError} from the future, if it took longer
 * @throws {LessonError} if `seconds` is not a valid time, or `future` not a future
 */
export function timeout<T>(seconds: number, future: Future<T>): Future<T> {
  const advice = "give a task, made with loop.createTask(fn, …).";
  if (!(future instanceof Future)) throw new LessonError(`Cannot wait for ${describe(future)}: ${advice}`);
  const { loop } = future;
  const timer = new Future<void>(loop, "sleep");
  loop.resolveAfter(checkSeconds("wait", seconds), timer);
  const timed = new Dependent<T>(loop, "timeout", timeout, [future]);
  let isOver = false;
  timer.onDone(() => isOver = future.cancel());
  future.onDone(() => {
    timer.cancel();
    const { cancelled, label, outcome } = future;
    if (outcome!.ok) timed.resolve(outcome!.value);
    else if (!isOver || !cancelled || timed.isCancelling) timed.reject(outcome!.error);
    else timed.reject(new TimeoutError(`${label} took longer than ${seconds} s and was cancelled.`));
  });
  return timed;
}
