import { CancelledError, LessonError } from "./errors.ts";
import type { EventLoop, Handle } from "./loop.ts";
import { printedAs } from "./printed_as.ts";
import type { Task } from "./task.ts";

/** How a future came out. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; error: unknown };

/** What a future came from: the function that returned it, or the task that it is. */
export type Kind = "sleep" | "get" | "put" | "external" | "gather" | "task";

/**
 * A value that is not there yet: what `sleep`, `put` and `get` return, and what `await` waits for.
 *
 * It differs from a promise in one thing. A promise wakes whoever waits as soon as the engine can; a future
 * asks the loop, which wakes one task after another, in the order in which they were called.
 */
export class Future<T> implements PromiseLike<T>, Handle {
  /** Whether anybody has waited for it. */
  awaited = false;
  /** The value or the error, once there is one. */
  outcome: Outcome<T> | undefined;
  /** Whether those who wait stand in the loop's line already; the value is fetched when the first of them runs. */
  woken = false;
  #waiter: Waiter | undefined; // nearly always the only one
  #others: Waiter[] | undefined;

  /** @param loop what wakes whoever waits @param kind what made it */
  constructor(readonly loop: EventLoop, readonly kind: Kind) {}

  /** What it is, as an error would say it: `cannot await ${label}`. */
  get label(): string {
    return `${this.kind}(…)`;
  }

  /** Whether the value, or the error, is there. */
  get done(): boolean {
    return this.outcome !== undefined;
  }

  /** Whether it was cancelled. */
  get cancelled(): boolean {
    return this.outcome?.ok === false && this.outcome.error instanceof CancelledError;
  }

  /** The task that goes on when this is called from the line: none, a future only tells those who wait. */
  get task(): Task | undefined {
    return undefined;
  }

  /** Gives the value; once it is there, nothing changes it any more. */
  resolve(value: T): void {
    this.#settle({ ok: true, value });
  }

  /** Gives an error in place of a value. */
  reject(error: unknown): void {
    this.#settle({ ok: false, error });
  }

  /** Makes whoever waits see a {@linkcode CancelledError}. Answers false where it was done already. */
  cancel(): boolean {
    if (this.done) return false;
    this.reject(new CancelledError(`${this.kind}(…) was cancelled.`));
    return true;
  }

  /** Puts those who wait in the line, or itself where nobody does yet. */
  wake(): void {
    this.woken = true;
    if (this.#waiter) this.#callWaiters();
    else this.loop.callSoon(this);
  }

  /** Called when its turn in the line has come. */
  run(): void {
    if (!this.done) this.fetch();
  }

  /** Fetches the value, if it still can be had. */
  protected fetch(): void {
    this.resolve(undefined as T);
  }

  /** Calls back, in a turn of the loop but outside of any task, when this is done. */
  onDone(callback: () => void): void {
    this.wait(new Waiter(this, undefined, callback, callback));
  }

  /** Has `waiter` called when this is done. */
  wait(waiter: Waiter): void {
    if (this.done || this.woken) this.loop.callSoon(waiter);
    else if (this.#waiter) (this.#others ??= []).push(waiter);
    else this.#waiter = waiter;
  }

  /** What `await` calls. */
  then<A = T, B = never>(
    onOk?: ((value: T) => A | PromiseLike<A>) | null,
    onError?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): PromiseLike<A | B> {
    this.awaited = true;
    const task = this.loop.current;
    const waiter = new Waiter(this, task, onOk as Callback, onError as Callback);
    if (this.outcome) {
      waiter.tell(this.outcome);
    } else if (this.loop.running) {
      this.wait(waiter);
      task?.waits(this);
    } else {
      const message = `Cannot await ${this.label}: its event loop is not running. ` +
        "Await loop.runUntilComplete(…) instead.";
      waiter.tell({ ok: false, error: new LessonError(message) });
    }
    return waiter as PromiseLike<A | B>;
  }

  /** As a promise's: handles the error. */
  catch<B>(onError: (error: unknown) => B | PromiseLike<B>): PromiseLike<T | B> {
    return this.then(undefined, onError);
  }

  /** As a promise's: runs `onEnd` however this comes out. */
  finally(onEnd: () => void): Promise<T> {
    return Promise.resolve(this).finally(onEnd);
  }

  #settle(outcome: Outcome<T>): void {
    if (this.outcome) return;
    this.outcome = outcome;
    this.#callWaiters();
  }

  #callWaiters(): void {
    const first = this.#waiter;
    if (!first) return;
    const others = this.#others;
    this.#waiter = this.#others = undefined;
    this.loop.callSoon(first);
    others?.forEach((waiter) => this.loop.callSoon(waiter));
  }
}

type Callback = ((value: unknown) => unknown) | null | undefined;

/**
 * One who waits for a future: the task, and the two functions that continue it. It is also what `then` returns, and so
 * a promise of what these functions return; `await` never asks for that, hence it is made only when somebody does.
 */
class Waiter implements Handle, PromiseLike<unknown> {
  #result: Outcome<unknown> | undefined;
  #onResult: (() => void) | undefined;

  constructor(
    readonly future: Future<unknown>,
    readonly task: Task | undefined,
    readonly onOk: Callback,
    readonly onError: Callback,
  ) {}

  run(): void {
    const { future, task } = this;
    if (!future.done) future.run(); // it was only woken
    if (!future.outcome) return future.wait(this); // somebody was faster
    const cancelled = task?.resumes(future);
    this.tell(cancelled ? { ok: false, error: cancelled } : future.outcome);
  }

  tell(outcome: Outcome<unknown>): void {
    const callback = outcome.ok ? this.onOk : this.onError;
    try {
      this.#result = callback
        ? { ok: true, value: callback(outcome.ok ? outcome.value : outcome.error) }
        : outcome;
    } catch (error) {
      this.#result = { ok: false, error };
    }
    this.#onResult?.();
  }

  async then<A = unknown, B = never>(
    onOk?: ((value: unknown) => A | PromiseLike<A>) | null,
    onError?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    if (!this.#result) await new Promise<void>((ready) => this.#onResult = ready);
    const result = this.#result!;
    return (result.ok ? Promise.resolve(result.value) : Promise.reject(result.error)).then(onOk, onError);
  }
}

printedAs(Future.prototype, (future) => {
  const what = future.task ? `the task ${future.task.name}` : `what ${future.kind}(…) returned`;
  return `[${what}: ${future.done ? "done" : "not done yet"}; await gives its value]`;
});

// At run time, `const [value, time] = data.get()` fails with a sentence; TypeScript refuses it, as it should,
// since this is declared nowhere.
Object.defineProperty(Future.prototype, Symbol.iterator, {
  value(this: Future<unknown>) {
    throw new LessonError(
      `Cannot take ${this.label} apart: the value is there only once it is awaited. Write await in front of it.`,
    );
  },
});
