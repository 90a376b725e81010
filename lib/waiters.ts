import { type Callable, type EventLoop, Future, type Kind, runningLoop } from "./loop.ts";

/**
 * Calls that wait until there is something to take: an item, room in a queue, a turn at a lock. The call that has waited
 * longest is woken first; if another task is faster, it waits again, behind all others, as in asyncio.
 */
export class Waiters<Taken> {
  /** The waiting calls, in order of arrival. */
  readonly line = new Set<Waiting<Taken>>();
  #inTurn = this.line.values(); // visits each once: a call that waits again is at the end
  /** The number of calls that were woken and have not run yet. */
  woken = 0;

  /**
   * @param possible returns true if there is something to take now
   * @param label describes, in errors, the thing that `waiting` calls wait for
   */
  constructor(
    readonly kind: Kind,
    readonly possible: () => boolean,
    readonly label: (waiting: number) => string,
  ) {}

  /**
   * Returns a future of the result of `take`. If that `isPossible` now, the future is done at once.
   *
   * @param action for the error: `Cannot ${action}: no event loop is running.`
   * @param by the function that returns the future
   * @throws {LessonError} if no event loop is running
   */
  enter(action: string, by: Callable, take: () => Taken, isPossible = this.possible()): Future<Taken> {
    const loop = runningLoop(action);
    if (!isPossible) return new Waiting(loop, by, this, take);
    const future = new Future<Taken>(loop, this.kind, by);
    future.resolve(take());
    return future;
  }

  /** Adds a call to the line. */
  push(future: Waiting<Taken>): void {
    if (this.line.size === 0) this.#inTurn = this.line.values(); // an idle one would keep what the set outgrows
    this.line.add(future);
  }

  /** Wakes the call that has waited longest. */
  wakeNext(): void {
    if (this.line.size === 0) return;
    const next = this.#inTurn.next().value!;
    this.line.delete(next);
    this.woken++;
    next.wake();
  }
}

/** A call that waits until it has taken something. */
class Waiting<Taken> extends Future<Taken> {
  #cancelled = false; // after it was woken

  constructor(loop: EventLoop, by: Callable, readonly waiters: Waiters<Taken>, readonly take: () => Taken) {
    super(loop, waiters.kind, by);
    waiters.push(this);
  }

  override get label(): string {
    return this.waiters.label(this.waiters.line.size);
  }

  override run(): void {
    if (!this.woken) return; // another waiter of this future ran first
    this.woken = false;
    this.waiters.woken--;
    const possible = this.waiters.possible();
    if (this.#cancelled) {
      super.cancelling();
      if (possible) this.waiters.wakeNext();
    } else if (possible) this.resolve(this.take());
    else this.waiters.push(this);
  }

  protected override cancelling(): void {
    if (this.woken) this.#cancelled = true; // when its turn comes, it wakes the next
    else {
      this.waiters.line.delete(this);
      super.cancelling();
    }
  }
}
