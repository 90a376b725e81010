import { checkWhole } from "./arguments.ts";
import { LessonError } from "./errors.ts";
import type { Future } from "./loop.ts";
import { Waiters } from "./waiters.ts";

/**
 * Limits the number of tasks that do something at a time. As in asyncio, waiting tasks get their turn in order of arrival,
 * and none jumps the queue.
 *
 * ```ts
 * import { EventLoop, gather, now, Semaphore, sleep } from "@course/lib";
 *
 * async function load(two: Semaphore) {
 *   await two.acquire();
 *   await sleep(1);
 *   two.release();
 * }
 *
 * const loop = new EventLoop();
 * const two = new Semaphore(2);
 * await loop.runUntilComplete(gather(...[1, 2, 3].map(() => loop.createTask(load, two))));
 * console.log(loop.clock.now()); // 2
 * ```
 */
export class Semaphore {
  /** Its name in errors. */
  protected readonly name: string = "Semaphore";
  readonly #waiters = new Waiters<void>("acquire", () => this.free > 0, () => `its turn at a ${this.name}`);

  /**
   * @param free the number of tasks that may hold it at a time
   * @throws {LessonError} if `free` is not a whole number of at least 0
   */
  constructor(protected free = 1) {
    checkWhole("the value of a Semaphore", free, 0);
  }

  /** True if `acquire` would have to wait. */
  get locked(): boolean {
    const { woken, line } = this.#waiters; // a newcomer must not overtake these
    return this.free === 0 || woken > 0 || line.size > 0;
  }

  /**
   * Waits for its turn; call `release` afterwards, in a `finally`.
   *
   * @throws {LessonError} if no event loop is running
   */
  acquire(): Future<void> {
    const enter = () => {
      if (--this.free > 0) this.#waiters.wakeNext(); // a task that came after the release waits, though there is room
    };
    return this.#waiters.enter(`acquire a ${this.name}`, this.acquire, enter, !this.locked);
  }

  /** Gives the turn to the task that has waited longest. */
  release(): void {
    this.free++;
    this.#waiters.wakeNext();
  }
}

/** Lets one task at a time do something: a {@linkcode Semaphore} of 1 that cannot be released by mistake. */
export class Lock extends Semaphore {
  protected override readonly name = "Lock";

  constructor() {
    super(1);
  }

  /** Gives the turn to the task that has waited longest. @throws {LessonError} if no task has acquired it */
  override release(): void {
    if (this.free > 0) throw new LessonError("Cannot release Lock: it is not acquired.");
    super.release();
  }
}
