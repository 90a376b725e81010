import { describe, isAwaitable } from "./check.ts";
import { CancelledError, LessonError } from "./errors.ts";
import { Future } from "./future.ts";
import type { EventLoop } from "./loop.ts";

/** A function that a task can run: one that returns a promise, as every `async` function does. */
export type TaskFunction<Args extends unknown[], T> = (...args: Args) => PromiseLike<T>;

/**
 * A function on its way through an event loop; {@linkcode EventLoop.createTask} makes it. It is a future of
 * what the function returns, so that one task can await another.
 */
// deno-lint-ignore no-explicit-any
export class Task<T = any, Args extends unknown[] = any> extends Future<T> {
  /** What it waits for now; empty while it runs. */
  readonly waitsFor: Future<unknown>[] = [];
  /** Whether its function returned no promise, as one that is not `async`. */
  missesAsync = false;
  readonly #fn: TaskFunction<Args, T>;
  readonly #args: Args;
  #cancelled: CancelledError | undefined;

  /** @param name the function's; the second of that name in a loop is `name (2)` */
  constructor(loop: EventLoop, readonly name: string, fn: TaskFunction<Args, T>, args: Args) {
    super(loop, "task");
    this.#fn = fn;
    this.#args = args;
    loop.callSoon(this);
  }

  override get label(): string {
    return this.name;
  }

  override get task(): Task {
    return this;
  }

  /** The source of its function, as the kernel runs it. */
  get source(): string {
    return String(this.#fn);
  }

  /** Starts it; the loop calls this once. */
  override run(): void {
    if (this.#cancelled) return this.reject(this.#cancelled);
    try {
      const promise = this.#fn(...this.#args);
      if (!isAwaitable(promise)) {
        this.missesAsync = true;
        throw new LessonError(
          `${this.name} returned ${describe(promise)}: a promise was expected, is it missing async?`,
        );
      }
      promise.then((value) => this.resolve(value), (error) => this.reject(error));
    } catch (error) {
      this.reject(error);
    }
  }

  /**
   * Has a {@linkcode CancelledError} thrown at the `await` where the task stands, or else at its next. Answers false
   * where the task was done already. What the task waits for is cancelled with it, as in asyncio.
   */
  override cancel(): boolean {
    if (this.done) return false;
    if (!this.waitsFor.map((future) => future.cancel()).includes(true)) {
      this.#cancelled = new CancelledError(`${this.name} was cancelled.`);
    }
    return true;
  }

  /** Called when the task comes to an `await`. */
  waits(future: Future<unknown>): void {
    this.waitsFor.push(future);
    if (this.#cancelled && future.cancel()) this.#cancelled = undefined;
  }

  /** Called when what the task waited for is there: it goes on. Returns the cancellation, if one came in between. */
  resumes(future: Future<unknown>): CancelledError | undefined {
    if (this.waitsFor.length === 1) this.waitsFor.pop();
    else this.waitsFor.splice(this.waitsFor.indexOf(future), 1);
    const cancelled = this.#cancelled;
    this.#cancelled = undefined;
    return cancelled;
  }
}
