// Programs of plain promises, on the clock of an experiment, and recorded as tasks are. No `EventLoop` runs: `setTimeout`
// uses the experiment's clock, and all else, such as the order of promise callbacks, is up to the engine.
import { AsyncLocalStorage } from "node:async_hooks";
import TinyQueue from "tinyqueue";
import { DeadlockError } from "./errors.ts";
import type { Stack } from "./place.ts";
import type { Next, Trace } from "./trace.ts";
import { nextTurn } from "./turns.ts";

const ENDLESS = "This program can never end: it waits, and no timer is left that could wake it.";

/** A timer of the program; without `ring`, it was cleared. Of two that are due at once, the one set first goes first. */
type Timer = { due: number; order: number; ring?: () => void };

/**
 * Runs a program that uses promises and `setTimeout`: when nothing else is left to do, the time jumps to the next timer.
 *
 * @param onOver called with a function that ends the program at once, and restores the engine's `setTimeout`
 * @throws what `main` throws; a {@linkcode DeadlockError} if it waits and no timer is left
 */
export async function runPlain(trace: Trace, main: () => unknown, onOver: (end: () => void) => void) {
  const { clock } = trace;
  const lanes = new AsyncLocalStorage<number>();
  const timers = new TinyQueue<Timer>([], (a, b) => a.due - b.due || a.order - b.order);
  let timersSet = 0;
  const ran = new Map<number, [Next, Stack?]>(); // the lanes that ran in this turn, and what they wait for
  const wait = (lane: number | undefined, next: Next, stack?: Stack) => {
    if (lane === undefined) return;
    ran.set(lane, [next === "get" && trace.lanes[lane].role === "other" ? "end" : next, stack]);
  };
  const { setTimeout, clearTimeout } = globalThis;
  trace.outside = {
    get lane() {
      return lanes.getStore();
    },
    set lane(lane) {
      lanes.enterWith(lane as number);
      wait(lane, "get");
    },
  };
  Object.assign(globalThis, {
    setTimeout(callback: (...args: unknown[]) => void, milliseconds = 0, ...args: unknown[]): Timer {
      const lane = lanes.getStore();
      wait(lane, "sleep", trace.captureCaller(globalThis.setTimeout));
      const call = () => {
        wait(lane, "get");
        callback(...args);
      };
      const ring = () => lanes.run(lane as number, call); // undefined: in no lane
      const timer = { due: clock.now() + milliseconds / 1000, order: timersSet++, ring };
      timers.push(timer);
      return timer;
    },
    clearTimeout(timer?: Timer) {
      if (timer?.ring) timer.ring = undefined;
    },
  });
  let isOver = false;
  let cancelAlarm = () => {};
  onOver(() => {
    isOver = true;
    Object.assign(globalThis, { setTimeout, clearTimeout });
    cancelAlarm();
  });
  const result = lanes.exit(async () => await main());
  result.catch(() => {}).then(() => isOver = true);
  for (;;) {
    await new Promise<void>((ready) => nextTurn(ready)); // by then, every promise that could run has run
    const now = clock.now();
    for (const [lane, [next, stack]] of ran) trace.addSlice(lane, now, now, next, stack);
    ran.clear();
    if (isOver) return await result;
    let next = timers.pop();
    while (next && !next.ring) next = timers.pop(); // cleared
    if (!next) throw new DeadlockError(ENDLESS);
    const { due } = next;
    while (!clock.reach(due)) await new Promise<void>((ring) => cancelAlarm = clock.alarm!(due, ring));
    next.ring?.(); // unless it was cleared meanwhile
  }
}
