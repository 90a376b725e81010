"use strict";
const { parts } = require("./places.cjs");

const INSIDES = /^\s+at .*(?:node:|[\\/](?:node_modules|\.kernels|tslab)[\\/])/;

/** Shows errors, Stop and a cell's last value as the course does under Deno. */
function mendOutputs() {
  const executor = parts("tslab/dist/executor.js");
  const jupyter = parts("tslab/dist/jupyter.js");
  const { createExecutor } = executor;
  executor.createExecutor = (folder, converters, console) =>
    createExecutor(folder, converters, {
      ...console,
      error: (...given) => console.error(...given.map(readable)),
      log(value) {
        const data = value[Symbol.for("Jupyter.display")]?.();
        if (data) jupyter.lastWriteDisplayData({ data, metadata: {}, transient: {} }, false);
        else console.log(value);
      },
    });
}

/** Takes the insides out of an error that a cell threw, and of its causes; Stop is one sentence. */
function readable(thrown) {
  if (!(thrown instanceof Error)) return thrown;
  for (const inner of [thrown.cause, thrown.errors].flat()) if (inner !== thrown) readable(inner);
  const isStop = thrown.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED" ||
    thrown.message === "Interrupted asynchronously";
  if (isStop) return "The run was stopped.";
  const stack = String(thrown.stack).split("\n").filter((line) => !INSIDES.test(line)).join("\n");
  Object.defineProperty(thrown, "stack", { value: stack, configurable: true, writable: true });
  return thrown;
}

/** Tells of errors that no cell has caught, as the course does under Deno. */
function tellUncaught() {
  for (const event of ["uncaughtException", "unhandledRejection"]) {
    process.removeAllListeners(event);
    process.on(event, (thrown) => console.error("Uncaught", readable(thrown)));
  }
}

module.exports = { mendOutputs, tellUncaught };
