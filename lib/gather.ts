import { describe } from "./arguments.ts";
import { CancelledError, LessonError } from "./errors.ts";
import { currentLoop, Future, runningLoop } from "./loop.ts";

/** The values of the futures of a list, in the same order. */
export type Gathered<Futures extends readonly Future<unknown>[]> = {
  -readonly [I in keyof Futures]: Futures[I] extends Future<infer T> ? T : never;
};

/**
 * Combines several tasks into one future: the list of what they return, in the order given.
 *
 * As in asyncio, the first error is passed on at once, while the other tasks go on; and cancelling the gathering cancels
 * each of them.
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
 * @throws {LessonError} if it is given anything but tasks and futures
 */
export function gather<Futures extends readonly Future<unknown>[]>(
  ...futures: Futures
): Future<Gathered<Futures>> {
  const advice = "give tasks, made with loop.createTask(fn, …).";
  futures.forEach((future, i) => {
    if (future instanceof Future) return;
    throw new LessonError(`Cannot gather ${describe(future)} (number ${i + 1}): ${advice}`);
  });
  if (futures.length === 0 && !currentLoop()) throw new LessonError(`Cannot gather nothing: ${advice}`);
  const gathering = new Gathering(futures);
  gathering.loop.notifyCreated(gathering, gather);
  return gathering;
}

class Gathering<Futures extends readonly Future<unknown>[]> extends Future<Gathered<Futures>> {
  #left: number;
  #cancelled = false;

  constructor(readonly futures: Futures) {
    super(futures[0]?.loop ?? runningLoop("gather nothing"), "gather");
    this.#left = futures.length;
    for (const future of futures) {
      future.awaited = true;
      future.onDone(() => this.#isDone(future));
    }
    if (futures.length === 0) this.resolve([] as Gathered<Futures>);
  }

  override get label(): string {
    return this.futures.map(({ label }) => label).join(" and ");
  }

  override get waitsFor(): readonly Future<unknown>[] {
    return this.futures;
  }

  protected override get cancellable(): boolean {
    return !this.done && this.futures.some((future) => !future.done);
  }

  protected override cancelling(): void {
    this.#cancelled = true; // even if each of them goes on to its end
  }

  #isDone({ outcome }: Future<unknown>): void {
    this.#left--;
    if (outcome?.ok === false) this.reject(outcome.error);
    else if (this.#left === 0 && this.#cancelled) this.reject(new CancelledError("gather(…) was cancelled."));
    else if (this.#left === 0) {
      this.resolve(this.futures.map(({ outcome }) => outcome?.ok && outcome.value) as Gathered<Futures>);
    }
  }
}
