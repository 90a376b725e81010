import { describe } from "./arguments.ts";
import { LessonError } from "./errors.ts";
import { type Callable, currentLoop, type EventLoop, Future, type Kind } from "./loop.ts";

/** The values of a list of futures, in the same order. */
export type Gathered<Futures extends readonly Future[]> = {
  -readonly [I in keyof Futures]: Futures[I] extends Future<infer T> ? T : never;
};

/**
 * Combines several tasks into one future of the list of their results, in the order given.
 *
 * As in asyncio, the first error is passed on at once while the other tasks go on, and cancelling the combined future
 * cancels all of them.
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
 * @throws {LessonError} if it is given anything but tasks and futures, or nothing while no loop is running
 */
export function gather<Futures extends readonly Future[]>(...futures: Futures): Future<Gathered<Futures>> {
  const advice = "give tasks, made with loop.createTask(fn, …), and spread a list of them: gather(...tasks).";
  const wrong = futures.findIndex((future) => !(future instanceof Future));
  if (wrong >= 0) {
    throw new LessonError(`Cannot gather ${describe(futures[wrong])} (number ${wrong + 1}): ${advice}`);
  }
  const loop = futures[0]?.loop ?? currentLoop();
  if (!loop) throw new LessonError(`Cannot gather nothing: ${advice}`);
  const gathering = new Dependent<Gathered<Futures>>(loop, "gather", gather, futures);
  const resolve = () =>
    gathering.resolve(futures.map(({ outcome }) => outcome?.ok && outcome.value) as Gathered<Futures>);
  let left = futures.length;
  if (left === 0) resolve();
  for (const future of futures) {
    future.onDone(() => {
      left--;
      if (future.outcome?.ok === false) gathering.reject(future.outcome.error);
      else if (left === 0) resolve();
    });
  }
  return gathering;
}

/** A future that waits for others. Cancelling it cancels them, and it counts as cancelled even if they return a value. */
export class Dependent<T> extends Future<T> {
  /** True once it was cancelled, even while the others still run. */
  isCancelling = false;

  constructor(loop: EventLoop, kind: Kind, by: Callable, override readonly waitsFor: readonly Future[]) {
    super(loop, kind, by);
    for (const future of waitsFor) future.awaited = true;
  }

  override get label(): string {
    return this.waitsFor.map(({ label }) => label).join(" and ");
  }

  override resolve(value: T): void {
    if (this.isCancelling) super.cancelling();
    else super.resolve(value);
  }

  protected override get cancellable(): boolean {
    return !this.done && this.waitsFor.some((future) => !future.done);
  }

  protected override cancelling(): void {
    this.isCancelling = true;
  }
}
