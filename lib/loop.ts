// How `await` works, in one file.
//
// An async function runs like any other until it comes to an `await` on something that is not there yet. There it
// stops, and leaves behind a note of where it was: "continue me here". The stretch from one such stop to the next is
// a *slice*. The event loop is nothing but the one who keeps these notes, and who calls them one by one:
//
//   1. move every sleeper whose time has come to the end of the line;
//   2. where the line is empty, go to the time at which the next sleeper wakes (see clock.ts), and again;
//   3. take those in the line now, one after another, and run one slice of each.
//
// The one hard question is when a slice is over, since nobody tells: JavaScript's promises run in the engine's own
// queue, and a task may await a dozen helpers before it really stops. But the engine empties that queue whenever a turn
// of *its* loop ends. So each slice gets a turn to itself (see turns.ts): when the next turn begins, the slice is over,
// whatever it did. Only then may another task run, or the time jump. Turns are asked for BATCH at a time, which makes
// them cheap.
import Denque from "denque";
import TinyQueue from "tinyqueue";
import { describe } from "./check.ts";
import type { Clock } from "./clock.ts";
import { deadlock, stray } from "./deadlock.ts";
import { LessonError, StoppedError } from "./errors.ts";
import type { Future } from "./future.ts";
import type { Callable, Instrument } from "./instrument.ts";
import { NeverAwaited } from "./never_awaited.ts";
import { currentLoop, setRunningLoop } from "./running.ts";
import { currentSetting } from "./setting.ts";
import { Task, type TaskFunction } from "./task.ts";
import { nextTurn } from "./turns.ts";
import { VirtualClock } from "./virtual_clock.ts";

/** What stands in the line: something to run, as a slice of a task or of none. */
export interface Handle {
  readonly task: Task | undefined;
  run(): void;
}

/** What sleeps until its time has come; of two due at once, the one that came first goes first. */
interface Timer {
  readonly due: number;
  readonly order: number;
  readonly future: Future<void>;
}

/** How a run ends. */
interface End {
  ok(): void;
  fail(reason: Error): void;
}

