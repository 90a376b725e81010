import { type Callable, defaultInstruments, type Future, type Instrument, type Task } from "./loop.ts";
import { host } from "./host/host.ts";
import { captureCaller, placeIn, type Stack } from "./place.ts";

/** The number of calls in a run whose place is captured: it takes two microseconds, more than all the rest. */
const PLACES = 400;

/** Finds a function that waits for one of several things. */
const RACE = /\bPromise\s*\.\s*(race|any)\b/;

/** A call of something that should be awaited. */
interface Call {
  readonly awaitable: Future<unknown>;
  readonly task: Task;
  readonly stack: Stack | undefined;
}

/**
 * Warns, when a run is over, of every `sleep`, `put`, `get` and `gather` that was called and never awaited, of calls of
 * helpers that were not, as far as these left a future behind, and of tasks that failed or were never run.
 */
export class NeverAwaited implements Instrument {
  #last: Call | undefined; // nearly always awaited by the time of the next
  #calls: Call[] = []; // others that were not awaited so far
  #sweepAt = PLACES; // at so many calls, those that are awaited by now are dropped
  #placesLeft = PLACES;
  #failed: Task[] = [];
  #leftBehind: string[] = []; // sentences about what a task still waited for when it was done
  readonly #created: Task[] = []; // before their loop ran for the first time

  /** @param warn called with one sentence for each task and call */
  constructor(readonly warn: (sentence: string) => void) {}

  taskCreated(task: Task): void {
    if (!task.loop.ended) this.#created.push(task);
  }

  awaitableCreated(awaitable: Future<unknown>, task: Task, by: Callable): void {
    this.#keepLast();
    const stack = this.#placesLeft-- > 0 ? captureCaller(by, awaitable) : undefined;
    this.#last = { awaitable, task, stack };
  }

  taskDone(task: Task): void {
    if (task.outcome?.ok) this.#lookForLeftBehind(task);
    else if (!task.cancelled) this.#failed.push(task);
  }

  runEnded(): void {
    this.#keepLast();
    const found = new Map<string, Call[]>(); // by their code
    const known = new Map<string, Set<string>>(); // the code of a task's calls of a kind
    for (const call of this.#calls.filter(({ awaitable }) => !awaitable.awaited)) {
      const whose = `${call.task.name} ${call.awaitable.kind}`;
      const codes = known.get(whose) ?? new Set();
      // Beyond the first PLACES, a call counts to its only likely place.
      const code = !call.stack && codes.size === 1 ? [...codes][0] : codeOf(call);
      known.set(whose, codes.add(code));
      const calls = found.get(code) ?? [];
      calls.push(call);
      found.set(code, calls);
    }
    for (const [code, { length, 0: { task } }] of found) {
      const often = length === 1 ? "" : `, ${length} times`;
      const async = task.missesAsync ? ", and async in front of the function" : "";
      this.warn(`${code} was never awaited${often}: write await in front of it${async}.`);
    }
    for (const { name, outcome, awaited } of this.#failed) {
      if (!outcome?.ok && !awaited) this.warn(`${name} failed, and nobody awaited it: ${outcome?.error}`);
    }
    for (const sentence of this.#leftBehind) this.warn(sentence);
    this.#calls = [];
    this.#failed = [];
    this.#leftBehind = [];
  }

  /** Warns of tasks that have not run, at the end of the program that created them. */
  programEnded(): void {
    const names = this.#created.filter(({ loop }) => !loop.ended).map(({ name }) => name);
    if (names.length === 0) return;
    const [were, them, what] = names.length === 1 ? ["was", "it", "…"] : ["were", "them", "gather(…)"];
    this.warn(
      `${names.join(", ")} ${were} created and never run: give ${them} to loop.runUntilComplete(${what}).`,
    );
  }

  #keepLast(): void {
    if (this.#last && !this.#last.awaitable.awaited) this.#calls.push(this.#last);
    this.#last = undefined;
    if (this.#calls.length < this.#sweepAt) return;
    this.#calls = this.#calls.filter(({ awaitable }) => !awaitable.awaited);
    this.#sweepAt = Math.max(PLACES, 2 * this.#calls.length);
  }

  #lookForLeftBehind({ name, fn, waitsFor }: Task): void {
    const left = waitsFor.filter(({ done }) => !done).map(({ kind }) => kind);
    const kind = left.find((kind) => kind === "get") ?? left[0];
    const races = kind && RACE.test(String(fn));
    if (!kind || races && kind !== "get") return; // what lost a race is no mistake; but a `get` goes on
    const effect = kind === "get" ? "it takes the next item, which nobody will see. " : "";
    const advice = races
      ? "Keep the future, as in const item = data.get(), and call item.cancel() if it loses the race."
      : `${effect ? "Is" : "is"} an await missing in front of a call?`;
    const call = kind === "external" ? "an external(…)" : `a ${kind}(…)`;
    this.#leftBehind.push(`${name} ended while ${call} in it was still waited for: ${effect}${advice}`);
  }
}

/** The call, as its task's source has it, with the line if there is a file. A notebook's cell has none: its code is quoted. */
function codeOf({ awaitable, task, stack }: Call): string {
  const { source, line, column = NaN } = placeIn(stack) ?? {};
  const start = column - 1;
  const isFile = source?.startsWith("file:");
  const written = source && !isFile && host.sourceOf(source)?.split("\n")[line! - 1] || "";
  const lines = [...String(task.fn).split("\n"), written];
  const code = lines.find((code) => code.startsWith(`${awaitable.kind}(`, start));
  const object = code?.slice(0, start).match(/[\w$.#]*$/)?.[0].replace(/^exports\./, "") ?? ""; // a translation's word
  const file = isFile ? ` (${source!.split("/").at(-1)}, line ${line})` : "";
  return `${object}${awaitable.kind}(…) in ${task.name}${file}`;
}

defaultInstruments.push(() => new NeverAwaited(console.warn));
