import { describe } from "./arguments.ts";
import { LessonError } from "./errors.ts";
import { type Callable, currentLoop, type EventLoop, Future, type Kind } from "./loop.ts";

/** The values of the futures of a list, in the same order. */
export type Gathered<Futures extends readonly Future[]> = {
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
export function gather<Futures extends readonly Future[]>(...futures: Futures): Future<Gathered<Futures>> {
  const advice =
    "give tasks, made with loop.createTask(fn, …), and a list of them with dots: gather(...tasks).";
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

/** A future that waits for others. Cancelling it cancels these; then it is cancelled, even if they go on to their end. */
export class Dependent<T> extends Future<T> {
  /** True once it was cancelled, though it may not be done. */
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
