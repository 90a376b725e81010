// The agent inside tslab: runs cells as the course does under Deno. Receives lines, and answers through the pipe (see
// kernel/process.ts).
"use strict";
const { setImmediate: turn } = require("node:timers/promises");
const { format } = require("node:util");
const vm = require("node:vm");
const { Worker } = require("node:worker_threads");
const { ours, parts } = require("./parts.cjs");
const { running, sourceOf } = require("./translate.cjs");

const { refusedValue } = ours("parameters/type");
const { failed, failureOf, send, textOf } = ours("kernel/pipe");

const isWindows = process.platform === "win32";
/** A worker that reads the lines, and kills the kernel's process group when its parent is gone, even if a cell is busy. */
const READER = `const { parentPort } = require("node:worker_threads");
const { Socket } = require("node:net"); // unlike a file stream, does not delay the exit of the process
const input = new Socket({ fd: ${isWindows ? 0 : 3}, writable: false });
require("node:readline").createInterface({ input })
  .on("line", (line) => parentPort.postMessage(line))
  .on("close", () => process.kill(${isWindows ? "" : "-"}process.pid, "SIGKILL"));`;

const { parse } = JSON; // cells may replace it
const STOPPED = /^(Script execution was interrupted by `SIGINT`|Interrupted asynchronously)$/;

/** Calls the requested functions, and sends their results. */
function answer(calls) {
  new Worker(READER, { eval: true }).on("message", async (line) => {
    const [nonce, call, ...given] = parse(line);
    const value = await (async () => await calls[call](...given))().catch((error) => console.error(error));
    send("answer", { nonce, value });
  });
}

/** Starts tslab without its own server. */
function startKernel() {
  hearEarlyStops();
  sendPrints();
  offerHost();
  const node = parts("tslab/dist/converter.js").createConverter({ isJS: false, isBrowser: false });
  const failures = [];
  const executor = parts("tslab/dist/executor.js").createExecutor(process.cwd(), { node, browser: node }, {
    error: (...given) => failures.push(given),
    log: showLast,
  });
  hear("SIGINT", () => executor.interrupt());
  const tell = (thrown) => send("stream", { name: "stderr", text: `Uncaught ${textOf(thrown)}\n` });
  hear("unhandledRejection", tell);
  process.on("uncaughtException", tell);
  answer({
    nothing() {},
    rest() {},
    /** Emits SIGINT for a press of Stop in a cell; after `until`, a real signal has done so. */
    stop: (number, until) => void (number === running.number && Date.now() < until && process.emit("SIGINT")),
    /** Runs a cell. Returns its failure, or the reason why a computed parameter is refused, if any. */
    async run(number, code, _source, computed) {
      running.number = number;
      failures.length = 0;
      const isDone = await executor.execute(code).catch((thrown) => void failures.push([thrown]));
      await turn(); // uncaught errors are reported before the cell ends
      if (!isDone) return { failure: failureIn(failures) };
      return { refused: await refusedValue(computed, (name) => executor.locals[name]) };
    },
    describe(name, code, cursor) {
      const info = executor.inspect(code, cursor);
      const text = info && parts("tslab/dist/inspect.js").printQuickInfo(info);
      return { type: executor.locals[name]?.constructor?.name, text: text || undefined };
    },
    complete(code, cursor) {
      const { start, end, candidates } = executor.complete(code, cursor);
      return { status: "ok", cursor_start: start, cursor_end: end, matches: candidates, metadata: {} };
    },
  });
}

/** Stacks of listeners for events of the process; only the top one is called. */
const hearers = { SIGINT: [], unhandledRejection: [] };
for (const event in hearers) process.on(event, (...given) => hearers[event].at(-1)?.(...given));

/** Calls `listener` for an event in place of earlier ones. Returns a function that removes it. */
function hear(event, listener) {
  const own = (...given) => listener(...given);
  hearers[event].push(own);
  return () => hearers[event] = hearers[event].filter((it) => it !== own);
}

/** Provides tslab's part of lib/host/host.ts. */
function offerHost() {
  const CALLING = Symbol.for("course.calling");
  const call = new vm.Script('globalThis[Symbol.for("course.calling")]()');
  globalThis[Symbol.for("course.host")] = {
    // tslab's own display sends a single representation, not a bundle.
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
    onStop: (stop) => hear("SIGINT", stop),
    onUnhandled: (listener) => hear("unhandledRejection", listener),
  };
}

/** Sends printed text, and the output of tslab's own display functions. */
function sendPrints() {
  for (const name of ["stdout", "stderr"]) {
    const decoder = new TextDecoder();
    process[name].write = (given) => {
      const text = typeof given === "string" ? given : decoder.decode(given, { stream: true });
      send("stream", { name, text });
      return true;
    };
  }
  parts("tslab/dist/jupyter.js").lastWriteDisplayData = (content, isUpdate) =>
    send(isUpdate ? "update_display_data" : "display_data", content);
}

/** Shows a cell's last value. */
function showLast(value) {
  const data = value[Symbol.for("Jupyter.display")]?.();
  if (data) send("display_data", { data, metadata: {}, transient: {} });
  else console.log(value);
}

/** Returns a cell's failure: the error that it threw, or the compiler's errors, each given as arguments of `format`. */
function failureIn(failures) {
  const [[thrown, ...more]] = failures;
  if (more.length > 0) {
    const text = failures.map((parts) => format(...parts)).join("\n");
    return failed("TypeScript", text, text);
  }
  const failure = failureOf(thrown);
  return STOPPED.test(failure.evalue) ? failed("Stopped", "The run was stopped.") : failure;
}

/**
 * Catches a Stop pressed while a cell is translated. Node delivers the signal only afterwards, when tslab has already removed
 * its listener to run the cell. So the cell waits for two turns of the loop: the first may have begun before the signal.
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
    send("translated", {});
    return isStopped ? undefined : runInThisContext(code, options);
  }
}

module.exports = { startKernel };
