import Denque from "denque";
import { checkWhole } from "./check.ts";
import { QueueEmpty, QueueFull } from "./errors.ts";
import type { Future } from "./future.ts";
import { runningLoop } from "./running.ts";
import { currentSetting } from "./setting.ts";
import { WaitingLine } from "./waiting_line.ts";

/**
 * First in, first out, between tasks. `get` waits until there is an item; `put` waits, where the queue has a
 * maximum size, until there is room. Whoever waits longest is served first.
 *
 * As in asyncio, an item stays in the queue until the task that was woken for it runs.
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
  /** How many items it holds at the most; 0 for any number. */
  readonly maxsize: number;
  readonly #items = new Denque<T>();
  readonly #getters: WaitingLine<void, T> = new WaitingLine(
    "get",
    () => this.size,
    () => this.#take(),
    () => `an item from a queue (${this.#put} put, ${this.#taken} taken, ${this.#getters.waiting} short)`,
  );
  readonly #putters: WaitingLine<T, void> = new WaitingLine(
    "put",
    () => (this.maxsize || Infinity) - this.size,
    (item: T) => this.#add(item),
    () => `room in a queue that holds ${this.maxsize} at the most (${this.#putters.waiting} too many)`,
  );
  #put = 0;
  #taken = 0;

  /** @throws {LessonError} where `maxsize` is no whole number of at least 0 */
  constructor(maxsize = 0) {
    this.maxsize = checkWhole("the maximum size of a Queue (0: no limit)", maxsize, 0);
  }

  /** How many items are in it. */
  get size(): number {
    return this.#items.length;
  }

  /** Whether there is nothing in it. */
  get empty(): boolean {
    return this.size === 0;
  }

  /** Whether it holds as many items as it may. */
  get full(): boolean {
    return this.maxsize > 0 && this.size >= this.maxsize;
  }

  /**
   * Puts an item in, once there is room.
   *
   * @throws {LessonError} where no event loop is running; `putNowait` works anywhere
   */
  put(item: T): Future<void> {
    const loop = runningLoop("put into Queue");
    const future = this.#putters.enter(loop, item);
    loop.made(future, this.put);
    return future;
  }

  /**
   * Takes the item that was put in first, once there is one.
   *
   * @throws {LessonError} where no event loop is running; `getNowait` works anywhere
   */
  get(): Future<T> {
    const loop = runningLoop("get from Queue");
    const future = this.#getters.enter(loop);
    loop.made(future, this.get);
    return future;
  }

  /** Puts an item in at once. @throws {QueueFull} where there is no room */
  putNowait(item: T): void {
    if (this.full) {
      throw new QueueFull(`Cannot put into Queue: it is full, it holds ${this.maxsize} at the most.`);
    }
    this.#add(item);
  }

  /** Takes an item at once. @throws {QueueEmpty} where there is none */
  getNowait(): T {
    if (this.empty) throw new QueueEmpty("Cannot get from Queue: it is empty.");
    return this.#take();
  }

  #add(item: T): void {
    this.#put++;
    this.#items.push(item);
    currentSetting()?.trace.queueChanged(1);
    this.#getters.wakeNext();
  }

  #take(): T {
    this.#taken++;
    const item = this.#items.shift()!;
    currentSetting()?.trace.queueChanged(-1);
    this.#putters.wakeNext();
    return item;
  }
}
