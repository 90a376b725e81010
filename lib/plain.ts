// Plain promises on the clock of an experiment, and drawn as tasks are. No loop of ours runs: `setTimeout` belongs to the
// clock, and everything else, the order of promises above all, is the engine's own.
import type { Clock } from "./clock.ts";
import { DeadlockError } from "./errors.ts";
import type { Next, Trace } from "./trace.ts";
import { nextTurn } from "./turns.ts";

/** A timer that the program has set. */
interface Timer {
  due: number;
  ring(): void;
}

let hooks: typeof import("node:async_hooks") | undefined;

/** Loads what {@linkcode runPlain} needs, so that it starts at once. */
export async function loadPlain(): Promise<typeof import("node:async_hooks")> {
  return hooks ??= await import("node:async_hooks");
}

/**
 * Runs a program that uses promises and `setTimeout`: when nothing else is left to do, the time jumps to the next timer.
 *
 * @throws what `main` throws; a {@linkcode DeadlockError} if it waits and no timer is left
 */
export async function runPlain(clock: Clock, trace: Trace, main: () => unknown): Promise<unknown> {
  const { AsyncLocalStorage } = await loadPlain();
  const lanes = new AsyncLocalStorage<number>();
  const timers = new Set<Timer>();
  const ran = new Map<number, Next>(); // the lanes that ran in this turn of the engine, and what they wait for
  const wait = (lane: number | undefined, next: Next) => void (lane !== undefined && ran.set(lane, next));
  const own = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
  trace.plain = {
    get: () => lanes.getStore(),
    enter(lane) {
      lanes.enterWith(lane);
      wait(lane, "get");
    },
  };
  let over = false;
  try {
    Object.assign(globalThis, {
      setTimeout(callback: (...args: unknown[]) => void, milliseconds = 0, ...args: unknown[]) {
        const lane = lanes.getStore();
        wait(lane, "sleep");
        const ring = () => {
          wait(lane, "get");
          callback(...args);
        };
        const timer: Timer = {
          due: clock.now() + milliseconds / 1000,
          ring: () => lanes.run(lane as number, ring), // or in no lane
        };
        timers.add(timer);
        return timer;
      },
      clearTimeout: (timer: Timer) => void timers.delete(timer),
    });
    const result = lanes.exit(async () => await main());
    result.then(() => over = true, () => over = true);
    for (;;) {
      await new Promise<void>((ready) => nextTurn(ready)); // by then, every promise that could run has run
      const now = clock.now();
      for (const [lane, next] of ran) trace.addSlice(lane, now, now, next);
      ran.clear();
      if (over) return await result;
      const [next] = [...timers].sort((a, b) => a.due - b.due);
      if (!next) {
        const reason = "it waits, and no timer is left that could wake it.";
        throw new DeadlockError(`This program can never end: ${reason}`);
      }
      if (!clock.reach(next.due)) await new Promise<void>((ring) => clock.alarm(next.due, ring));
      timers.delete(next);
      next.ring();
    }
  } finally {
    Object.assign(globalThis, own);
    trace.plain = undefined;
  }
}
