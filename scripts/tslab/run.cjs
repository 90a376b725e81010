// Has tslab run cells as the protocol wants it, hear each Stop, and check parameters.
"use strict";
const vm = require("node:vm");
const { setImmediate: turn, setTimeout: pause } = require("node:timers/promises");
const { parts } = require("./places.cjs");

/** The milliseconds for which other cells may be on their way when one fails. */
const ON_THE_WAY = 20;

/**
 * Lets cells that are there when one fails not run, where its request asks for that, and each one after it. tslab itself
 * aborts all that come within 200 ms, whoever asks.
 */
function stopOnError() {
  let last = Promise.resolve(), failures = 0;
  parts("tslab/dist/jupyter.js").JupyterHandlerImpl.prototype.handleExecute = async function (
    request,
    ...publish
  ) {
    const before = last, failuresBefore = failures;
    let end;
    last = new Promise((resolve) => end = resolve);
    await before;
    try {
      if (failures > failuresBefore) return { status: "aborted" };
      const { count } = await this.handleExecuteImpl(request, ...publish);
      return { status: "ok", execution_count: count };
    } catch (thrown) {
      if (thrown.count === undefined) console.error(thrown);
      if (request.stop_on_error !== false) {
        await pause(ON_THE_WAY);
        failures++;
      }
      return { status: "error", execution_count: thrown.count };
    } finally {
      end();
    }
  };
}

/**
 * Hears of a Stop that comes while a cell is translated. Node tells of it only afterwards, by when tslab has taken its
 * listener away, to run the cell; so that waits for two turns: the first may have begun before the signal.
 */
function hearEarlyStops() {
  const { runInThisContext } = vm;
  vm.runInThisContext = (code, options) =>
    options?.breakOnSigint ? runUnlessStopped(code, options) : runInThisContext(code, options);

  async function runUnlessStopped(code, options) {
    let isStopped = false;
    const stop = () => isStopped = true;
    process.on("SIGINT", stop);
    await turn();
    await turn();
    process.removeListener("SIGINT", stop);
    return isStopped ? undefined : runInThisContext(code, options);
  }
}

/** Fails a cell that sets a parameter to what its declaration does not allow. */
function refuseSettings({ checkSettings, refusedValue }) {
  const executor = parts("tslab/dist/executor.js");
  const { createExecutor } = executor;
  executor.createExecutor = (...options) => {
    const original = createExecutor(...options);
    const declared = new Map();
    const execute = async (source) => {
      const { refused, computed } = checkSettings(source, declared);
      const isDone = refused !== undefined || await original.execute(source);
      await turn(); // errors that nobody has caught are told of before the cell ends
      if (!isDone) return false;
      const why = refused ?? await refusedValue(computed, (name) => original.locals[name]);
      if (why !== undefined) console.error(`LessonError: ${why}`);
      return why === undefined;
    };
    return { ...original, execute };
  };
}

/** Runs cells as the course does under Deno. */
function mendRuns(checks) {
  stopOnError();
  hearEarlyStops();
  refuseSettings(checks);
}

module.exports = { mendRuns };
