import type { Future } from "./future.ts";
import type { Callable, Instrument } from "./instrument.ts";
import type { Task } from "./task.ts";
/** Tells, when a run is over, of every `sleep`, `put` and `get` that was called and never awaited. */
export declare class NeverAwaited implements Instrument {
    #private;
    /** @param warn called with one sentence for each task and call */
    constructor(warn: (sentence: string) => void);
    awaitableMade(awaitable: Future<unknown>, task: Task, by: Callable): void;
    taskDone(task: Task): void;
    runEnded(): void;
}
