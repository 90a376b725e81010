import type { Future } from "./future.ts";
import type { Callable, Instrument } from "./instrument.ts";
import type { Task } from "./task.ts";

/** For how many calls of a run the place is looked up: it takes two microseconds, more than all the rest. */
const PLACES = 400;

/** A call of something that should be awaited. */
interface Call {
  readonly awaitable: Future<unknown>;
  readonly task: Task;
  readonly place: { stack?: string } | undefined;
}

/**
 * Tells, when a run is over, of every `sleep`, `put` and `get` that was called and never awaited, of calls of helpers
 * that were not, as far as these left a `sleep` behind, and of tasks that were never run.
 */
export class NeverAwaited implements Instrument {
  readonly #warn: (sentence: string) => void;
  #last: Future<unknown> | undefined; // nearly always awaited by the time of the next
  #lastTask: Task | undefined;
  #lastPlace: Call["place"];
  #calls: Call[] = []; // others that were not awaited so far
  #sweepAt = PLACES; // so many calls: then those that are awaited by now are dropped
  #placesLeft = PLACES;
  #failed: Task[] = [];
  #leftBehind: [task: Task, future: Future<unknown>][] = []; // what a task still waited for when it was done
  #notRun: Task[] = []; // those of loops that were not run so far

  /** @param warn called with one sentence for each task and call */
  constructor(warn: (sentence: string) => void) {
    this.#warn = warn;
  }

  taskMade(task: Task): void {
    if (!task.loop.ended) this.#notRun.push(task);
  }

  awaitableMade(awaitable: Future<unknown>, task: Task, by: Callable): void {
    this.#keepLast();
    this.#last = awaitable;
    this.#lastTask = task;
    this.#lastPlace = this.#placesLeft-- > 0 ? callerOf(by) : undefined;
  }

  taskDone(task: Task): void {
    if (task.outcome?.ok === false && !task.cancelled) this.#failed.push(task);
    const left = task.outcome?.ok ? task.waitsFor.find((future) => !future.done) : undefined;
    if (left) this.#leftBehind.push([task, left]);
  }

  runEnded(): void {
    this.#keepLast();
    this.#sweep();
    const times = new Map<string, number>();
    const notAsync = new Set<string>();
    const known = new Map<string, Set<string>>(); // the places of a task and a kind of call
    for (const call of this.#calls) {
      const { task, awaitable, place } = call;
      const whose = `${task.name} ${awaitable.kind}`;
      const places = known.get(whose) ?? new Set();
      // Beyond the first PLACES, a call counts to its only likely place.
      const code = !place && places.size === 1 ? [...places][0] : codeOf(call);
      if (place) known.set(whose, places.add(code));
      if (call.task.missesAsync) notAsync.add(code);
      times.set(code, (times.get(code) ?? 0) + 1);
    }
    for (const [code, count] of times) {
      this.#warn(
        `${code} was never awaited${count === 1 ? "" : `, ${count} times`}: write await in front of it${
          notAsync.has(code) ? ", and async in front of the function" : ""
        }.`,
      );
    }
    for (const { name, outcome, awaited } of this.#failed) {
      if (outcome?.ok === false && !awaited) {
        this.#warn(`${name} failed, and nobody awaited it: ${outcome.error}`);
      }
    }
    for (const [{ name }, { kind }] of this.#leftBehind) {
      this.#warn(
        `${name} ended while ${kind === "external" ? "an" : "a"} ${kind}(…) in it was still waited for: ` +
          "is an await missing in front of a call?",
      );
    }
    this.#calls = [];
    this.#failed = [];
    this.#leftBehind = [];
    this.#notRun = this.#notRun.filter((task) => !task.loop.ended);
  }

  /** The program in which the loops were made has come to its end: what has not run by now never will. */
  programEnded(): void {
    const names = this.#notRun.filter((task) => !task.loop.ended).map((task) => task.name);
    this.#notRun = [];
    if (names.length === 1) {
      this.#warn(`${names[0]} was created and never run: give it to loop.runUntilComplete(…).`);
    } else if (names.length > 1) {
      this.#warn(
        `${names.join(", ")} were created and never run: give them to loop.runUntilComplete(gather(…)).`,
      );
    }
  }

  #keepLast(): void {
    if (!this.#last || this.#last.awaited) return;
    this.#calls.push({ awaitable: this.#last, task: this.#lastTask!, place: this.#lastPlace });
    this.#last = undefined;
    if (this.#calls.length >= this.#sweepAt) this.#sweep();
  }

  #sweep(): void {
    this.#calls = this.#calls.filter(({ awaitable }) => !awaitable.awaited);
    this.#sweepAt = Math.max(PLACES, 2 * this.#calls.length);
  }
}

/** Where a function was called from: `at name (file:line:column)`, in the second line of a stack that is written when asked for. */
function callerOf(by: Callable): { stack?: string } {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  const holder: { stack?: string } = {};
  Error.captureStackTrace?.(holder, by);
  Error.stackTraceLimit = limit;
  return holder;
}

/**
 * The call, as its task's source has it, with the line where there is a file. A notebook's cell has no file, and
 * its kernel counts the lines of its own translation; hence the code is quoted instead.
 */
function codeOf({ awaitable, task, place }: Call): string {
  const stack = place?.stack?.split("\n")[1] ?? "";
  const [, url, line, column] = /\(?([^\s()]+):(\d+):(\d+)\)?$/.exec(stack) ?? [];
  const start = Number(column) - 1;
  const code = task.source.split("\n").find((code) => code.startsWith(`${awaitable.kind}(`, start));
  const object = code?.slice(0, start).match(/[\w$.#]*$/)?.[0].replace(/^exports\./, "") ?? ""; // a translation's word
  const file = url?.startsWith("file:") ? ` (${url.split("/").at(-1)}, line ${line})` : "";
  return `${object}${awaitable.kind}(…) in ${task.name}${file}`;
}
