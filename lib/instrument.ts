import type { Future } from "./future.ts";
import type { Task } from "./task.ts";

/** Any function, known by its name. */
// deno-lint-ignore no-explicit-any
export type Callable = (...args: any[]) => unknown;

/**
 * Hears what a loop does; every method may be left out. The loop knows nothing of who listens: the trace
 * behind the plots, the search for what was never awaited.
 */
export interface Instrument {
  /** `task` was made; nothing of it has run. */
  taskMade?(task: Task): void;

  /** `task` has run from `start` to `end`, and has come to an `await` or to its end. */
  sliceEnded?(task: Task, start: number, end: number): void;

  /** `task` has called `by`, whose result it should await. */
  awaitableMade?(awaitable: Future<unknown>, task: Task, by: Callable): void;

  /** `task` has come to its end. */
  taskDone?(task: Task): void;

  /** The run is over, however it ended. */
  runEnded?(): void;
}
