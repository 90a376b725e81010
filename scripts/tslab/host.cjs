"use strict";
const vm = require("node:vm");
const { sourceOf } = require("./translate.cjs");
const { ours } = require("./parts.cjs");

const { send } = ours("kernel/pipe");
const CALLING = Symbol.for("course.calling");

/** Offers to lib/host/host.ts what only tslab's process can do. */
function offerHost() {
  const call = new vm.Script('globalThis[Symbol.for("course.calling")]()');
  globalThis[Symbol.for("course.host")] = {
    // tslab's own display sends one representation, not several of one thing.
    // deno-lint-ignore require-await
    broadcast: async (type, content) => send(type, content),
    sourceOf,
    interruptibly(main, error) {
      const outer = globalThis[CALLING];
      globalThis[CALLING] = main;
      try {
        return call.runInThisContext({ breakOnSigint: true });
      } catch (thrown) {
        throw thrown?.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED" ? error() : thrown;
      } finally {
        globalThis[CALLING] = outer;
      }
    },
    onStop: (stop) => replaceListeners("SIGINT", stop),
    onUnhandled: (listener) => replaceListeners("unhandledRejection", listener),
  };
}

/** Calls `listener` for an event of the process, in place of those that would end the cell, or tell of it. */
function replaceListeners(event, listener) {
  const others = process.listeners(event);
  process.removeAllListeners(event).on(event, listener);
  return () => {
    process.removeListener(event, listener);
    for (const other of others) process.on(event, other);
  };
}

module.exports = { offerHost };
