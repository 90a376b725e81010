import { CancelledError, LessonError } from "./errors.ts";
import type { EventLoop, Handle } from "./loop.ts";
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
export class Future<T> implements PromiseLike<T> {
  /** The loop that wakes whoever waits. */
  readonly loop: EventLoop;
  /** What made it. */
  readonly kind: Kind;
  /** Whether anybody has waited for it. */
  awaited = false;
  readonly #label: (() => string) | undefined;
  #outcome: Outcome<T> | undefined;
  #waiters: Waiter | undefined; // the first of a chain
  #claim: (() => void) | undefined;
  #claimant: Waiter | undefined; // the one that claims now

  /** @param label what it is, as an error would say it: `cannot await ${label}` */
  constructor(loop: EventLoop, kind: Kind, label?: () => string) {
    this.loop = loop;
    this.kind = kind;
    this.#label = label;
  }

  /** What it is, as an error would say it. */
  get label(): string {
    return this.#label?.() ?? `${this.kind}(…)`;
  }

  /** Whether the value, or the error, is there. */
  get done(): boolean {
    return this.#outcome !== undefined;
  }

  /** Whether it was cancelled. */
  get cancelled(): boolean {
    return this.#outcome?.ok === false && this.#outcome.error instanceof CancelledError;
  }

  /** The value or the error, once there is one. */
  get outcome(): Outcome<T> | undefined {
    return this.#outcome;
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
    this.reject(new CancelledError(`${this.label} was cancelled.`));
    return true;
  }

  /**
   * Wakes the waiting task, and has the value fetched by `claim` no sooner than the task's turn has come. Where the
   * claim does not settle the future after all, the task sleeps on.
   */
  wake(claim: () => void): void {
    this.#claim = claim;
    this.loop.callSoon(this.#waiters ?? { task: undefined, run: () => this.done || claim() });
  }

  /** Gives way: whoever awaits this goes to the end of the line, once. */
  yieldOnce(): void {
    this.#claim = () => this.resolve(undefined as T);
  }

  /** Calls back, in a turn of the loop but outside of any task, when this is done. */
  onDone(callback: () => void): void {
    const waiter = new Waiter(this, undefined, callback, callback);
    if (this.#outcome) this.loop.callSoon(waiter);
    else this.#add(waiter);
  }

  /** What `await` calls. */
  then<A = T, B = never>(
    onOk?: ((value: T) => A | PromiseLike<A>) | null,
    onError?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): PromiseLike<A | B> {
    this.awaited = true;
    const task = this.loop.current;
    const waiter = new Waiter(this, task, onOk as Callback, onError as Callback);
    if (this.#outcome) {
      waiter.deliver(this.#outcome);
    } else if (!this.loop.running) {
      const message = `Cannot await ${this.label}: its event loop is not running.`;
      waiter.deliver({
        ok: false,
        error: new LessonError(`${message} Await loop.runUntilComplete(…) instead.`),
      });
    } else {
      task?.waitsFor.push(this);
      this.#add(waiter);
      if (this.#claim) this.loop.callSoon(waiter);
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

  /** For a {@linkcode Waiter} whose turn has come: what it shall be told, or undefined where it must wait on. */
  outcomeFor(waiter: Waiter): Outcome<T> | undefined {
    if (!this.#outcome && this.#claim) {
      const claim = this.#claim;
      this.#claim = undefined;
      this.#claimant = waiter;
      claim();
      this.#claimant = undefined;
    }
    return this.#outcome;
  }

  #add(waiter: Waiter): void {
    let last = this.#waiters;
    if (!last) {
      this.#waiters = waiter;
      return;
    }
    while (last.next) last = last.next;
    last.next = waiter;
  }

  #settle(outcome: Outcome<T>): void {
    if (this.#outcome) return;
    this.#outcome = outcome;
    for (let waiter = this.#waiters; waiter; waiter = waiter.next) {
      if (waiter !== this.#claimant) this.loop.callSoon(waiter);
    }
    this.#waiters = undefined;
  }
}

type Callback = ((value: unknown) => unknown) | null | undefined;

/**
 * One who waits for a future: the task, and the two functions that continue it. It is also what `then` returns, and so
 * a promise of what these functions return; `await` never asks for that, hence it is made only when somebody does.
 */
class Waiter implements Handle, PromiseLike<unknown> {
  next: Waiter | undefined;
  readonly task: Task | undefined;
  readonly #future: Future<unknown>;
  readonly #onOk: Callback;
  readonly #onError: Callback;
  #result: Outcome<unknown> | undefined;
  #onResult: (() => void) | undefined;

  constructor(future: Future<unknown>, task: Task | undefined, onOk: Callback, onError: Callback) {
    this.task = task;
    this.#future = future;
    this.#onOk = onOk;
    this.#onError = onError;
  }

  run(): void {
    if (this.#result) return;
    const outcome = this.#future.outcomeFor(this);
    if (outcome) this.deliver(outcome);
  }

  deliver(outcome: Outcome<unknown>): void {
    const cancelled = this.task?.resumes(this.#future);
    this.#result = cancelled ? { ok: false, error: cancelled } : outcome;
    const next = this.#result.ok ? this.#onOk : this.#onError;
    if (next) {
      try {
        this.#result = { ok: true, value: next(this.#result.ok ? this.#result.value : this.#result.error) };
      } catch (error) {
        this.#result = { ok: false, error };
      }
    }
    this.#onResult?.();
  }

  then<A = unknown, B = never>(
    onOk?: ((value: unknown) => A | PromiseLike<A>) | null,
    onError?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    const result = new Promise<void>((done) => this.#result ? done() : this.#onResult = done).then(() => {
      if (this.#result!.ok) return this.#result!.value;
      throw this.#result!.error;
    });
    return result.then(onOk, onError);
  }
}

// At run time, `const [value, time] = data.get()` fails with a sentence; TypeScript refuses it, as it should,
// since this is declared nowhere.
Object.defineProperty(Future.prototype, Symbol.iterator, {
  value(this: Future<unknown>) {
    throw new LessonError(
      `Cannot take ${this.label} apart: the value is there only once it is awaited. Write await in front of it.`,
    );
  },
});
