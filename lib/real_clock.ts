// The engine's timers are always a little late, by a different amount in every run. So this clock tells the time for
// which a timer was *set*, as long as the wall clock agrees within TOLERANCE: a run at speed 10 gives the same times as an
// instant one. A computation that blocks the thread for longer than TOLERANCE still shows, as it should.
import { checkSpeed } from "./arguments.ts";
import type { Clock } from "./clock.ts";
import { host, stopped } from "./host/host.ts";

/** The most by which this clock may lag behind the wall clock, in seconds of the wall clock. */
const TOLERANCE = 0.1;

const { setTimeout, clearTimeout } = globalThis; // a program of plain promises replaces these

/** The longest timer that the engine can set, in milliseconds; it would call back a longer one at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

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
export class RealClock implements Clock {
  readonly #start = performance.now();
  #told = 0; // the latest time that was told

  /** @throws {LessonError} if `speed` is not a number above 0 */
  constructor(readonly speed = 1) {
    checkSpeed(speed);
  }

  now(): number {
    const elapsed = this.#elapsed();
    if (elapsed - this.#told > TOLERANCE * this.speed) this.#told = elapsed;
    return this.#told;
  }

  reach(time: number): boolean {
    if (this.#elapsed() < time) return false;
    if (time > this.#told) this.#told = time;
    return true;
  }

  alarm(time: number, ring: () => void): () => void {
    const wait = Math.ceil((time - this.#elapsed()) / this.speed * 1000);
    const timer = setTimeout(ring, Math.min(wait, LONGEST_TIMER));
    return () => clearTimeout(timer);
  }

  block(seconds: number): void {
    const end = this.now() + seconds;
    const wait = (end - this.#elapsed()) / this.speed;
    if (wait > 0) host.interruptibly(() => host.block(wait * 1000), stopped);
    this.#told = Math.max(this.#told, end);
  }

  #elapsed(): number {
    return (performance.now() - this.#start) / 1000 * this.speed;
  }
}
