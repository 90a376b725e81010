// How `await` works, in one file.
//
// An async function runs like any other until it comes to an `await` whose value is not there yet. There it stops and
// leaves a callback behind: "continue me here". The stretch from one such stop to the next is a *slice*. The event loop
// keeps these callbacks in a queue, the *ready queue*, and calls them one at a time:
//
//   1. move every timer that is due to the end of the ready queue;
//   2. if the ready queue is empty, advance the clock to the next timer (see clock.ts), and try again;
//   3. call what is in the ready queue now, in order, one slice of a task per turn.
//
// When is a slice over? JavaScript does not tell: its promises have a queue of their own, and a task may await a dozen
// of them before it really stops. But the engine empties that queue before its own loop takes its next turn. So each
// slice gets a turn to itself (`nextTurn`): when the next turn begins, the slice is over, whatever it did. Only then may
// another task run, or the time advance.
//
// Three classes do this. A Future is a value that is not there yet, with the callbacks that wait for it. A Task is a
// future of what its function returns. The EventLoop has the ready queue, the timers and the turns.
import Denque from "denque";
import TinyQueue from "tinyqueue";
import { isAwaitable } from "./arguments.ts";
import { type Clock, VirtualClock } from "./clock.ts";
import { CancelledError, DeadlockError, LessonError, StoppedError } from "./errors.ts";
import * as mistakes from "./mistakes.ts";
import { nextTurn } from "./turns.ts";

/** The result of a future. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; error: unknown };

/** The origin of a future: the function that returned it, or "task". */
export type Kind = "sleep" | "get" | "put" | "external" | "gather" | "task" | "acquire" | "timeout";

/** A function that a task can run: one that returns a promise, as every `async` function does. */
export type TaskFunction<Args extends unknown[], T> = (...args: Args) => PromiseLike<T>;

/** An entry of the ready queue: a slice of `task`, or a step of the loop's own. */
export type Handle = { readonly task?: Task; run(): void };

/** Called by a promise or a future with its outcome. */
type On<Value, Result> = ((value: Value) => Result | PromiseLike<Result>) | null;
type Callback = On<unknown, unknown> | undefined;

/** Any function. */
// deno-lint-ignore no-explicit-any
export type Callable = (...args: any[]) => unknown;

/** Observes loops and queues; every method is optional. The loop does not know who observes, or why. */
export interface Instrument {
  /** `task` was created; nothing of it has run. */
  taskCreated?(task: Task): void;

  /** `task` ran from `start` to `end`, and came to an `await` or to its end. */
  sliceEnded?(task: Task, start: number, end: number): void;

  /** `task` called `by`, which returned `awaitable`. */
  awaitableCreated?(awaitable: Future, task: Task, by: Callable): void;

  /** `task` was cancelled, and does not know it yet. */
  taskCancelled?(task: Task): void;

  /** `task` came to its end. */
  taskDone?(task: Task): void;

  /** `queue` grew by `change` items, or shrank. */
  queueChanged?(change: number, queue: object): void;

  /** The run is over, however it ended. */
  runEnded?(): void;
}

/** The ready queue of a loop. */
export type ReadyQueue = Pick<Denque<Handle>, "push" | "shift" | "length" | "toArray">;

/**
 * The surroundings of loops and queues, given from outside: an experiment's, for example. Its ready queue may have another
 * order; warnings are told at its end.
 */
export type Context = {
  readonly clock: Clock;
  readonly instruments: readonly Instrument[];
  readonly warnings: string[];
  readyQueue?(): ReadyQueue;
};

const NONE: readonly Future[] = [];

/** The context that was set last, if any. */
export let context: Context | undefined;
let running: EventLoop | undefined;

/** Creates the instruments of a loop that has no context. */
export const defaultInstruments: (() => Instrument)[] = [];

/** Sets the context of all loops and queues from now on. */
export function setContext(next: Context | undefined): void {
  context = next;
}

/** The event loop that is running, if any. */
export function currentLoop(): EventLoop | undefined {
  return running;
}

/**
 * The event loop that is running.
 *
 * @param action names in the error what needs it: `Cannot ${action}: no event loop is running.`
 * @throws {LessonError} if none is running
 */
