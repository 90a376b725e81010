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
  /** `task` runs from now on, until `sliceEnded`. */
  sliceStarted?(task: Task, time: number): void;

  /** `task` has come to an `await` or to its end. */
  sliceEnded?(task: Task, time: number): void;

  /** The task that runs has called `by`, whose result it should await. */
  awaitableMade?(awaitable: Future<unknown>, by: Callable): void;

  /** `task` has come to its end. */
  taskDone?(task: Task): void;

  /** The run is over, however it ended. */
  runEnded?(): void;

  /** A queue has grown or shrunk by `change` items. */
  queueChanged?(change: number, time: number): void;
}
