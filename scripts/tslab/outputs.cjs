"use strict";
const { parts } = require("./places.cjs");

/** The milliseconds for which cells that wait are passed over after an error; tslab's 200 also pass over a learner's next. */
const PASSED_OVER = 20;
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

  const { TaskQueue } = parts("tslab/dist/util.js");
  const { reset } = TaskQueue.prototype;
  TaskQueue.prototype.reset = function (delay) {
    reset.call(this, delay && PASSED_OVER);
  };
  const { handleExecute } = jupyter.JupyterHandlerImpl.prototype;
  jupyter.JupyterHandlerImpl.prototype.handleExecute = async function (...request) {
    const reply = await handleExecute.apply(this, request);
    return reply.status === "abort" ? { ...reply, status: "aborted" } : reply; // the protocol's word for it
  };
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
