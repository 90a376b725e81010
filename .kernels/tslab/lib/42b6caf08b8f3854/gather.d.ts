import { Future } from "./future.ts";
/** What the futures of a list resolve to, in the same order. */
export type Gathered<Futures extends readonly Future<unknown>[]> = {
    -readonly [I in keyof Futures]: Futures[I] extends Future<infer T> ? T : never;
};
/**
 * Makes one future of several tasks: the list of what they return, in the order given.
 *
 * As in asyncio, the first error is passed on at once, while the other tasks go on; and cancelling the
 * gathering cancels each of them.
 *
 * ```ts
 * import { EventLoop, gather, sleep } from "@course/lib";
 *
 * const loop = new EventLoop();
 * const both = gather(loop.createTask(sleep, 1), loop.createTask(sleep, 2));
 * await loop.runUntilComplete(both);
 * console.log(loop.clock.now()); // 2
 * ```
 *
 * @throws {LessonError} where it is given anything but tasks and futures
 */
export declare function gather<Futures extends readonly Future<unknown>[]>(...futures: Futures): Future<Gathered<Futures>>;
