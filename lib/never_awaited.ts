import type { Future } from "./future.ts";
import type { Callable, Instrument } from "./instrument.ts";
import type { Task } from "./task.ts";

/** For how many calls of a run the place is looked up: it takes two microseconds, more than all the rest. */
const PLACES = 1_000;

/** Tells, when a run is over, of every `sleep`, `put` and `get` that was called and never awaited. */
export class NeverAwaited implements Instrument {
  readonly #warn: (sentence: string) => void;
  readonly #fresh: Future<unknown>[] = []; // made in this slice
  #stacks: (string | undefined)[] = []; // of the first of them
  #suspects: { awaitable: Future<unknown>; call: string }[] = [];
  #failed: Task[] = [];
  #placesLeft = PLACES;

  /** @param warn called with one sentence for each task and call */
  constructor(warn: (sentence: string) => void) {
    this.#warn = warn;
  }

  awaitableMade(awaitable: Future<unknown>, by: Callable): void {
    this.#fresh.push(awaitable);
    if (this.#placesLeft > 0) {
      this.#placesLeft--;
      this.#stacks.push(callerOf(by));
    }
  }

  sliceEnded(task: Task): void {
    const fresh = this.#fresh;
    for (let i = 0; i < fresh.length; i++) {
      const awaitable = fresh[i];
      if (!awaitable.awaited) {
        this.#suspects.push({ awaitable, call: callOf(task, awaitable, this.#stacks[i]) });
      }
    }
    while (fresh.pop()); // by hand: a `length = 0` would have the next slice allocate anew
    if (this.#stacks.length > 0) this.#stacks = [];
  }

  taskDone(task: Task): void {
    if (task.outcome?.ok === false && !task.awaited && !task.cancelled) this.#failed.push(task);
  }

  runEnded(): void {
    const times = new Map<string, number>();
    for (const { awaitable, call } of this.#suspects) {
      if (!awaitable.awaited) times.set(call, (times.get(call) ?? 0) + 1);
    }
    for (const [call, count] of times) {
      this.#warn(
        `${call} was never awaited${count === 1 ? "" : `, ${count} times`}: write await in front of it.`,
      );
    }
    for (const { name, outcome } of this.#failed) {
      if (outcome?.ok === false) this.#warn(`${name} failed, and nobody awaited it: ${outcome.error}`);
    }
    this.#suspects = [];
    this.#failed = [];
  }
}

/** Where a function was called from: `at name (file:line:column)`. */
function callerOf(by: Callable): string | undefined {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  const holder: { stack?: string } = {};
  Error.captureStackTrace?.(holder, by);
  Error.stackTraceLimit = limit;
  return holder.stack?.split("\n")[1];
}

/**
 * The call, as its task's source has it, with the line where there is a file. A notebook's cell has no file, and
 * its kernel counts the lines of its own translation; hence the code is quoted instead.
 */
function callOf(task: Task, awaitable: Future<unknown>, stack = ""): string {
  const [, url, line, column] = /\(?([^\s()]+):(\d+):(\d+)\)?$/.exec(stack) ?? [];
  const start = Number(column) - 1;
  const code = task.source.split("\n").find((code) => code.startsWith(`${awaitable.kind}(`, start));
  const object = code?.slice(0, start).match(/[\w$.#]*$/)?.[0] ?? "";
  const file = url?.startsWith("file:") ? ` (${url.split("/").at(-1)}, line ${line})` : "";
  return `${object}${awaitable.kind}(…) in ${task.name}${file}`;
}
