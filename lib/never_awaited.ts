import { type Callable, defaultInstruments, type Future, type Instrument, type Task } from "./loop.ts";
import { host } from "./host/host.ts";
import { captureCaller, placeIn, stackOf } from "./place.ts";

/** The most calls in a run whose place is captured: that takes two microseconds, more than all the rest. */
const PLACES = 400;

/** Matches the source of a function that awaits the first of several promises. */
const RACE = /\bPromise\s*\.\s*(race|any)\b/;

/**
 * Warns, at the end of a run, of calls of `sleep`, `put`, `get`, `gather` and the like that were never awaited, of calls of
 * helpers that were not, if these left a future behind, and of tasks that failed or never ran.
 */
export class NeverAwaited implements Instrument {
  /** The last call, and all that were not awaited when the next one came. */
  #calls: { awaitable: Future; task: Task }[] = [];
  #sweepAt = PLACES; // the number of calls at which those awaited by now are dropped
  #placesLeft = PLACES;
  readonly #failed: Task[] = [];
  readonly #created: Task[] = []; // before their loop ran for the first time

  /** @param warn called with a sentence for each task and call */
  constructor(readonly warn: (sentence: string) => void) {}

  taskCreated(task: Task): void {
    if (!task.loop.ended) this.#created.push(task);
  }

  awaitableCreated(awaitable: Future, task: Task, by: Callable): void {
    if (this.#calls.at(-1)?.awaitable.awaited) this.#calls.pop(); // as nearly every call is
    if (this.#calls.length >= this.#sweepAt) {
      this.#calls = this.#calls.filter((it) => !it.awaitable.awaited);
      this.#sweepAt = Math.max(PLACES, 2 * this.#calls.length);
    }
    if (this.#placesLeft-- > 0) captureCaller(by, awaitable);
    this.#calls.push({ awaitable, task });
  }

  taskDone(task: Task): void {
    if (task.outcome?.ok) this.#lookForLeftBehind(task);
    else if (!task.cancelled) this.#failed.push(task);
  }

  runEnded(): void {
    const found = new Map<string, { task: Task; times: number }>(); // by the call's code
    const codes = new Map<string, string>(); // the code, by task and kind; "" if there are several
    for (const { awaitable, task } of this.#calls.splice(0).filter((it) => !it.awaitable.awaited)) {
      const whose = `${task.name} ${awaitable.kind}`;
      const known = codes.get(whose);
      const code = !stackOf(awaitable) && known || codeOf(awaitable, task); // the likely one, if no place was captured
      codes.set(whose, known === undefined || known === code ? code : "");
      found.set(code, { task, times: (found.get(code)?.times ?? 0) + 1 });
    }
    for (const [code, { task, times }] of found) {
      const often = times === 1 ? "" : `, ${times} times`;
      const async = !task.missesAsync ? "" : ", and async in front of the function";
      this.warn(`${code} was never awaited${often}: write await in front of it${async}.`);
    }
    for (const { name, outcome, awaited } of this.#failed.splice(0)) {
      if (!outcome?.ok && !awaited) this.warn(`${name} failed, and nobody awaited it: ${outcome?.error}`);
    }
  }

  /** Warns of tasks that have not run, at the end of the program that created them. */
  programEnded(): void {
    for (const { name, loop } of this.#created) {
      if (!loop.ended) this.warn(`${name} was created and never run: give it to loop.runUntilComplete(…).`);
    }
  }

  #lookForLeftBehind({ name, fn, waitsFor }: Task): void {
    const left = waitsFor.filter(({ done }) => !done).map(({ kind }) => kind);
    if (left.length === 0) return;
    const kind = left.includes("get") ? "get" : left[0];
    const races = RACE.test(String(fn));
    if (races && kind !== "get") return; // to lose a race is no mistake, but a `get` still takes an item
    const advice = races
      ? "it takes the next item, which nobody will see. " +
        "Keep the future, as in const item = data.get(), and call item.cancel() if it loses the race."
      : "is an await missing in front of a call?";
    const call = `${/^[ae]/.test(kind) ? "an" : "a"} ${kind}(…)`;
    this.warn(`${name} ended while ${call} in it was still waited for: ${advice}`);
  }
}

/** Quotes a call from the source of its task, or of its cell or file, with the line if it is in a file. */
function codeOf(awaitable: Future, task: Task): string {
  const { source = "", line = NaN, column = NaN } = placeIn(stackOf(awaitable)) ?? {};
  const isFile = source.startsWith("file:");
  const written = host.sourceOf(source)?.split("\n")[line - 1] ?? "";
  const lines = [...String(task.fn).split("\n"), written];
  const code = lines.find((code) => code.startsWith(`${awaitable.kind}(`, column - 1));
  const object = code?.slice(0, column - 1).match(/[\w$.#]*$/)?.[0].replace(/^exports\./, "") ?? ""; // tslab's translation
  const file = isFile ? ` (${source.split("/").at(-1)}, line ${line})` : "";
  return `${object}${awaitable.kind}(…) in ${task.name}${file}`;
}

defaultInstruments.push(() => new NeverAwaited(console.warn));
