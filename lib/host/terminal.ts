import type { Host } from "./host.ts";

/** A terminal, where a thing is shown by its text, and Ctrl-C and unhandled failures end the process by themselves. */
export const terminal: Host = {
  display: (thing, id) => Promise.resolve(id === undefined ? console.log(thing["text/plain"]) : undefined),
  onInterrupt: () => () => {},
  interruptibly: (main) => main(),
  blockThread: (milliseconds) => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
  },
  checkInterrupt: () => {},
  onUnhandled: () => () => {},
};
