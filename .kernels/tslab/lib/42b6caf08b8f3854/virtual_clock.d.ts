import type { Clock } from "./clock.ts";
/**
 * A clock that waits for nothing: asked to reach a time, it is there. A program of 30 seconds ends in
 * milliseconds and tells the same times at every run.
 *
 * ```ts
 * import { VirtualClock } from "@course/lib";
 * const clock = new VirtualClock();
 * clock.block(30);
 * console.log(clock.now()); // 30
 * ```
 */
export declare class VirtualClock implements Clock {
    #private;
    readonly instant = true;
    now(): number;
    reach(time: number): boolean;
    alarm(time: number, ring: () => void): () => void;
    block(seconds: number): void;
}
