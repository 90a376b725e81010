import { printedAs } from "./words.ts";

/**
 * An error that is one sentence: the action that failed, the value, the way out. It shows no stack trace, since its reader
 * needs the sentence and not the internals of this library.
 *
 * ```ts
 * import { LessonError } from "@course/lib";
 * const error = new LessonError("Cannot sleep for -1 s: the time must not be negative.");
 * console.log(error.stack); // LessonError: Cannot sleep for -1 s: the time must not be negative.
 * ```
 */
export class LessonError extends Error {
  override name = "LessonError";

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    // There is no setter, so that Node cannot add lines of this library.
    Object.defineProperty(this, "stack", { get: () => `${this.name}: ${message}` });
  }
}

printedAs(LessonError.prototype, ({ stack }) => stack!);

/** Creates a class of errors with a fixed name: in the bundle of a page, the names of classes are shortened. */
const named = (name: string) =>
  class extends LessonError {
    override name = name;
  };

/** Thrown at the `await` of a task that was cancelled, like asyncio's `CancelledError`. */
export class CancelledError extends named("CancelledError") {}

/** Thrown by `timeout(…)` if the time is up. */
export class TimeoutError extends named("TimeoutError") {}

/** Thrown by `Queue.getNowait()` if there is no item. */
export class QueueEmpty extends named("QueueEmpty") {}

/** Thrown by `Queue.putNowait()` if there is no room. */
export class QueueFull extends named("QueueFull") {}

/** Thrown by a run that can never end: every task waits, and nothing is left that could wake one. */
export class DeadlockError extends named("DeadlockError") {}

/** Thrown by a run that was stopped from outside, by the front end's Stop for example. */
export class StoppedError extends named("StoppedError") {}

/** Returns the words of whatever was thrown. */
export function wordsOf(error: unknown): string {
  try {
    return String(error);
  } catch {
    return "something that has no words";
  }
}