export function runningLoop(action: string): EventLoop {
  if (running) return running;
  throw new LessonError(mistakes.noLoop(action));
}

/**
 * A value that is not there yet: what `sleep`, `put` and `get` return, and what `await` waits for.
 *
 * It differs from a promise in one thing. A promise wakes its waiters as soon as the engine can; a future puts them into
 * the ready queue of its loop, which wakes one task after another.
 */
export class Future<T = unknown> implements PromiseLike<T>, Handle {
  /** True once anything has waited for it. */
  awaited = false;
  /** The futures on which it depends. Cancelling it cancels these instead. */
  readonly waitsFor: readonly Future[] = NONE;
  /** The value or the error, once there is one. */
  outcome: Outcome<T> | undefined;
  /** True while its waiters are in the ready queue though it is not done: the first that runs fetches the value. */
  protected woken = false;
  #waiters: Waiter[] | undefined;

  /** @param by the function of which a task gets it, if it is to be told of */
  constructor(readonly loop: EventLoop, readonly kind: Kind, by?: Callable) {
    const task = loop.current;
    if (by && task) { for (const it of loop.instruments) it.awaitableCreated?.(this, task, by); }
  }

  /** Its name in errors: `Cannot await ${label}`. */
  get label(): string {
    return `${this.kind}(…)`;
  }

  /** True once there is an outcome. */
  get done(): boolean {
    return this.outcome !== undefined;
  }

  /** True if it was cancelled. */
  get cancelled(): boolean {
    return this.outcome?.ok === false && this.outcome.error instanceof CancelledError;
  }

  /** Sets the value. Only the first outcome counts. */
  resolve(value: T): void {
    this.#settle({ ok: true, value });
  }

  /** Sets an error in place of the value. */
  reject(error: unknown): void {
    this.#settle({ ok: false, error });
  }

  /** Throws a {@linkcode CancelledError} at its waiters. Returns false if it was done already. */
  cancel(): boolean {
    if (!this.cancellable) return false;
    // A walk, not a recursion: a thousand tasks may wait for each other, even in a circle.
    const walk: Future[] = [this];
    const seen = new Set<Future>();
    let reached = false;
    for (let future = walk.pop(); future; future = walk.pop()) {
      if (seen.has(future)) continue;
      seen.add(future);
      const inner = future.waitsFor.filter((it) => it.cancellable);
      future.cancelling(inner.length > 0);
      reached ||= inner.length === 0;
      for (const it of inner.reverse()) walk.push(it);
    }
    if (!reached) this.reject(new CancelledError(`${this.label} was cancelled.`)); // nothing but a circle
    return true;
  }

  /** True if there is something to cancel. */
  protected get cancellable(): boolean {
    return !this.done;
  }

  /** Called when it is cancelled; `passedOn` if something that it waits for is cancelled instead. */
  protected cancelling(_passedOn = false): void {
    this.reject(new CancelledError(`${this.kind}(…) was cancelled.`));
  }

  /** Puts its waiters into the ready queue, or itself as long as it has none. */
  wake(): void {
    this.woken = true;
    if (this.#waiters) this.#callWaiters();
    else this.loop.callSoon(this);
  }

  /** Sets the value, if it can be had now. Called when the ready queue comes to it, or to its first waiter. */
  run(): void {
    this.resolve(undefined as T);
  }

  /** Calls `callback` from the loop, outside of any task, once this is done. */
  onDone(callback: () => void): void {
    this.wait(new Waiter(this, undefined, callback, callback));
  }

  /** Puts `waiter` into the ready queue once this is done. */
  wait(waiter: Waiter): void {
    if (this.done || this.woken) this.loop.callSoon(waiter);
    else if (this.#waiters) this.#waiters.push(waiter);
    else this.#waiters = [waiter];
  }

  /** Called by `await`. */
  then<A = T, B = never>(onOk?: On<T, A>, onError?: On<unknown, B>): PromiseLike<A | B> {
    this.awaited = true;
    const task = this.loop.current;
    const waiter = new Waiter(this, task, onOk as Callback, onError as Callback);
    if (this.done || running !== this.loop) {
      waiter.settle(this.outcome ?? { ok: false, error: new LessonError(mistakes.notRunning(this)) });
    } else {
      this.wait(waiter);
      task?.suspend(this);
    }
    return waiter as PromiseLike<A | B>;
  }

  /** Handles the error, as a promise's `catch`. */
  catch<B>(onError: On<unknown, B>): PromiseLike<T | B> {
    return this.then(undefined, onError);
  }

  /** Calls `onEnd` once this is done, as a promise's `finally`. */
  finally(onEnd: () => void): Promise<T> {
    return Promise.resolve(this).finally(onEnd);
  }

  #settle(outcome: Outcome<T>): void {
    if (this.outcome) return;
    this.outcome = outcome;
    this.#callWaiters();
  }

  #callWaiters(): void {
    this.#waiters?.forEach((waiter) => this.loop.callSoon(waiter));
    this.#waiters = undefined;
  }
}

