import type { Future } from "./future.ts";
/**
 * First in, first out, between tasks. `get` waits until there is an item; `put` waits, where the queue has a
 * maximum size, until there is room. Whoever waits longest is served first.
 *
 * As in asyncio, an item stays in the queue until the task that was woken for it runs.
 *
 * ```ts
 * import { EventLoop, Queue } from "@course/lib";
 *
 * async function main() {
 *   const data = new Queue<string>();
 *   await data.put("first");
 *   await data.put("second");
 *   return await data.get();
 * }
 *
 * const loop = new EventLoop();
 * console.log(await loop.runUntilComplete(loop.createTask(main))); // first
 * ```
 */
export declare class Queue<T> {
    #private;
    /** How many items it holds at the most; 0 for any number. */
    readonly maxsize: number;
    /** @throws {LessonError} where `maxsize` is no whole number of at least 0 */
    constructor(maxsize?: number);
    /** How many items are in it. */
    get size(): number;
    /** Whether there is nothing in it. */
    get empty(): boolean;
    /** Whether it holds as many items as it may. */
    get full(): boolean;
    /**
     * Puts an item in, once there is room.
     *
     * @throws {LessonError} where no event loop is running; `putNowait` works anywhere
     */
    put(item: T): Future<void>;
    /**
     * Takes the item that was put in first, once there is one.
     *
     * @throws {LessonError} where no event loop is running; `getNowait` works anywhere
     */
    get(): Future<T>;
    /** Puts an item in at once. @throws {QueueFull} where there is no room */
    putNowait(item: T): void;
    /** Takes an item at once. @throws {QueueEmpty} where there is none */
    getNowait(): T;
}
