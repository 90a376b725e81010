// The loop's sentences about mistakes, kept out of loop.ts so that it stays short.
import { describe } from "./arguments.ts";
import { LessonError } from "./errors.ts";
import { listOf, printedAs } from "./words.ts";

interface SomeFuture {
  readonly kind: string;
  readonly label: string;
  readonly done: boolean;
  readonly waitsFor: readonly SomeFuture[];
}

/** Something that needs a running loop is done without one. */
export const noLoop = (action: string) =>
  `Cannot ${action}: no event loop is running. Do it in a function that loop.createTask(…) was given.`;

/** A task is created from something other than a function. */
export const noFunction = (fn: unknown) =>
  `Cannot create a task from ${describe(fn)}: ` +
  "give the function and its arguments, as in createTask(fn, 1, 2).";

/** The function of a task returned no promise. */
export const notAsync = (name: string, returned: unknown) =>
  `${name} returned ${describe(returned)}: a promise was expected, is it missing async?`;

/** A loop is given something other than its own tasks to run. */
export const notOfThisLoop = (future: SomeFuture | undefined) =>
  `Cannot run ${future?.label ?? describe(future)}: give a task of this loop, or a gather of them.`;

/** A future is awaited outside of a run. */
export const notRunning = ({ label }: SomeFuture) =>
  `Cannot await ${label}: its event loop is not running. Await loop.runUntilComplete(…) instead.`;

/** A task stopped at an `await` of something other than a future. */
export const unknownAwait = ({ label }: SomeFuture) =>
  `${label} awaits something of which the loop knows nothing: a promise that nobody fulfils, or a fetch or a timer ` +
  "of its own. If it comes from outside, write await external(…) around it, and the loop will wait.";

/** No task can ever run again; the sentence says which of them wait, and for what. */
export function deadlock(pending: Iterable<SomeFuture>): string {
  const waiters = new Map<string, string[]>();
  const kinds = new Set<string>();
  for (const { label, waitsFor } of pending) {
    const what = waitsFor.map(({ label }) => label).join(" and ");
    if (what !== "") waiters.set(what, [...waiters.get(what) ?? [], label]);
    for (const { kind } of waitsFor) kinds.add(kind);
  }
  const sentences = [...waiters].map(([what, names]) =>
    `${listOf(names)} ${names.length > 1 ? "wait" : "waits"} for ${what}`
  );
  const reason = sentences.join("; ") || "no task is left that could end it";
  return `This run can never end: ${reason}.${adviceOn(kinds.has("get"), kinds.has("put"))}`;
}

/** Advises on tasks that wait for a `get`, for a `put`, or for both. */
function adviceOn(get: boolean, put: boolean): string {
  if (get && put) return " Some wait for items and some for room: do they use the same queue?";
  if (get) return " Put in more items, or take out fewer.";
  return put ? " Take out more items, or put in fewer." : "";
}

/** Makes futures that are printed or destructured explain that an `await` is missing. */
export function explainFutures(prototype: SomeFuture): void {
  const origin = ({ kind, label }: SomeFuture) =>
    kind === "task" ? `the task ${label}` : `what ${kind}(…) returned`;
  const state = ({ done }: SomeFuture) => done ? "done" : "not done yet";
  printedAs(prototype, (it) => `[${origin(it)}: ${state(it)}; await gives its value]`);
  // `const [value, time] = data.get()` calls this. It is not declared, so TypeScript reports the mistake, too.
  Object.defineProperty(prototype, Symbol.iterator, {
    value(this: SomeFuture) {
      const reason = "its value is there only once it is awaited. Write await in front of it.";
      throw new LessonError(`Cannot take apart ${origin(this)}: ${reason}`);
    },
  });
}