/**
 * A task that waits for a future, with the callbacks that continue it. `then` returns it, so it is also a promise of what
 * the callbacks return. `await` never asks for that, hence it is settled only when somebody does.
 */
class Waiter implements Handle, PromiseLike<unknown> {
  #isSettled = false;
  #result: unknown; // where a callback failed, a rejected promise, which the engine reports if nobody handles it
  #ready: Promise<void> | undefined; // made where somebody asks before it is settled
  #onSettled: (() => void) | undefined;

  constructor(
    readonly future: Future,
    readonly task: Task | undefined,
    readonly onOk: Callback,
    readonly onError: Callback,
  ) {}

  run(): void {
    const { future, task } = this;
    if (!future.done) future.run(); // it was only woken
    if (!future.outcome) return future.wait(this); // another task was faster
    const cancelled = task?.resume(future);
    this.settle(cancelled ? { ok: false, error: cancelled } : future.outcome);
  }

  settle(outcome: Outcome<unknown>): void {
    const { onOk, onError } = this;
    try {
      if (outcome.ok) this.#result = onOk ? onOk(outcome.value) : outcome.value;
      else if (onError) this.#result = onError(outcome.error);
      else throw outcome.error;
    } catch (error) {
      this.#result = Promise.reject(error);
    }
    this.#isSettled = true;
    this.#onSettled?.();
  }

