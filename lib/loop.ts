// How `await` works, in one file.
//
// An async function runs like any other until it reaches an `await` whose value is not there yet. There it stops, and
// leaves a callback with what it awaits: "continue me here". The stretch from one such stop to the next is a *slice*.
// When the value arrives, the callback moves to the end of the *ready queue*. The event loop works through that queue,
// round after round:
//
//   1. if the ready queue is empty, advance the clock to the next timer (see clock.ts);
//   2. move every timer that is due to the end of the ready queue;
//   3. run what is in the ready queue now, in order, one slice per turn; what is added meanwhile waits for the next round.
//
// When is a slice over? JavaScript does not say: its promises have a queue of their own, and a task may await a dozen of
// them before it really stops. But the engine empties that queue before its own event loop takes its next turn. So each
// slice gets a turn to itself (see turns.ts): when the next turn begins, the slice is over, whatever it did. Only then
// may another task run, or the clock advance.
//
// Three classes do this. A Future is a value that is not there yet, and keeps the callbacks that wait for it. A Task runs
// an async function in slices; it is a Future of what the function returns. The EventLoop has the ready queue, the timers
// and the turns.
//
// So this is `await sleep(1)`. `sleep` creates a Future and sets a timer. `await` calls the future's `then`, which keeps
// the task's callback, as a Waiter; the slice ends. A second later the loop moves the future to the ready queue, and runs
// it: `Future.run` resolves it, which moves the waiter to the ready queue. `Waiter.run` calls the callback: the next slice.
import Denque from "denque";
import TinyQueue from "tinyqueue";
import { isAwaitable } from "./arguments.ts";
import { type Clock, VirtualClock } from "./clock.ts";
import { CancelledError, DeadlockError, LessonError, StoppedError } from "./errors.ts";
import * as mistakes from "./mistakes.ts";
import { nextTurn } from "./turns.ts";
import { uniqueName } from "./words.ts";

/** The value or the error of a future that is done. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; error: unknown };

/** The function that returned a future, or "task". */
export type Kind = "sleep" | "get" | "put" | "external" | "gather" | "task" | "acquire" | "timeout";

/** A function that a task can run: it returns a promise, as every `async` function does. */
export type TaskFunction<Args extends unknown[], T> = (...args: Args) => PromiseLike<T>;

/** An entry of the ready queue. `run` starts a slice of `task`; without one, it is a step of the loop's own. */
export type Handle = { readonly task?: Task; run(): void };

/** A callback of `then`. */
type On<Value, Result> = ((value: Value) => Result | PromiseLike<Result>) | null;
type Callback = On<unknown, unknown> | undefined;

/** Any function. */
// deno-lint-ignore no-explicit-any
export type Callable = (...args: any[]) => unknown;

/** Observes loops and queues. Every method is optional; the loop does not know who observes, or why. */
export interface Instrument {
  /** `task` was created, and has not started. */
  taskCreated?(task: Task): void;

  /** `task` ran from `start` to `end`, and has stopped at an `await` or ended. */
  sliceEnded?(task: Task, start: number, end: number): void;

  /** `task` called `by`, which returned `awaitable`. */
  awaitableCreated?(awaitable: Future, task: Task, by: Callable): void;

  /** `task` was cancelled; the error will be thrown in it when it next runs. */
  taskCancelled?(task: Task): void;

  /** `task` ended. */
  taskDone?(task: Task): void;

  /** `queue` grew by `change` items, or shrank if that is negative. */
  queueChanged?(change: number, queue: object): void;

  /** The run ended, in whatever way. */
  runEnded?(): void;
}

/** The ready queue of a loop. */
export type ReadyQueue = Pick<Denque<Handle>, "push" | "shift" | "length" | "toArray">;

/** The surroundings of all loops and queues, set from outside: an experiment is such a context. */
export type Context = {
  readonly clock: Clock;
  readonly instruments: readonly Instrument[];
  /** Sentences to be printed at the end. */
  readonly warnings: string[];
  /** The number of tasks and lanes of each name: the second is `name (2)`. */
  readonly names: Map<string, number>;
  /** Creates the ready queue of a loop; by default, first come is first served. */
  readyQueue?(): ReadyQueue;
};

