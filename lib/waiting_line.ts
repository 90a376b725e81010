import Denque from "denque";
import { Future, type Kind } from "./future.ts";
import type { EventLoop } from "./loop.ts";

/**
 * Those who wait for one thing, the items of a queue or the room in it, in the order in which they came. Whoever is
 * woken takes it only when it runs, and until then nobody who comes later may overtake.
 */
export class WaitingLine {
  readonly #available: () => number;
  readonly #kind: Kind;
  readonly #label: () => string;
  readonly #line = new Denque<Waiting<unknown>>();
  #woken = 0; // and have not run yet
  #gone = 0; // cancelled, and still in #line

  /** @param available how much of it there is @param label what it is, for errors */
  constructor(kind: Kind, available: () => number, label: () => string) {
    this.#kind = kind;
    this.#available = available;
    this.#label = label;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#line.length - this.#gone;
  }

  /** A future of what `take` returns: done at once where nobody waits and there is enough. */
  enter<T>(loop: EventLoop, take: () => T): Future<T> {
    const future = new Waiting(loop, this.#kind, this.#label, this, take);
    if (this.#woken === 0 && this.#available() > 0) {
      future.resolve(take());
    } else {
      this.#line.push(future as Waiting<unknown>);
      this.wakeNext();
    }
    return future;
  }

  /** Wakes whoever is next, where there is something left for them. */
  wakeNext(): void {
    if (this.#available() <= this.#woken) return;
    let next = this.#line.shift();
    while (next?.done) {
      this.#gone--;
      next = this.#line.shift();
    }
    if (!next) return;
    next.woken = true;
    this.#woken++;
    next.wake(() => this.#take(next));
  }

  /** Forgets one who was cancelled; what was kept for it goes to the next. */
  leave(future: Waiting<unknown>): void {
    if (!future.woken) this.#gone++;
    else {
      this.#woken--;
      this.wakeNext();
    }
  }

  #take(future: Waiting<unknown>): void {
    future.woken = false;
    this.#woken--;
    if (this.#available() > 0) future.resolve(future.take());
    else this.#line.unshift(future); // a `…Nowait` was faster; the place is kept
  }
}

class Waiting<T> extends Future<T> {
  woken = false;

  constructor(
    loop: EventLoop,
    kind: Kind,
    label: () => string,
    readonly line: WaitingLine,
    readonly take: () => T,
  ) {
    super(loop, kind, label);
  }

  override reject(error: unknown): void {
    if (this.done) return;
    super.reject(error);
    this.line.leave(this as Waiting<unknown>);
  }
}
