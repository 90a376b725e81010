import Denque from "denque";
import { checkWhole } from "./arguments.ts";
import { QueueEmpty, QueueFull } from "./errors.ts";
import { currentContext, type EventLoop, Future, runningLoop } from "./loop.ts";

/**
 * First in, first out, between tasks. `get` waits until there is an item; `put` waits, if the queue has a maximum size,
 * until there is room.
 *
 * As in asyncio, an item stays in the queue until the task that was woken for it runs. If another task is faster, the
 * first one waits again, behind all others.
 *
 * ```ts
 * import { EventLoop, Queue } from "@course/lib";
 *
 * async function main() {
 *   const data = new Queue<string>();
 *   await data.put("first");
 *   await data.put("second");
 *   return await data.get();
 * }
 *
 * const loop = new EventLoop();
 * console.log(await loop.runUntilComplete(loop.createTask(main))); // first
 * ```
 */
export class Queue<T> {
  /** The most items that it holds; 0 for any number. */
  readonly maxsize: number;
  readonly #items = new Denque<T>();
  readonly #getters = new Waiters<void, T>(
    "get",
    () => !this.empty,
    () => this.getNowait(),
    (waiting) => `an item from a queue (${this.#put} put, ${this.#taken} taken, ${waiting} short)`,
  );
  readonly #putters = new Waiters<T, void>(
    "put",
    () => !this.full,
    (item) => this.putNowait(item),
    (waiting) => `room in a queue that holds ${this.maxsize} at the most (${waiting} too many)`,
  );
  #put = 0;
  #taken = 0;

  /** @throws {LessonError} if `maxsize` is not a whole number of at least 0 */
  constructor(maxsize = 0) {
    this.maxsize = checkWhole("the maximum size of a Queue (0: no limit)", maxsize, 0);
  }

  /** The number of items in it. */
  get size(): number {
    return this.#items.length;
  }

  /** The same, as a list calls it. */
  get length(): number {
    return this.size;
  }

  /** True if there is no item in it. */
  get empty(): boolean {
    return this.size === 0;
  }

  /** True if it holds as many items as it may. */
  get full(): boolean {
    return this.maxsize > 0 && this.size >= this.maxsize;
  }

  /**
   * Puts an item in, once there is room.
   *
   * @throws {LessonError} if no event loop is running; `putNowait` works anywhere
   */
  put(item: T): Future<void> {
    const loop = runningLoop("put into Queue");
    const future = this.#putters.enter(loop, item);
    loop.notifyCreated(future, this.put);
    return future;
  }

  /**
   * Takes the item that was put in first, once there is one.
   *
   * @throws {LessonError} if no event loop is running; `getNowait` works anywhere
   */
  get(): Future<T> {
    const loop = runningLoop("get from Queue");
    const future = this.#getters.enter(loop);
    loop.notifyCreated(future, this.get);
    return future;
  }

  /** Puts an item in at once. @throws {QueueFull} if there is no room */
  putNowait(item: T): void {
    if (this.full) {
      throw new QueueFull(`Cannot put into Queue: it is full, it holds ${this.maxsize} at the most.`);
    }
    this.#put++;
    this.#items.push(item);
    this.#changed(1);
    this.#getters.wakeNext();
  }

  /** Takes an item at once. @throws {QueueEmpty} if there is none */
  getNowait(): T {
    if (this.empty) throw new QueueEmpty("Cannot get from Queue: it is empty.");
    this.#taken++;
    const item = this.#items.shift()!;
    this.#changed(-1);
    this.#putters.wakeNext();
    return item;
  }

  /** Gets items without end: `for await (const item of queue)`. Leave the loop with `break`. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, never> {
    for (;;) yield await this.get();
  }

  #changed(change: number): void {
    const context = currentContext();
    if (context) { for (const it of context.instruments) it.queueChanged?.(change); }
  }
}

/** The calls of `get`, or of `put`, that wait in a queue. */
class Waiters<Given, Taken> {
  readonly #waiting = new Denque<Waiting<Given, Taken>>();

  /** @param possible tells if `take` can be called now @param label names what `waiting` calls wait for, in errors */
  constructor(
    readonly kind: "get" | "put",
    readonly possible: () => boolean,
    readonly take: (given: Given) => Taken,
    readonly label: (waiting: number) => string,
  ) {}

  /** The number of those that were not cancelled. */
  get count(): number {
    return this.#waiting.toArray().filter(({ done }) => !done).length;
  }

  /** Returns a future of what `take` returns: done at once, if that is possible now. */
  enter(loop: EventLoop, given: Given): Future<Taken> {
    const future = this.possible() ? new Future<Taken>(loop, this.kind) : new Waiting(loop, this, given);
    if (future instanceof Waiting) this.push(future);
    else future.resolve(this.take(given));
    return future;
  }

  /** Adds one that has to wait. */
  push(future: Waiting<Given, Taken>): void {
    while (this.#waiting.peekFront()?.done) this.#waiting.shift(); // cancelled
    this.#waiting.push(future);
  }

  /** Wakes the one that has waited longest. */
  wakeNext(): void {
    let next = this.#waiting.shift();
    while (next?.done) next = this.#waiting.shift(); // cancelled
    next?.wake();
  }
}

/** A call of `get` or `put`; done once its item was taken or put in. */
class Waiting<Given, Taken> extends Future<Taken> {
  #cancelled = false; // after it was woken

  constructor(loop: EventLoop, readonly waiters: Waiters<Given, Taken>, readonly given: Given) {
    super(loop, waiters.kind);
  }

  override get label(): string {
    return this.waiters.label(this.waiters.count);
  }

  override run(): void {
    if (!this.woken) return; // another of its waiters came before
    this.woken = false;
    const possible = this.waiters.possible();
    if (this.#cancelled) {
      super.cancelling();
      if (possible) this.waiters.wakeNext();
    } else if (possible) this.resolve(this.waiters.take(this.given));
    else this.waiters.push(this);
  }

  protected override cancelling(): void {
    if (this.woken) this.#cancelled = true; // its item goes to the next when its turn comes
    else super.cancelling();
  }
}
