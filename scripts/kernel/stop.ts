/**
 * Stop, inside Deno's kernel. An experiment is asked to end; any other cell is abandoned while it awaits, and its timers are
 * cleared. Code that blocks the thread is terminated by Deno's kernel, at client.ts's request.
 *
 * @module
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { send } from "./pipe.ts";

type Timer = ReturnType<typeof setTimeout>;
// Cells may replace these.
const { Atomics, clearTimeout, Number, Object, performance, Promise, reportError } = globalThis;
const { setTimeout: later, setInterval: every, clearInterval: endEvery } = globalThis;

/** The number of the cell that started the current code. */
export const cellOf = new AsyncLocalStorage<number>();
/** The number of the running cell. */
export let running: number | undefined;
/** The presses of Stop in the running cell, or in the last one. */
let stops = 0;
let abandon = () => {};

/** Marks a cell as running; `abandonIt` ends it for client.ts, although its code may go on. */
export function enter(cell: number, abandonIt: () => void): void {
  [running, stops, abandon] = [cell, 0, abandonIt];
}

/** Marks a cell as ended. */
export function exit(cell: number): void {
  if (running === cell) running = undefined;
}

/** Shared with the listener: the cell to stop, the last press, the last press heard, and the cell that loads a module. */
const flag = new Int32Array(new SharedArrayBuffer(16));
const CELL = 0, PRESS = 1, HEARD = 2, LOADING = 3;
/** Called on Stop in place of abandoning the cell. */
const stoppers = new Set<() => void>();
/** Pending timers and the times at which they are due, in milliseconds; `Infinity` for an interval. */
const timers = new Map<Timer, number>();

/**
 * A worker that receives Stop even if the main thread is blocked, and kills the kernel when its parent process is gone. If
 * the main thread does not respond, it is busy; a byte that JSON never contains reports that to client.ts.
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
    Atomics.wait(flag, ${LOADING}, cell, 1500); // a module terminated while it loads can never be imported again
    Atomics.wait(flag, ${HEARD}, heard, 250);
    if (Atomics.load(flag, ${HEARD}) !== press) stdout.writeSync(new Uint8Array([16]));
  }
  Deno.kill(isWindows ? Deno.pid : -Deno.pid, "SIGKILL");
};`;
const listener = new Worker(`data:text/javascript,${encodeURIComponent(LISTENER)}`, { type: "module" });
listener.postMessage(flag);
/** Returns true if Stop was pressed in the running cell and this thread has not heard it yet. */
const isPressed = () => Atomics.load(flag, CELL) === running && Atomics.load(flag, PRESS) !== flag[HEARD];

function hear(): void {
  const press = Atomics.load(flag, PRESS);
  Atomics.store(flag, HEARD, press);
  Atomics.notify(flag, HEARD);
  Atomics.notify(flag, LOADING);
  send("heard", { press });
}
// Polls, because a terminated message handler would never be called again; each call from client.ts starts the interval anew.
let listening: Timer | undefined;
/** Polls for presses of Stop on this thread. */
export function listen(): void {
  endEvery(listening);
  listening = every(() => {
    if (!isPressed()) return;
    stop();
    hear(); // after stop(), since Deno's kernel may terminate this function as well
  }, 50);
}
Deno.addSignalListener("SIGINT", () => {}); // without a listener, it would kill the kernel

function stop(): void {
  if (stops++ === 0 && stoppers.size > 0) return stoppers.forEach((stopper) => stopper());
  if (flag[LOADING] !== running) { // a module may await its timers
    timers.forEach((_, timer) => clearTimeout(timer));
    timers.clear();
  }
  running = undefined;
  abandon();
}

/** Awaits a module for a cell, which never continues if Stop has abandoned it in the meantime. */
export async function load(module: Promise<unknown>): Promise<unknown> {
  const cell = cellOf.getStore()!;
  Atomics.store(flag, LOADING, cell);
  try {
    return await module;
  } finally {
    Atomics.compareExchange(flag, LOADING, cell, -1);
    Atomics.notify(flag, LOADING);
    if (cell !== running) await new Promise(() => {});
  }
}

// Timers are tracked so that Stop can clear them, and so that an error in one belongs to its cell.
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

/** Waits for the timers that are due within a number of milliseconds. */
export async function rest(milliseconds: number): Promise<void> {
  const end = performance.now() + milliseconds;
  while ([...timers.values()].some((due) => due < end) && performance.now() < end) {
    await new Promise<void>((go) => void later(go, 5));
  }
}

/** The part of lib's host that concerns Stop. */
export const stopping = {
  /** Calls `stopper` on Stop in place of abandoning the cell, or now if Stop was pressed already. Returns an undo function. */
  onStop(stopper: () => void): () => void {
    stoppers.add(stopper);
    if (stops > 0) stopper();
    return () => stoppers.delete(stopper);
  },
  /** Blocks the thread for a number of milliseconds, or until Stop is pressed. */
  block(milliseconds: number): void {
    Atomics.wait(flag, PRESS, Atomics.load(flag, PRESS), stopping.isStopped() ? 0 : milliseconds);
  },
  /** Returns true if Stop was pressed in this cell: the way to find out for a program that never yields the thread. */
  isStopped(): boolean {
    if (isPressed()) {
      stops++;
      hear();
    }
    return stops > 0;
  },
};
