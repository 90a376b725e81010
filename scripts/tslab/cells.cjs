// Runs cells one after the other, as the protocol wants it, and hears each Stop.
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

module.exports = { stopOnError, hearEarlyStops };
