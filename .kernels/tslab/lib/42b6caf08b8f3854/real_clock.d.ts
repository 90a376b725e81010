import type { Clock } from "./clock.ts";
/**
 * A clock that really waits: `speed` seconds pass on it in each second of the wall clock.
 *
 * ```ts
 * import { RealClock } from "@course/lib";
 * const clock = new RealClock(100);
 * clock.block(1); // blocks the thread for a hundredth of a second
 * console.log(clock.now()); // 1
 * ```
 */
export declare class RealClock implements Clock {
    #private;
    readonly instant = false;
    readonly speed: number;
    /** @throws {LessonError} where `speed` is not a finite number above 0 */
    constructor(speed?: number);
    now(): number;
    reach(time: number): boolean;
    alarm(time: number, ring: () => void): () => void;
    block(seconds: number): void;
}
