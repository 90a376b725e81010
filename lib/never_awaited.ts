import type { Future } from "./future.ts";
import type { Callable, Instrument } from "./instrument.ts";
import type { Task } from "./task.ts";

/** For how many calls of a run the place is looked up: it takes two microseconds, more than all the rest. */
const PLACES = 1_000;

/** A call of something that should be awaited. */
interface Call {
  readonly awaitable: Future<unknown>;
  readonly task: Task;
  readonly place: { stack?: string } | undefined;
}

/** Tells, when a run is over, of every `sleep`, `put` and `get` that was called and never awaited. */
export class NeverAwaited implements Instrument {
  readonly #warn: (sentence: string) => void;
  #last: Call | undefined; // nearly always awaited by the time of the next
  #calls: Call[] = []; // others that were not awaited so far
  #sweepAt = PLACES; // so many calls: then those that are awaited by now are dropped
  #placesLeft = PLACES;
  #failed: Task[] = [];

  /** @param warn called with one sentence for each task and call */
  constructor(warn: (sentence: string) => void) {
    this.#warn = warn;
  }

  awaitableMade(awaitable: Future<unknown>, task: Task, by: Callable): void {
    this.#keepLast();
    this.#last = { awaitable, task, place: this.#placesLeft-- > 0 ? callerOf(by) : undefined };
  }

  taskDone(task: Task): void {
    if (task.outcome?.ok === false && !task.cancelled) this.#failed.push(task);
  }

  runEnded(): void {
    this.#keepLast();
    this.#sweep();
    const times = new Map<string, number>();
    for (const call of this.#calls) {
      const code = codeOf(call);
      times.set(code, (times.get(code) ?? 0) + 1);
    }
    for (const [code, count] of times) {
      this.#warn(
        `${code} was never awaited${count === 1 ? "" : `, ${count} times`}: write await in front of it.`,
      );
    }
    for (const { name, outcome, awaited } of this.#failed) {
      if (outcome?.ok === false && !awaited) {
        this.#warn(`${name} failed, and nobody awaited it: ${outcome.error}`);
      }
    }
    this.#calls = [];
    this.#failed = [];
  }

  #keepLast(): void {
    if (!this.#last || this.#last.awaitable.awaited) return;
    this.#calls.push(this.#last);
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
