/**
 * Stand-in for `node:async_hooks` in a browser: a variable holds the current value. It is restored after each `await` of a
 * cell by the code that cell.ts puts around it, after timers by lib, and in callbacks of promises here.
 *
 * @module
 */

let current: unknown;

/** A value that follows the flow of asynchronous code. */
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

/** Binds a callback to the value that is current now. */
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
