import { type Callable, type EventLoop, Future, type Kind, runningLoop } from "./loop.ts";

/**
 * Calls that wait for something of which there is too little: an item, room in a queue. The one that has waited longest is
 * woken first; if another task is faster, it waits again, after all others, as in asyncio.
 */
export class Waiters<Taken> {
  /** Those that wait, in the order in which they came. */
  readonly line = new Set<Waiting<Taken>>();
  #inTurn = this.line.values(); // passes each once: one that waits again stands at the end
  /** The number of those that were woken and have not run since. */
  woken = 0;

  /**
   * @param possible returns true if a call can take what it waits for now
   * @param label names, in errors, what `waiting` calls wait for
   */
  constructor(
    readonly kind: Kind,
    readonly possible: () => boolean,
    readonly label: (waiting: number) => string,
  ) {}

  /**
   * Returns a future of what `take` returns: done at once, if that `isPossible` now.
   *
   * @param action names in the error what was to be done @param by the function that returns the future
   * @throws {LessonError} if no event loop is running
   */
  enter(action: string, by: Callable, take: () => Taken, isPossible = this.possible()): Future<Taken> {
    const loop = runningLoop(action);
    if (!isPossible) return new Waiting(loop, by, this, take);
    const future = new Future<Taken>(loop, this.kind, by);
    future.resolve(take());
    return future;
  }

  /** Adds one that has to wait. */
  push(future: Waiting<Taken>): void {
    if (this.line.size === 0) this.#inTurn = this.line.values(); // one that stands still keeps all that the set outgrows
    this.line.add(future);
  }

  /** Wakes the one that has waited longest. */
  wakeNext(): void {
    if (this.line.size === 0) return;
    const next = this.#inTurn.next().value!;
    this.line.delete(next);
    this.woken++;
    next.wake();
  }
}

/** A call that waits; done once it has taken what it waits for. */
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
    if (!this.woken) return; // another of its waiters came before
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
    if (this.woken) this.#cancelled = true; // what it waits for goes to the next when its turn comes
    else {
      this.waiters.line.delete(this);
      super.cancelling();
    }
  }
}
