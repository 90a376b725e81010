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
export class VirtualClock implements Clock {
  readonly instant = true;
  #now = 0;

  now(): number {
    return this.#now;
  }

  reach(time: number): boolean {
    if (time > this.#now) this.#now = time;
    return true;
  }

  alarm(time: number, ring: () => void): () => void {
    this.reach(time);
    ring();
    return () => {};
  }

  block(seconds: number): void {
    this.#now += seconds;
  }
}