/** How many turns are asked for at a time. */
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
  /** What tells the time, in seconds; in an experiment, the experiment's. */
  readonly clock: Clock;
  /** The task that runs now. */
  current: Task | undefined;
  /** Fulfilled when the run is over, and rejected where it could not be brought to its end. */
  ended: Promise<void> | undefined;
  readonly #instruments: readonly Instrument[];
  readonly #line = new Denque<Handle>();
  readonly #timers = new TinyQueue<Timer>([], (a, b) => a.due - b.due || a.order - b.order);
  readonly #tasks = new Set<Task>(); // not done yet
  readonly #names = new Map<string, number>();
  #timersMade = 0;
  #sliceStart = 0;
  #turnsAsked = 0;
  #left = 0; // of this round of the line
  #external = 0; // things outside that are waited for
  #idle = false; // until an alarm rings, or something outside is there
  #cancelAlarm: (() => void) | undefined;
  #end: End | undefined; // of the run, while it lasts
  #complete = false;
  readonly #turn = (): void => this.#takeTurn();

  /** @param clock another clock than the experiment's; without an experiment, one that waits for nothing */
  constructor(clock?: Clock) {
    const setting = currentSetting();
    this.clock = clock ?? setting?.clock ?? new VirtualClock();
    this.#instruments = setting?.instruments ?? [new NeverAwaited(console.warn)];
  }

  /** Whether it runs. */
  get running(): boolean {
    return this.#end !== undefined;
  }

  /**
   * Makes a task of a function and its arguments. Nothing of it runs before the loop does.
   *
   * @throws {LessonError} where it is given no function; a promise, say, which would be running already
   */
  createTask<Args extends unknown[], T>(fn: TaskFunction<Args, T>, ...args: Args): Task<T> {
    if (typeof fn !== "function") {
      throw new LessonError(
        `Cannot create a task from ${
          describe(fn)
        }: give the function and its arguments, as in createTask(fn, 1, 2).`,
      );
    }
    const task = new Task(this, this.#nameFor(fn.name || "task"), fn, args);
    this.#tasks.add(task);
    task.onDone(() => this.#isDone(task));
    for (const instrument of this.#instruments) instrument.taskMade?.(task);
    return task;
  }

  /**
   * Runs until a task, or what `gather` makes of several, is complete, and returns what it returned.
   *
   * @throws what the task threw; a {@linkcode DeadlockError} where it can never be complete; a
   * {@linkcode LessonError} where a loop is running already
   */
  async runUntilComplete<T>(future: Future<T>): Promise<T> {
    if (!(future?.loop === this)) {
      throw new LessonError(
        `Cannot run ${future?.label ?? describe(future)}: give a task of this loop, or a gather of them.`,
      );
    }
    if (currentLoop()) {
      throw new LessonError("Cannot run the event loop: one is running already; await it first.");
    }
    future.awaited = true;
    await (this.ended = this.#run(future));
    const outcome = future.outcome!;
    if (outcome.ok) return outcome.value;
    throw outcome.error;
  }

  /** Ends the run, which throws `reason`; the tasks stay where they are. */
  stop(reason: Error = new StoppedError("The run was stopped.")): void {
    this.#sliceIsOver();
    this.#cancelAlarm?.();
    this.#cancelAlarm = undefined;
    this.#finish()?.fail(reason);
  }

  /** Puts something at the end of the line. */
  callSoon(handle: Handle): void {
    this.#line.push(handle);
  }

  /** Has `future` resolved after a number of seconds. */
  resolveAfter(seconds: number, future: Future<void>): void {
    this.#timers.push({ due: this.clock.now() + seconds, order: this.#timersMade++, future });
  }

  /** Has the loop wait, with time standing still, until what is returned is called. */
  waitOutside(): () => void {
    this.#external++;
    return () => {
      this.#external--;
      if (this.#idle) this.#askForTurns();
    };
  }

  /** Tells those who listen that the task has called `by`, whose result it should await. */
  made(awaitable: Future<unknown>, by: Callable): void {
    const task = this.current;
    if (!task) return;
    for (const instrument of this.#instruments) instrument.awaitableMade?.(awaitable, task, by);
  }

  #run(future: Future<unknown>): Promise<void> {
    setRunningLoop(this);
    this.#complete = false;
    return new Promise((ok, fail) => {
      const end = this.#end = { ok, fail };
      future.onDone(() => {
        if (this.#end === end) this.#complete = true;
      });
      this.#askForTurns();
    });
  }

  #finish(): End | undefined {
    const end = this.#end;
    if (!end) return;
    this.#end = undefined;
    setRunningLoop(undefined);
    for (const instrument of this.#instruments) instrument.runEnded?.();
    return end;
  }

  /** Runs one slice. */
  #takeTurn(): void {
    this.#turnsAsked--;
    if (!this.#end || this.#idle) return;
    this.#sliceIsOver();
    while (this.#end) {
      if (this.#left === 0 && !this.#startRound()) return;
      const handle = this.#line.shift()!;
      this.#left--;
      if (handle.task) {
        this.current = handle.task;
        this.#sliceStart = this.clock.now();
        handle.run();
        break;
      }
      handle.run();
    }
    if (this.#turnsAsked === 0) this.#askForTurns();
  }

  /** Fills the line, where it can be filled now; otherwise sees to it that the loop is called again, or ends it. */
  #startRound(): boolean {
    if (this.#complete) {
      this.#finish()?.ok();
      return false;
    }
    if (this.#line.isEmpty() && !this.#reachNextTimer()) return false;
    const now = this.clock.now();
    for (let timer = this.#nextTimer(); timer && timer.due <= now; timer = this.#nextTimer()) {
      this.#line.push(this.#timers.pop()!.future);
    }
    this.#left = this.#line.length;
    return this.#left > 0;
  }

  #reachNextTimer(): boolean {
    const timer = this.#nextTimer();
    if (timer && (!this.clock.instant || this.#external === 0)) {
      if (this.clock.reach(timer.due)) return true;
      this.#cancelAlarm = this.clock.alarm(timer.due, () => this.#askForTurns());
    } else if (this.#external === 0) {
      this.stop(deadlock(this.#tasks));
    }
    this.#idle = true;
    return false;
  }

  #nextTimer(): Timer | undefined {
    while (this.#timers.peek()?.future.done) this.#timers.pop(); // cancelled: time need not go there
    return this.#timers.peek();
  }

  #sliceIsOver(): void {
    const task = this.current;
    if (!task) return;
    this.current = undefined;
    const now = this.clock.now();
    for (const instrument of this.#instruments) instrument.sliceEnded?.(task, this.#sliceStart, now);
    if (!task.done && task.waitsFor.length === 0) this.stop(stray(task));
  }

  #isDone(task: Task): void {
    this.#tasks.delete(task);
    for (const instrument of this.#instruments) instrument.taskDone?.(task);
  }

  #askForTurns(): void {
    this.#cancelAlarm?.();
    this.#cancelAlarm = undefined;
    this.#idle = false;
    while (this.#turnsAsked < BATCH) {
      this.#turnsAsked++;
      nextTurn(this.#turn);
    }
  }

  #nameFor(name: string): string {
    const count = (this.#names.get(name) ?? 0) + 1;
    this.#names.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  }
}
