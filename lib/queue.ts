import Denque from "denque";
import { checkWhole } from "./arguments.ts";
import { QueueEmpty, QueueFull } from "./errors.ts";
import { context, type Future } from "./loop.ts";
import { Waiters } from "./waiters.ts";

/**
 * A first-in, first-out queue between tasks. `get` waits until there is an item; `put` waits until there is room, if the
 * queue has a maximum size.
 *
 * As in asyncio, an item stays in the queue until the task that was woken for it runs. If another task is faster, the
 * woken one waits again, behind all others.
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
  readonly #items = new Denque<T>();
  readonly #getters = new Waiters<T>(
    "get",
    () => !this.empty,
    (waiting) => `an item from a queue (${this.#put} put, ${this.#put - this.size} taken, ${waiting} short)`,
  );
  readonly #putters = new Waiters<void>(
    "put",
    () => !this.full,
    (waiting) => `room in a queue that holds at most ${this.maxsize} (${waiting} too many)`,
  );
  readonly #take = () => this.getNowait();
  #put = 0;

  /**
   * @param maxsize the most items that it holds; 0 for no limit
   * @throws {LessonError} if `maxsize` is not a whole number of at least 0
   */
  constructor(readonly maxsize = 0) {
    checkWhole("the maximum size of a Queue (0: no limit)", maxsize, 0);
  }

  /** The number of items in it. */
  get size(): number {
    return this.#items.length;
  }

  /** The same as `size`, by the name it has in arrays. */
  get length(): number {
    return this.size;
  }

  /** True if there is no item in it. */
  get empty(): boolean {
    return this.size === 0;
  }

  /** True if it holds as many items as its maximum size allows. */
  get full(): boolean {
    return this.maxsize > 0 && this.size >= this.maxsize;
  }

  /**
   * Puts an item in, once there is room.
   *
   * @throws {LessonError} if no event loop is running; `putNowait` works anywhere
   */
  put(item: T): Future<void> {
    return this.#putters.enter("put into Queue", this.put, () => this.putNowait(item));
  }

  /**
   * Takes the item that was put in first, once there is one.
   *
   * @throws {LessonError} if no event loop is running; `getNowait` works anywhere
   */
  get(): Future<T> {
    return this.#getters.enter("get from Queue", this.get, this.#take);
  }

  /** Puts an item in at once. @throws {QueueFull} if there is no room */
  putNowait(item: T): void {
    if (this.full) {
      throw new QueueFull(`Cannot put into Queue: it is full, it holds at most ${this.maxsize}.`);
    }
    this.#put++;
    this.#items.push(item);
    this.#changed(1);
    this.#getters.wakeNext();
  }

  /** Takes an item at once. @throws {QueueEmpty} if there is none */
  getNowait(): T {
    if (this.empty) throw new QueueEmpty("Cannot get from Queue: it is empty.");
    const item = this.#items.shift()!;
    this.#changed(-1);
    this.#putters.wakeNext();
    return item;
  }

  /** Gets items forever, as in `for await (const item of queue)`. Leave the loop with `break`. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, never> {
    for (;;) yield await this.get();
  }

  #changed(change: number): void {
    if (context) { for (const it of context.instruments) it.queueChanged?.(change, this); }
  }
}
