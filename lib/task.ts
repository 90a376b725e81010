import { describe } from "./check.ts";
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
  /** The function's name; the second of that name in a loop is `name (2)`. */
  readonly name: string;
  /** What it waits for now; empty while it runs. */
  readonly waitsFor: Future<unknown>[] = [];
  readonly #fn: TaskFunction<Args, T>;
  readonly #args: Args;
  #started = false;
  #cancelled: CancelledError | undefined;

  constructor(loop: EventLoop, name: string, fn: TaskFunction<Args, T>, args: Args) {
    super(loop, "task", () => name);
    this.name = name;
    this.#fn = fn;
    this.#args = args;
    loop.callSoon({ task: this, run: () => this.#run() });
  }

  /**
   * Has a {@linkcode CancelledError} thrown at the `await` where the task stands. Answers false where the task was done
   * already. What the task waits for is cancelled with it, as in asyncio.
   */
  override cancel(): boolean {
    if (this.done) return false;
    const waitsFor = this.waitsFor.filter((future) => !future.done);
    for (const future of waitsFor) future.cancel();
    if (waitsFor.length === 0) this.#cancelled = new CancelledError(`${this.name} was cancelled.`);
    return true;
  }

  /** Called when what the task waited for is there: it goes on. Returns the cancellation, if one came in between. */
  resumes(future: Future<unknown>): CancelledError | undefined {
    if (this.waitsFor.at(-1) === future) this.waitsFor.pop();
    else if (this.waitsFor.includes(future)) this.waitsFor.splice(this.waitsFor.indexOf(future), 1);
    const cancelled = this.#cancelled;
    this.#cancelled = undefined;
    return cancelled;
  }

  /** The source of its function, as the kernel runs it. */
  get source(): string {
    return String(this.#fn);
  }

  /** Whether it waits for something of which the loop knows nothing. */
  get strays(): boolean {
    return this.#started && !this.done && this.waitsFor.length === 0;
  }

  #run(): void {
    if (this.#cancelled) return this.reject(this.#cancelled);
    this.#started = true;
    try {
      const promise = this.#fn(...this.#args);
      if (typeof promise?.then !== "function") {
        throw new LessonError(
          `${this.name} returned ${describe(promise)}: a promise was expected, is it missing async?`,
        );
      }
      promise.then((value) => this.resolve(value), (error) => this.reject(error));
    } catch (error) {
      this.reject(error);
    }
  }
}
