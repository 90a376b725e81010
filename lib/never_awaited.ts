import { type Callable, defaultInstruments, type Future, type Instrument, type Task } from "./loop.ts";

/** The number of calls in a run whose place is captured: it takes two microseconds, more than all the rest. */
const PLACES = 400;

/** Finds a function that waits for one of several things. */
const RACE = /\bPromise\s*\.\s*(race|any)\b/;

/** A call of something that should be awaited. */
interface Call {
  readonly awaitable: Future<unknown>;
  readonly task: Task;
  readonly place: { stack?: string } | undefined;
}

/**
 * Warns, when a run is over, of every `sleep`, `put`, `get` and `gather` that was called and never awaited, of calls of
 * helpers that were not, as far as these left a future behind, and of tasks that failed or were never run.
 */
export class NeverAwaited implements Instrument {
  #last: Future<unknown> | undefined; // nearly always awaited by the time of the next
  #lastTask: Task | undefined;
  #lastPlace: Call["place"];
  #calls: Call[] = []; // others that were not awaited so far
  #sweepAt = PLACES; // at so many calls, those that are awaited by now are dropped
  #placesLeft = PLACES;
  #failed: Task[] = [];
  #leftBehind: string[] = []; // sentences about what a task still waited for when it was done
  #notRun: Task[] = []; // those of loops that were not run so far

  /** @param warn called with one sentence for each task and call */
  constructor(readonly warn: (sentence: string) => void) {}

  taskCreated(task: Task): void {
    if (!task.loop.ended) this.#notRun.push(task);
  }

  awaitableCreated(awaitable: Future<unknown>, task: Task, by: Callable): void {
    this.#keepLast();
    this.#last = awaitable;
    this.#lastTask = task;
    this.#lastPlace = this.#placesLeft-- > 0 ? callerOf(by) : undefined;
  }

  taskDone(task: Task): void {
    const { name, fn, outcome, waitsFor } = task;
    if (!outcome?.ok) return task.cancelled ? undefined : void this.#failed.push(task);
    const left = waitsFor.filter(({ done }) => !done).map(({ kind }) => kind);
    const kind = left.find((kind) => kind === "get") ?? left[0];
    if (!kind) return;
    const races = RACE.test(String(fn));
    if (races && kind !== "get") return; // what lost a race is no mistake; but a `get` goes on
    const effect = kind === "get" ? "it takes the next item, which nobody will see. " : "";
    const advice = races
      ? "Keep the future, as in const item = data.get(), and call item.cancel() if it loses the race."
      : `${effect ? "Is" : "is"} an await missing in front of a call?`;
    const call = kind === "external" ? "an external(…)" : `a ${kind}(…)`;
    this.#leftBehind.push(`${name} ended while ${call} in it was still waited for: ${effect}${advice}`);
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
      if (task.missesAsync) notAsync.add(code);
      times.set(code, (times.get(code) ?? 0) + 1);
    }
    for (const [code, count] of times) {
      const often = count === 1 ? "" : `, ${count} times`;
      const async = notAsync.has(code) ? ", and async in front of the function" : "";
      this.warn(`${code} was never awaited${often}: write await in front of it${async}.`);
    }
    for (const { name, outcome, awaited } of this.#failed) {
      if (!outcome?.ok && !awaited) this.warn(`${name} failed, and nobody awaited it: ${outcome?.error}`);
    }
    for (const sentence of this.#leftBehind) this.warn(sentence);
    this.#calls = [];
    this.#failed = [];
    this.#leftBehind = [];
    this.#notRun = this.#notRun.filter((task) => !task.loop.ended);
  }

  /** Warns of tasks that have not run, at the end of the program that created them. */
  programEnded(): void {
    const names = this.#notRun.filter((task) => !task.loop.ended).map((task) => task.name);
    this.#notRun = [];
    if (names.length === 0) return;
    const [were, them] = names.length === 1 ? ["was", "it"] : ["were", "them"];
    const what = names.length === 1 ? "…" : "gather(…)";
    this.warn(
      `${names.join(", ")} ${were} created and never run: give ${them} to loop.runUntilComplete(${what}).`,
    );
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

/** Captures the caller of `by`: `at name (file:line:column)`, in the second line of a stack that is written when read. */
function callerOf(by: Callable): { stack?: string } {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  const holder: { stack?: string } = {};
  Error.captureStackTrace?.(holder, by);
  Error.stackTraceLimit = limit;
  return holder;
}

/**
 * The call, as its task's source has it, with the line if there is a file. A notebook's cell has no file, and its kernel
 * counts the lines of its own translation; hence the code is quoted instead.
 */
function codeOf({ awaitable, task, place }: Call): string {
  const stack = place?.stack?.split("\n")[1] ?? "";
  const [, url, line, column] = /\(?([^\s()]+):(\d+):(\d+)\)?$/.exec(stack) ?? [];
  const start = Number(column) - 1;
  const code = String(task.fn).split("\n").find((code) => code.startsWith(`${awaitable.kind}(`, start));
  const object = code?.slice(0, start).match(/[\w$.#]*$/)?.[0].replace(/^exports\./, "") ?? ""; // a translation's word
  const file = url?.startsWith("file:") ? ` (${url.split("/").at(-1)}, line ${line})` : "";
  return `${object}${awaitable.kind}(…) in ${task.name}${file}`;
}

defaultInstruments.push(() => new NeverAwaited(console.warn));