/** The current context, if any. */
export let context: Context | undefined;
let running: EventLoop | undefined;

/** Functions that create the instruments of a loop without a context. */
export const defaultInstruments: (() => Instrument)[] = [];

/** Sets the context of all loops and queues from now on. */
export function setContext(next: Context | undefined): void {
  context = next;
}

/** Returns the event loop that is running, if any. */
export function currentLoop(): EventLoop | undefined {
  return running;
}

/**
 * Returns the event loop that is running.
 *
 * @param action for the error: `Cannot ${action}: no event loop is running.`
 * @throws {LessonError} if none is running
 */
export function runningLoop(action: string): EventLoop {
  if (running) return running;
  throw new LessonError(mistakes.noLoop(action));
}

/**
 * A value that is not there yet. `sleep`, `put` and `get` return one, and `await` waits for it.
 *
 * It differs from a promise in one way: a promise calls its callbacks as soon as the engine can; a future moves them to
 * the ready queue of its loop, which continues one task at a time.
 */
export class Future<T = unknown> implements PromiseLike<T>, Handle {
  /** True once something has waited for it. */
  awaited = false;
  /** The futures it depends on. Cancelling it cancels these instead. */
  readonly waitsFor: readonly Future[] = [];
  /** The value or the error, once it is done. */
  outcome: Outcome<T> | undefined;
  /** True if it was woken and is not done. */
  protected woken = false;
  #waiters: Waiter[] | undefined;

  /** @param by the function that returns it, if instruments are to be told */
  constructor(readonly loop: EventLoop, readonly kind: Kind, by?: Callable) {
    const task = loop.current;
    if (by && task) { for (const it of loop.instruments) it.awaitableCreated?.(this, task, by); }
  }

  /** Its name in errors, as in `Cannot await ${label}`. */
  get label(): string {
    return `${this.kind}(…)`;
  }

  /** True once it has an outcome. */
  get done(): boolean {
    return this.outcome !== undefined;
  }

  /** True if it was cancelled. */
  get cancelled(): boolean {
    return this.outcome?.ok === false && this.outcome.error instanceof CancelledError;
  }

  /** Sets the value, unless it is done already. */
  resolve(value: T): void {
    this.#settle({ ok: true, value });
  }

  /** Sets the error, unless it is done already. */
  reject(error: unknown): void {
    this.#settle({ ok: false, error });
  }

  /** Throws a {@linkcode CancelledError} where it is awaited. Returns false if it is done already. */
  cancel(): boolean {
    if (!this.cancellable) return false;
    // A loop, not a recursion: thousands of tasks may wait for each other, even in a circle.
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
    if (!reached) this.reject(new CancelledError(`${this.label} was cancelled.`)); // only tasks in a circle
    return true;
  }

  /** True if it can still be cancelled. */
  protected get cancellable(): boolean {
    return !this.done;
  }

  /** Called when it is cancelled; `passedOn` is true if the futures it depends on are cancelled instead. */
  protected cancelling(_passedOn = false): void {
    this.reject(new CancelledError(`${this.kind}(…) was cancelled.`));
  }

