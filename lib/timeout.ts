import { checkSeconds } from "./arguments.ts";
import { CancelledError, TimeoutError } from "./errors.ts";
import { Future } from "./loop.ts";

/**
 * Waits for `future`, a task for example, but for no longer than `seconds`: then it is cancelled. As in asyncio, the
 * waiting ends once `future` has, which may catch its cancellation and clean up.
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
 * @throws {TimeoutError} from the future, if the time is over @throws {LessonError} if `seconds` is no time
 */
export function timeout<T>(seconds: number, future: Future<T>): Future<T> {
  const timed = new Timed(checkSeconds("wait", seconds), future);
  future.loop.notifyCreated(timed, timeout);
  return timed;
}

class Timed<T> extends Future<T> {
  #isOver = false;
  #cancelled = false;

  constructor(seconds: number, readonly future: Future<T>) {
    super(future.loop, "timeout");
    future.awaited = true;
    const timer = new Future<void>(future.loop, "sleep");
    future.loop.resolveAfter(seconds, timer);
    timer.onDone(() => this.#isOver = future.cancel());
    future.onDone(() => {
      timer.cancel();
      const { outcome, label } = future;
      if (this.#cancelled) this.reject(new CancelledError("timeout(…) was cancelled."));
      else if (outcome!.ok) this.resolve(outcome!.value);
      else if (!this.#isOver || !future.cancelled) this.reject(outcome!.error);
      else this.reject(new TimeoutError(`${label} took longer than ${seconds} s and was cancelled.`));
    });
  }

  override get waitsFor(): readonly Future<unknown>[] {
    return [this.future];
  }

  protected override cancelling(): void {
    this.#cancelled = true;
  }
}
