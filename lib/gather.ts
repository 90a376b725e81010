import { describe } from "./check.ts";
import { LessonError } from "./errors.ts";
import { Future } from "./future.ts";
import { currentLoop, runningLoop } from "./running.ts";

/** What the futures of a list resolve to, in the same order. */
export type Gathered<Futures extends readonly Future<unknown>[]> = {
  -readonly [I in keyof Futures]: Futures[I] extends Future<infer T> ? T : never;
};

/**
 * Makes one future of several tasks: the list of what they return, in the order given.
 *
 * As in asyncio, the first error is passed on at once, while the other tasks go on; and cancelling the
 * gathering cancels each of them.
 *
 * ```ts
 * import { EventLoop, gather, sleep } from "@course/lib";
 *
 * const loop = new EventLoop();
 * const both = gather(loop.createTask(sleep, 1), loop.createTask(sleep, 2));
 * await loop.runUntilComplete(both);
 * console.log(loop.clock.now()); // 2
 * ```
 *
 * @throws {LessonError} where it is given anything but tasks and futures
 */
export function gather<Futures extends readonly Future<unknown>[]>(
  ...futures: Futures
): Future<Gathered<Futures>> {
  for (const [index, future] of futures.entries()) {
    if (!(future instanceof Future)) {
      throw new LessonError(
        `Cannot gather ${describe(future)} (number ${
          index + 1
        }): give tasks, made with loop.createTask(fn, …).`,
      );
    }
  }
  if (futures.length === 0 && !currentLoop()) {
    throw new LessonError("Cannot gather nothing: give tasks, made with loop.createTask(fn, …).");
  }
  const gathering = new Gathering(futures);
  gathering.loop.made(gathering, gather);
  return gathering;
}

class Gathering<Futures extends readonly Future<unknown>[]> extends Future<Gathered<Futures>> {
  readonly #futures: Futures;
  #left: number;
  #cancelling = false;

  constructor(futures: Futures) {
    super(futures[0]?.loop ?? runningLoop("gather nothing"), "gather");
    this.#futures = futures;
    this.#left = futures.length;
    for (const future of futures) {
      future.awaited = true;
      future.onDone(() => this.#isDone(future));
    }
    if (futures.length === 0) this.resolve([] as Gathered<Futures>);
  }

  override get label(): string {
    return this.#futures.map((future) => future.label).join(" and ");
  }

  override cancel(): boolean {
    if (this.done) return false;
    return this.#cancelling = this.#futures.map((future) => future.cancel()).includes(true);
  }

  #isDone({ outcome }: Future<unknown>): void {
    this.#left--;
    if (outcome?.ok === false) this.reject(outcome.error);
    else if (this.#left === 0 && this.#cancelling) super.cancel(); // though each of them went on to its end
    else if (this.#left === 0) {
      this.resolve(this.#futures.map(({ outcome }) => outcome?.ok && outcome.value) as Gathered<Futures>);
    }
  }
}
