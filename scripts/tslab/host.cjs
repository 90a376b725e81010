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

/** By event: the listeners that would end the cell, or tell of it, and those in their place, of which the last one hears. */
const replaced = { SIGINT: { others: [], ours: [] }, unhandledRejection: { others: [], ours: [] } };

/** Calls `listener` for an event of the process, in place of others, until the function that it returns is called. */
function replaceListeners(event, listener) {
  const { others, ours } = replaced[event];
  const own = (...given) => listener(...given);
  if (ours.length === 0) others.push(...process.listeners(event));
  ours.push(own);
  process.removeAllListeners(event).on(event, own);
  return () => {
    process.removeListener(event, own);
    ours.splice(ours.indexOf(own), 1);
    const back = ours.length > 0 ? ours.slice(-1) : others.splice(0);
    for (const it of back) if (!process.listeners(event).includes(it)) process.on(event, it);
  };
}

module.exports = { offerHost };
