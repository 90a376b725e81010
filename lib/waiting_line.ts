import Denque from "denque";
import { Future, type Kind } from "./future.ts";
import type { EventLoop } from "./loop.ts";

/**
 * Those who wait for one thing, the items of a queue or the room in it, in the order in which they came. Whoever is
 * woken takes it only when it runs, and until then nobody who comes later may overtake.
 *
 * @typeParam Give what is brought @typeParam Take what is taken
 */
export class WaitingLine<Give, Take> {
  readonly #line = new Denque<Waiting<Give, Take>>();
  #woken = 0; // and have not run yet

  /** @param available how much of it there is @param take takes one @param label what it is, for errors */
  constructor(
    readonly kind: Kind,
    readonly available: () => number,
    readonly take: (given: Give) => Take,
    readonly label: () => string,
  ) {}

  /** How many wait. */
  get waiting(): number {
    return this.#line.toArray().filter((future) => !future.done).length;
  }

  /** A future of what `take` returns: done at once where nobody waits and there is enough. */
  enter(loop: EventLoop, given: Give): Future<Take> {
    if (this.#woken === 0 && this.available() > 0) {
      const future = new Future<Take>(loop, this.kind);
      future.resolve(this.take(given));
      return future;
    }
    const future = new Waiting(loop, this, given);
    this.#line.push(future);
    this.wakeNext();
    return future;
  }

  /** Wakes whoever is next, where there is something left for them. */
  wakeNext(): void {
    if (this.#line.isEmpty() || this.available() <= this.#woken) return;
    let next = this.#line.shift();
    while (next?.done) next = this.#line.shift(); // cancelled
    if (!next) return;
    this.#woken++;
    next.wake();
  }

  /** Lets one who was woken take it. */
  serve(future: Waiting<Give, Take>): void {
    future.woken = false;
    this.#woken--;
    if (future.givenUp) {
      future.cancel();
      this.wakeNext();
    } else if (this.available() > 0) future.resolve(this.take(future.given));
    else this.#line.unshift(future); // a `…Nowait` was faster; the place is kept
  }
}

class Waiting<Give, Take> extends Future<Take> {
  givenUp = false; // cancelled after it was woken: what was kept for it goes to the next when its turn comes

  constructor(loop: EventLoop, readonly line: WaitingLine<Give, Take>, readonly given: Give) {
    super(loop, line.kind);
  }

  override get label(): string {
    return this.line.label();
  }

  override cancel(): boolean {
    if (this.woken && !this.done) return this.givenUp = true;
    return super.cancel();
  }

  protected override fetch(): void {
    if (this.woken) this.line.serve(this);
  }
}
