/**
 * Tells the time, in seconds since it was created. The loop asks for no more than this, so that it runs unchanged on
 * {@linkcode VirtualClock}, which waits for nothing, and on {@linkcode RealClock}, which does.
 */
export interface Clock {
  /** Seconds since the clock was created. The time stands still while a task runs, unless the task blocks. */
  now(): number;

  /** Advances to `time` and returns true, or returns false if `time` is still to come. */
  reach(time: number): boolean;

  /**
   * Calls `ring` once `time` has come, or earlier if that is weeks off. Returns a function that cancels the alarm. A clock
   * that waits for nothing has none; its time stands still while the loop waits for something outside.
   */
  alarm?(time: number, ring: () => void): () => void;

  /** Blocks the thread for `seconds`: nothing else runs meanwhile. */
  block(seconds: number): void;
}

/**
 * A clock that waits for nothing: asked to reach a time, it is there. A program of 30 seconds ends in milliseconds, with
 * the same times at every run.
 *
 * ```ts
 * import { VirtualClock } from "@course/lib";
 * const clock = new VirtualClock();
 * clock.block(30);
 * console.log(clock.now()); // 30
 * ```
 */
export class VirtualClock implements Clock {
  #now = 0;

  now(): number {
    return this.#now;
  }

  reach(time: number): boolean {
    if (time > this.#now) this.#now = time;
    return true;
  }

  block(seconds: number): void {
    this.#now += seconds;
  }
}