  /**
   * Moves its waiters to the ready queue although it is not done; if there are none yet, itself. The first of them to run
   * calls `run`, which sets the value: so a queue hands out an item only when the task that gets it runs.
   */
  wake(): void {
    this.woken = true;
    if (this.#waiters) this.#callWaiters();
    else this.loop.callSoon(this);
  }

  /** Sets the value, if there is one by now. Called from the ready queue. */
  run(): void {
    this.resolve(undefined as T);
  }

  /** Calls `callback` from the ready queue, outside of any task, once this is done. */
  onDone(callback: () => void): void {
    this.wait(new Waiter(this, undefined, callback, callback));
  }

  /** Moves `waiter` to the ready queue once this is done or woken. */
  wait(waiter: Waiter): void {
    if (this.done || this.woken) this.loop.callSoon(waiter);
    else if (this.#waiters) this.#waiters.push(waiter);
    else this.#waiters = [waiter];
  }

  /** Keeps the callbacks until this is done. `await` calls this, as it calls a promise's `then`. */
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

  /** Handles the error, like a promise's `catch`. */
  catch<B>(onError: On<unknown, B>): PromiseLike<T | B> {
    return this.then(undefined, onError);
  }

  /** Calls `onEnd` once this is done, like a promise's `finally`. */
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
 * A pair of callbacks that wait for a future, and the task that they continue. `Future.then` returns it, so it is also a
 * promise of what the callbacks return. `await` never uses that, so a real promise is created only for those who do.
 */
class Waiter implements Handle, PromiseLike<unknown> {
  #isSettled = false;
  #result: unknown; // if a callback threw, a rejected promise, which the engine reports if nobody handles it
  #settled: Promise<void> | undefined; // created if somebody asks before it is settled
  #onSettled: (() => void) | undefined;

  constructor(
    readonly future: Future,
    readonly task: Task | undefined,
    readonly onOk: Callback,
    readonly onError: Callback,
  ) {}

  run(): void {
    const { future, task } = this;
    if (!future.done) future.run(); // it was woken
    if (!future.outcome) return future.wait(this); // another task took the value
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
    if (!this.#isSettled) await (this.#settled ??= new Promise((done) => this.#onSettled = done));
    return Promise.resolve(this.#result).then(onOk, onError);
  }
}

/**
 * A function that runs in slices, created by {@linkcode EventLoop.createTask}. It is a future of what the function
 * returns, so one task can await another.
 */
// deno-lint-ignore no-explicit-any
export class Task<T = any, Args extends unknown[] = any> extends Future<T> {
  /** Itself, since it is the handle of its first slice. */
  readonly task: Task = this;
  /** True if its function returned no promise, so is not `async`. */
  missesAsync = false;
  /** The futures it awaits: several, for example, in `Promise.all`. */
  override readonly waitsFor: Future[] = [];
  #cancelled: CancelledError | undefined; // to be thrown when it continues, or at its next `await`

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

  /** Starts the function, which is its first slice, and waits for its end. */
  override async run(): Promise<void> {
    try {
      if (this.#cancelled) throw this.#cancelled;
      const { fn, args } = this;
      const promise = fn(...args); // not this.fn(…), which stack traces would call Task.fn
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

  /** Called when it awaits `future`. */
  suspend(future: Future): void {
    this.waitsFor.push(future);
    if (this.#cancelled && future.cancel()) this.#cancelled = undefined;
  }

  /** Called when `future` is done and it continues. Returns the error to throw in it, if it was cancelled. */
  resume(future: Future): CancelledError | undefined {
    if (this.waitsFor.length === 1) this.waitsFor.pop(); // faster, and nearly always so
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

/** A future to run at the time `due`. Of two that are due at once, the one that was set first goes first. */
type Timer = { due: number; order: number; future: Future<void> };

/** A call of `runUntilComplete`. Once it is `complete`, the round is the last one, as in asyncio. */
type Run = { resolve(): void; reject(reason: Error): void; complete: boolean };

/** The number of turns requested at a time: one by one, they would be slow. */
const BATCH = 256;

/**
 * Runs tasks in turn, each until its next `await`.
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
  /** The last run: fulfilled once it is complete, rejected if it was stopped. */
  ended: Promise<void> | undefined;
  /** The observers of this loop. */
  readonly instruments: readonly Instrument[] = context?.instruments ?? defaultInstruments.map((it) => it());
  readonly #ready: ReadyQueue = context?.readyQueue?.() ?? new Denque<Handle>();
  readonly #timers = new TinyQueue<Timer>([], (a, b) => a.due - b.due || a.order - b.order);
  readonly #pending = new Set<Task>(); // tasks that are not done
  readonly #names = context?.names ?? new Map<string, number>();
  #timersSet = 0;
  #sliceStart = 0;
  #turnsRequested = 0;
  #left = 0; // handles that this round has still to run
  #outside = 0; // futures that something outside will resolve
  #idle = false; // true while it waits for an alarm, or for something outside
  #cancelAlarm = () => {};
  #run: Run | undefined; // the run that is under way

  /** @param clock by default the context's, or else a virtual one */
  constructor(readonly clock: Clock = context?.clock ?? new VirtualClock()) {}

  /** The tasks in the ready queue, in order. */
  get ready(): Task[] {
    return this.#ready.toArray().flatMap(({ task }) => task ?? []);
  }

  /**
   * Creates a task from a function and its arguments. It starts when the ready queue comes to it, once the loop runs.
   *
   * @throws {LessonError} if `fn` is not a function; a promise, say, whose function is running already
   */
  createTask<Args extends unknown[], T>(fn: TaskFunction<Args, T>, ...args: Args): Task<T> {
    if (typeof fn !== "function") throw new LessonError(mistakes.noFunction(fn));
    const task = new Task(this, uniqueName(fn.name || "task", this.#names), fn, args);
    this.#pending.add(task);
    for (const it of this.instruments) it.taskCreated?.(task);
    return task;
  }

  /**
   * Runs until `future` is done, a task or a `gather` of several, and returns its value.
   *
   * @throws the error of the task; a {@linkcode DeadlockError} if it can never be done; a {@linkcode LessonError} if a
   * loop is running already
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

  /** Ends the run, which throws `reason`. The tasks stay where they are, for the next run to continue. */
  stop(reason: Error = new StoppedError("The run was stopped.")): void {
    this.#endSlice();
    this.#cancelAlarm();
    this.#finish()?.reject(reason);
  }

  /** Adds `handle` to the end of the ready queue. */
  callSoon(handle: Handle): void {
    this.#ready.push(handle);
  }

  /** Sets a timer that resolves `future` after `seconds`. */
  resolveAfter(seconds: number, future: Future<void>): void {
    this.#timers.push({ due: this.clock.now() + seconds, order: this.#timersSet++, future });
  }

  /** Keeps the run alive, and virtual time still, until the function it returns is called. */
  waitOutside(): () => void {
    this.#outside++;
    return () => {
      this.#outside--;
      if (this.#idle) this.#requestTurns();
    };
  }

  /** Called by a task when it ends. */
  taskDone(task: Task): void {
    this.#pending.delete(task);
    for (const it of this.instruments) it.taskDone?.(task);
  }

  /** Marks the run as over, and returns it for the caller to settle. */
  #finish(): Run | undefined {
    const run = this.#run;
    if (!run) return;
    this.#run = running = undefined;
    for (const it of this.instruments) it.runEnded?.();
    return run;
  }

  /** Ends the slice of the last turn, and runs handles up to the one that starts the next slice. */
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

  /** Moves due timers to the ready queue, and counts what this round has to run. Returns false if the loop is idle or the run over. */
  #startRound(): boolean {
    if (this.#run?.complete) {
      this.#finish()?.resolve();
      return false;
    }
    if (this.#ready.length === 0 && !this.#reachNextTimer()) return false;
    const now = this.clock.now();
    while ((this.#nextTimer()?.due ?? Infinity) <= now) this.#ready.push(this.#timers.pop()!.future);
    this.#left = this.#ready.length;
    return true;
  }

  /** Advances the clock to the next timer. Returns false if the loop has to wait, or the run can never end. */
  #reachNextTimer(): boolean {
    const timer = this.#nextTimer();
    if (timer && (this.clock.alarm || this.#outside === 0)) {
      if (this.clock.reach(timer.due)) return true;
      this.#cancelAlarm = this.clock.alarm!(timer.due, () => this.#requestTurns());
    } else if (this.#outside === 0) this.stop(new DeadlockError(mistakes.deadlock(this.#pending)));
    this.#idle = true;
    return false;
  }

  #nextTimer(): Timer | undefined {
    while (this.#timers.peek()?.future.done) this.#timers.pop(); // cancelled
    return this.#timers.peek();
  }

  /** Ends the slice of the current task, and returns that task. */
  #endSlice(): Task | undefined {
    const task = this.current;
    if (!task) return;
    this.current = undefined;
    for (const it of this.instruments) it.sliceEnded?.(task, this.#sliceStart, this.clock.now());
    return task;
  }

  /** Asks the engine for turns; the loop is not idle any more. */
  #requestTurns(): void {
    this.#cancelAlarm();
    this.#idle = false;
    for (; this.#turnsRequested < BATCH; this.#turnsRequested++) nextTurn(this.#turn);
  }
}

mistakes.explainFutures(Future.prototype);