  async then<A = unknown, B = never>(onOk?: On<unknown, A>, onError?: On<unknown, B>): Promise<A | B> {
    if (!this.#isSettled) await (this.#ready ??= new Promise((ready) => this.#onSettled = ready));
    return Promise.resolve(this.#result).then(onOk, onError);
  }
}

/**
 * A function that runs in slices, created by {@linkcode EventLoop.createTask}. It is a future of what the function
 * returns, so that one task can await another.
 */
// deno-lint-ignore no-explicit-any
export class Task<T = any, Args extends unknown[] = any> extends Future<T> {
  /** Itself: it continues when the ready queue comes to it. */
  readonly task: Task = this;
  /** True if its function returned no promise: it is not `async`. */
  missesAsync = false;
  /** The futures that it awaits; empty while it runs. */
  override readonly waitsFor: Future[] = [];
  #cancelled: CancelledError | undefined; // to be thrown at its next `await`

  /** @param name the function's name; the second of that name in a loop is `name (2)` */
  constructor(
    loop: EventLoop,
    readonly name: string,
    readonly fn: TaskFunction<Args, T>,
    readonly args: Args,
  ) {
    super(loop, "task");
    loop.callSoon(this);
  }

  override get label(): string {
    return this.name;
  }

  /** Runs its first slice; the loop calls this once. */
  override async run(): Promise<void> {
    try {
      if (this.#cancelled) throw this.#cancelled;
      const { fn, args } = this;
      const promise = fn(...args); // not a method: tracebacks have its own name
      this.missesAsync = !isAwaitable(promise);
      if (this.missesAsync) throw new LessonError(mistakes.notAsync(this.name, promise));
      const value = await promise;
      if (this.#cancelled) throw this.#cancelled; // in its last slice
      this.resolve(value);
    } catch (error) {
      this.reject(error);
    }
    this.loop.taskDone(this);
  }

  /** Called when it comes to an `await`. */
  suspend(future: Future): void {
    this.waitsFor.push(future);
    if (this.#cancelled && future.cancel()) this.#cancelled = undefined;
  }

  /** Called when `future` is done and the task continues. Returns the error to be thrown in it, if it was cancelled. */
  resume(future: Future): CancelledError | undefined {
    if (this.waitsFor.length === 1) this.waitsFor.pop();
    else this.waitsFor.splice(this.waitsFor.indexOf(future), 1);
    const cancelled = this.#cancelled;
    this.#cancelled = undefined;
    return cancelled;
  }

  protected override cancelling(passedOn: boolean): void {
    if (!passedOn) this.#cancelled = new CancelledError(`${this.name} was cancelled.`);
    for (const it of this.loop.instruments) it.taskCancelled?.(this);
  }
}

/** A future that a timer resolves. Of two that are due at once, the one that was set first comes first. */
type Timer = { due: number; order: number; future: Future<void> };

/** A call of `runUntilComplete`. */
type Run = { resolve(): void; reject(reason: Error): void; complete: boolean };

/** The number of turns that are requested at a time, which makes them cheap. */
const BATCH = 256;

/**
 * Runs tasks by turns, each until its next `await`.
 *
 * ```ts
 * import { EventLoop, gather, now, sleep } from "@course/lib";
 *
 * async function wait(seconds: number) {
 *   await sleep(seconds);
 *   return now();
 * }
 *
 * const loop = new EventLoop();
 * const tasks = [2, 1].map((seconds) => loop.createTask(wait, seconds));
 * console.log(await loop.runUntilComplete(gather(...tasks))); // [ 2, 1 ]
 * ```
 */
export class EventLoop {
  /** The task that is running. */
  current: Task | undefined;
  /** The last run: fulfilled when it is over, rejected if it could not be completed. */
  ended: Promise<void> | undefined;
  /** Told of what happens. */
  readonly instruments: readonly Instrument[] = context?.instruments ?? defaultInstruments.map((it) => it());
  readonly #ready: ReadyQueue = context?.readyQueue?.() ?? new Denque<Handle>();
  readonly #timers = new TinyQueue<Timer>([], (a, b) => a.due - b.due || a.order - b.order);
  readonly #pending = new Set<Task>(); // tasks that are not done
  readonly #names = new Map<string, number>();
  #timersSet = 0;
  #sliceStart = 0;
  #turnsRequested = 0;
  #left = 0; // handles left in this round of the ready queue
  #external = 0; // futures that something outside will resolve
  #idle = false; // until an alarm rings, or something outside has come
  #cancelAlarm = () => {};
  #run: Run | undefined; // while it lasts

  /** @param clock counts in seconds; by default the context's, or else a virtual one */
  constructor(readonly clock: Clock = context?.clock ?? new VirtualClock()) {}

  /** The tasks in the ready queue, in order. */
  get ready(): Task[] {
    return this.#ready.toArray().flatMap(({ task }) => task ?? []);
  }

  /**
   * Creates a task from a function and its arguments. Nothing of it runs before the loop does.
   *
   * @throws {LessonError} if `fn` is no function; a promise, for example, which would be running already
   */
  createTask<Args extends unknown[], T>(fn: TaskFunction<Args, T>, ...args: Args): Task<T> {
    if (typeof fn !== "function") throw new LessonError(mistakes.noFunction(fn));
    const name = fn.name || "task";
    const count = (this.#names.get(name) ?? 0) + 1;
    this.#names.set(name, count);
    const task = new Task(this, count === 1 ? name : `${name} (${count})`, fn, args);
    this.#pending.add(task);
    for (const it of this.instruments) it.taskCreated?.(task);
    return task;
  }

  /**
   * Runs until `future`, a task or a `gather` of several, is done, and returns its value.
   *
   * @throws what the task threw; a {@linkcode DeadlockError} if it can never be done; a {@linkcode LessonError} if a loop
   * is running already
   */
  async runUntilComplete<T>(future: Future<T>): Promise<T> {
    if (future?.loop !== this) throw new LessonError(mistakes.notOfThisLoop(future));
    if (running) throw new LessonError("Cannot run the event loop: one is running already; await it first.");
    running = this;
    future.awaited = true;
    this.ended = new Promise((resolve, reject) => {
      const run: Run = this.#run = { resolve, reject, complete: false };
      future.onDone(() => run.complete = true);
    });
    this.#requestTurns();
    await this.ended;
    return await future;
  }

  /** Ends the run, which throws `reason`. The tasks stay where they are. */
  stop(reason: Error = new StoppedError("The run was stopped.")): void {
    this.#endSlice();
    this.#cancelAlarm();
    this.#finish()?.reject(reason);
  }

  /** Adds `handle` to the end of the ready queue. */
  callSoon(handle: Handle): void {
    this.#ready.push(handle);
  }

  /** Resolves `future` after `seconds`. */
  resolveAfter(seconds: number, future: Future<void>): void {
    this.#timers.push({ due: this.clock.now() + seconds, order: this.#timersSet++, future });
  }

  /** Keeps the loop waiting, and virtual time still, until the function that it returns is called. */
  waitOutside(): () => void {
    this.#external++;
    return () => {
      this.#external--;
      if (this.#idle) this.#requestTurns();
    };
  }

  /** Called by a task at its end. */
  taskDone(task: Task): void {
    this.#pending.delete(task);
    for (const it of this.instruments) it.taskDone?.(task);
  }

  #finish() {
    const run = this.#run;
    if (!run) return;
    this.#run = running = undefined;
    for (const it of this.instruments) it.runEnded?.();
    return run;
  }

  /** Runs one slice. */
  readonly #turn = (): void => {
    this.#turnsRequested--;
    if (!this.#run || this.#idle) return;
    const last = this.#endSlice();
    if (last && !last.done && last.waitsFor.length === 0) {
      this.stop(new LessonError(mistakes.unknownAwait(last)));
    }
    while (this.#run && !this.current) {
      if (this.#left === 0 && !this.#startRound()) return;
      const handle = this.#ready.shift()!;
      this.#left--;
      if (handle.task) this.#sliceStart = this.clock.now();
      this.current = handle.task;
      handle.run();
    }
    if (this.#turnsRequested === 0) this.#requestTurns();
  };

  /** Makes sure that the ready queue is not empty. Returns false if the loop is idle or the run over. */
  #startRound(): boolean {
    if (this.#run?.complete) {
      this.#finish()?.resolve();
      return false;
    }
    if (this.#ready.length === 0 && !this.#reachNextTimer()) return false;
    const now = this.clock.now();
    while ((this.#nextTimer()?.due ?? Infinity) <= now) this.#ready.push(this.#timers.pop()!.future);
    this.#left = this.#ready.length;
    return this.#left > 0;
  }

  #reachNextTimer(): boolean {
    const timer = this.#nextTimer();
    if (timer && (this.clock.alarm || this.#external === 0)) {
      if (this.clock.reach(timer.due)) return true;
      this.#cancelAlarm = this.clock.alarm!(timer.due, () => this.#requestTurns());
    } else if (this.#external === 0) this.stop(new DeadlockError(mistakes.deadlock(this.#pending)));
    this.#idle = true;
    return false;
  }

  #nextTimer(): Timer | undefined {
    while (this.#timers.peek()?.future.done) this.#timers.pop(); // cancelled
    return this.#timers.peek();
  }

  /** Ends the slice of the task that ran last, and returns the task. */
  #endSlice(): Task | undefined {
    const task = this.current;
    if (!task) return;
    this.current = undefined;
    for (const it of this.instruments) it.sliceEnded?.(task, this.#sliceStart, this.clock.now());
    return task;
  }

  #requestTurns(): void {
    this.#cancelAlarm();
    this.#idle = false;
    for (; this.#turnsRequested < BATCH; this.#turnsRequested++) nextTurn(this.#turn);
  }
}

mistakes.explainFutures(Future.prototype);
