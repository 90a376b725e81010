/**
 * Tells the time, and advances to the time of the next timer. The loop needs nothing else, so it runs unchanged on
 * {@linkcode VirtualClock}, which never waits, and on {@linkcode RealClock}, which does.
 */
export interface Clock {
  /** Seconds since the clock was created. The time stands still while a task runs, unless the task blocks. */
  now(): number;

  /** Advances to `time` and returns true, or returns false if `time` is still to come. */
  reach(time: number): boolean;

  /**
   * Calls `ring` at `time`, or earlier if that is weeks away, and returns a function that cancels the alarm. A clock that
   * never waits has no alarm; its time stands still while the loop waits for something outside.
   */
  alarm?(time: number, ring: () => void): () => void;

  /** Blocks the thread for `seconds`: nothing else runs meanwhile. */
  block(seconds: number): void;
}

/**
 * A clock that never waits: it jumps to the time that it is to reach. A program of 30 seconds ends in milliseconds, with
 * the same times in every run.
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
