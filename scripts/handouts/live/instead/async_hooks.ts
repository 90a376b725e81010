/**
 * Stands in for `node:async_hooks` in a browser: what runs now is in a variable, which is kept over each `await` of a cell
 * by what cell.ts puts around it, over timers by lib itself, and for callbacks of promises here.
 *
 * @module
 */

let current: unknown;

/** The value that belongs to what runs now. */
export class AsyncLocalStorage<T> {
  getStore = () => current as T | undefined;
  enterWith = (value: T): void => void (current = value);
  exit = <R>(callback: () => R): R => this.run(undefined, callback);

  run<R>(value: T | undefined, callback: () => R): R {
    const before = current;
    current = value;
    try {
      return callback();
    } finally {
      current = before;
    }
  }
}

/** Lets a callback run with what is current now. */
function bound<T>(callback: T): T {
  const before = current;
  if (before === undefined || typeof callback !== "function") return callback;
  return ((value: unknown) => new AsyncLocalStorage().run(before, () => callback(value))) as T;
}

const { then } = Promise.prototype;
Promise.prototype.then = function (...callbacks) { // `await` does not call it
  return Reflect.apply(then, this, callbacks.map(bound));
};
const soon = globalThis.queueMicrotask;
globalThis.queueMicrotask = (callback) => soon(bound(callback));

/** Called around an `await` of a cell: `resumed(current(), await promise)`. */
export const marks = {
  current: () => current,
  resumed: <R>(before: unknown, value: R): R => {
    current = before;
    return value;
  },
};
