/**
 * Stop, inside of Deno's kernel: a program that runs is told of it, a cell that waits is left, and its timers end. Code that is
 * busy is ended by Deno's kernel, at client.ts's request.
 *
 * @module
 */
import { send } from "./pipe.ts";

type Timer = ReturnType<typeof setTimeout>;
// Cells may replace these.
const { Atomics, clearTimeout, Number, Object, performance, Promise, reportError } = globalThis;
const { setTimeout: later, setInterval: every, clearInterval: endEvery } = globalThis;

/** The number of the cell that runs. */
export let running: number | undefined;
/** The number of times that Stop was pressed in it, or in the last one. */
let stops = 0;
let leave = () => {};

/** Tells that a cell runs, and how to leave it. */
export function enter(cell: number, leaveIt: () => void): void {
  [running, stops, leave] = [cell, 0, leaveIt];
}

/** Tells that a cell runs no longer. */
export function exit(cell: number): void {
  if (running === cell) running = undefined;
}

/** The number of the cell that is to stop; that of the press, on which a thread that is blocked sleeps; the last that was heard. */
const flag = new Int32Array(new SharedArrayBuffer(16));
const CELL = 0, PRESS = 1, HEARD = 2, LOADING = 3;
/** The functions that Stop calls, in place of leaving the cell. */
const stoppers = new Set<() => void>();
/** The timers that have not fired, with when they are due, in milliseconds; those that go on for ever never are. */
const timers = new Map<Timer, number>();

/**
 * Hears of Stop beside a thread that may be blocked, and ends the kernel when the process that started it is gone. Where the
 * thread does not hear, it must be busy: client.ts is told so by a byte that no JSON contains.
 */
const LISTENER = `onmessage = async ({ data: flag }) => {
  const isWindows = Deno.build.os === "windows"; // see process.ts
  const stdin = isWindows ? Deno.stdin : Deno.openSync("/dev/fd/3");
  const stdout = isWindows ? Deno.stdout : Deno.openSync("/dev/fd/4", { write: true });
  for await (const bytes of stdin.readable) {
    const [cell, press] = new TextDecoder().decode(bytes).trim().split("\\n").at(-1).split(" ").map(Number);
    const heard = Atomics.load(flag, ${HEARD});
    Atomics.store(flag, ${CELL}, cell);
    Atomics.store(flag, ${PRESS}, press);
    Atomics.notify(flag, ${PRESS});
    Atomics.wait(flag, ${LOADING}, 1, 1500); // the kernel may not outlive that force ends a module while it loads
    Atomics.wait(flag, ${HEARD}, heard, 250);
    if (Atomics.load(flag, ${HEARD}) !== press) stdout.writeSync(new Uint8Array([16]));
  }
  Deno.kill(isWindows ? Deno.pid : -Deno.pid, "SIGKILL");
};`;
const listener = new Worker(`data:text/javascript,${encodeURIComponent(LISTENER)}`, { type: "module" });
listener.postMessage(flag);
/** True for a press that this thread has not heard of, in the cell that runs. */
const isPressed = () => Atomics.load(flag, CELL) === running && Atomics.load(flag, PRESS) !== flag[HEARD];

function hear(): void {
  const press = Atomics.load(flag, PRESS);
  Atomics.store(flag, HEARD, press);
  Atomics.notify(flag, HEARD);
  send("heard", { press });
}
// Messages of the worker's would be lost for ever once force has ended what takes them; this starts anew with each call.
let listening: Timer | undefined;
/** Lets this thread hear of Stop. */
export function listen(): void {
  endEvery(listening);
  listening = every(() => {
    if (!isPressed()) return;
    stop();
    hear(); // not before: Deno's kernel may end this function, too
  }, 50);
}
Deno.addSignalListener("SIGINT", () => {}); // it would end the kernel

function stop(): void {
  if (stops++ === 0 && stoppers.size > 0) return stoppers.forEach((stopper) => stopper());
  timers.forEach((_, timer) => clearTimeout(timer));
  timers.clear();
  running = undefined;
  leave();
}

/** Awaits a module. Force waits for it, too. */
export async function loading(module: Promise<unknown>): Promise<unknown> {
  Atomics.store(flag, LOADING, 1);
  try {
    return await module;
  } finally {
    Atomics.store(flag, LOADING, 0);
    Atomics.notify(flag, LOADING);
  }
}

// Timers are known, so that Stop ends those of the cell, and an error in one is the cell's.
type Timing = (callback: (...args: unknown[]) => void, delay?: number, ...args: unknown[]) => Timer;
for (const [set, clear] of [["setTimeout", "clearTimeout"], ["setInterval", "clearInterval"]] as const) {
  const start = globalThis[set] as Timing, end = globalThis[clear];
  const known: Timing = (callback, delay, ...args) => {
    const call = (...given: unknown[]) => {
      if (set === "setTimeout") timers.delete(timer);
      try {
        callback(...given);
      } catch (error) {
        reportError(error);
      }
    };
    const timer = start(typeof callback === "function" ? call : callback, delay, ...args);
    timers.set(timer, set === "setTimeout" ? performance.now() + Number(delay ?? 0) : Infinity);
    return timer;
  };
  Object.assign(globalThis, {
    [set]: Object.defineProperties(known, Object.getOwnPropertyDescriptors(start)),
    [clear](timer: Timer) {
      timers.delete(timer);
      end(timer);
    },
  });
}

/** Waits until the timers have fired that are due within so many milliseconds. */
export async function rest(milliseconds: number): Promise<void> {
  const end = performance.now() + milliseconds;
  while ([...timers.values()].some((due) => due < end) && performance.now() < end) {
    await new Promise<void>((go) => void later(go, 5));
  }
}

/** What lib asks of Stop. */
export const stopping = {
  /** Calls `stopper` when Stop is pressed, in place of leaving the cell; at once where it was. Returns a function that takes that back. */
  onStop(stopper: () => void): () => void {
    stoppers.add(stopper);
    if (stops > 0) stopper();
    return () => stoppers.delete(stopper);
  },
  /** Blocks the thread for a number of milliseconds, or until Stop is pressed. */
  block(milliseconds: number): void {
    Atomics.wait(flag, PRESS, Atomics.load(flag, PRESS), stopping.isStopped() ? 0 : milliseconds);
  },
  /** Returns true if Stop was pressed in the cell, by which a program hears of it that keeps the thread for itself. */
  isStopped(): boolean {
    if (isPressed()) {
      stops++;
      hear();
    }
    return stops > 0;
  },
};
