import { type Callable, defaultInstruments, type Future, type Instrument, type Task } from "./loop.ts";
import { host } from "./host/host.ts";
import { captureCaller, placeIn, stackOf } from "./place.ts";

/** The number of calls in a run whose place is captured: it takes two microseconds, more than all the rest. */
const PLACES = 400;

/** Finds a function that waits for one of several things. */
const RACE = /\bPromise\s*\.\s*(race|any)\b/;

/**
 * Warns, when a run is over, of every `sleep`, `put`, `get` and `gather` that was called and never awaited, of calls of
 * helpers that were not, as far as these left a future behind, and of tasks that failed or were never run.
 */
export class NeverAwaited implements Instrument {
  /** The last call, and those that were not awaited before. */
  #calls: { awaitable: Future; task: Task }[] = [];
  #sweepAt = PLACES; // at so many calls, those that are awaited by now are dropped
  #placesLeft = PLACES;
  readonly #failed: Task[] = [];
  readonly #created: Task[] = []; // before their loop ran for the first time

  /** @param warn called with one sentence for each task and call */
  constructor(readonly warn: (sentence: string) => void) {}

  taskCreated(task: Task): void {
    if (!task.loop.ended) this.#created.push(task);
  }

  awaitableCreated(awaitable: Future, task: Task, by: Callable): void {
    if (this.#calls.at(-1)?.awaitable.awaited) this.#calls.pop(); // nearly always
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
    const found = new Map<string, { task: Task; times: number }>(); // by their code
    const codes = new Map<string, string>(); // their one place, by task and kind; "" if there are several
    for (const { awaitable, task } of this.#calls.splice(0).filter((it) => !it.awaitable.awaited)) {
      const whose = `${task.name} ${awaitable.kind}`;
      const known = codes.get(whose);
      const code = !stackOf(awaitable) && known || codeOf(awaitable, task); // a likely place, beyond the first PLACES
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
    if (races && kind !== "get") return; // what lost a race is no mistake; but a `get` goes on
    const advice = races
      ? "it takes the next item, which nobody will see. " +
        "Keep the future, as in const item = data.get(), and call item.cancel() if it loses the race."
      : "is an await missing in front of a call?";
    const call = `${/^[ae]/.test(kind) ? "an" : "a"} ${kind}(…)`;
    this.warn(`${name} ended while ${call} in it was still waited for: ${advice}`);
  }
}

/** The call, as its task's source has it, with the line if there is a file. A notebook's cell has none: its code is quoted. */
function codeOf(awaitable: Future, task: Task): string {
  const { source = "", line = NaN, column = NaN } = placeIn(stackOf(awaitable)) ?? {};
  const isFile = source.startsWith("file:");
  const written = host.sourceOf(source)?.split("\n")[line - 1] ?? "";
  const lines = [...String(task.fn).split("\n"), written];
  const code = lines.find((code) => code.startsWith(`${awaitable.kind}(`, column - 1));
  const object = code?.slice(0, column - 1).match(/[\w$.#]*$/)?.[0].replace(/^exports\./, "") ?? ""; // a translation's word
  const file = isFile ? ` (${source.split("/").at(-1)}, line ${line})` : "";
  return `${object}${awaitable.kind}(…) in ${task.name}${file}`;
}

defaultInstruments.push(() => new NeverAwaited(console.warn));
