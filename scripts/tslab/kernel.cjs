// The kernel: has tslab run cells as the course does under Deno. It takes lines, and answers by the pipe: see kernel/process.ts.
"use strict";
const { setImmediate: turn } = require("node:timers/promises");
const { format } = require("node:util");
const vm = require("node:vm");
const { Worker } = require("node:worker_threads");
const { ours, parts } = require("./parts.cjs");
const { begin, sourceOf } = require("./translate.cjs");

const { refusedValue } = ours("parameters/type");
const { failed, failureOf, send, textOf } = ours("kernel/pipe");

const isWindows = process.platform === "win32";
/** Reads the lines, and ends the kernel, and what it has started, with the process that started it, though a cell may be at work. */
const READER = `const { parentPort } = require("node:worker_threads");
const { Socket } = require("node:net"); // a file's stream would hold up the end of a process that exits by itself
const input = new Socket({ fd: ${isWindows ? 0 : 3}, writable: false });
require("node:readline").createInterface({ input })
  .on("line", (line) => parentPort.postMessage(line))
  .on("close", () => process.kill(${isWindows ? "" : "-"}process.pid, "SIGKILL"));`;

const { parse } = JSON; // cells may replace it

/** Calls the functions that are asked for, and tells what they return. */
function answer(calls) {
  new Worker(READER, { eval: true }).on("message", async (line) => {
    const [nonce, call, ...given] = parse(line);
    const called = (async () => await calls[call](...given))();
    send("answer", { nonce, value: await called.catch((error) => console.error(error)) });
  });
}

/** Starts tslab, without its own server. */
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
  let running;
  answer({
    nothing() {},
    rest() {},
    /** Tells those who listen for signals that Stop was pressed in a cell; too late, and a signal has told it, or the cell is over. */
    stop: (number, until) => void (number === running && Date.now() < until && process.emit("SIGINT")),
    /** Runs a cell; returns how it failed, or why a parameter that it computes is refused, if so. */
    async run(number, code, _source, computed) {
      running = number;
      begin(number);
      failures.length = 0;
      const isDone = await executor.execute(code).catch((thrown) => void failures.push([thrown]));
      await turn(); // errors that nobody has caught are told of before the cell ends
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

/** Those who want to hear of an event of the process; the last one does. */
const hearers = { SIGINT: [], unhandledRejection: [] };
for (const event in hearers) process.on(event, (...given) => hearers[event].at(-1)?.(...given));

/** Calls `listener` for an event, in place of those before it, until the function that it returns is called. */
function hear(event, listener) {
  const own = (...given) => listener(...given);
  hearers[event].push(own);
  return () => hearers[event] = hearers[event].filter((it) => it !== own);
}

/** Offers to lib/host/host.ts what only tslab's process can do. */
function offerHost() {
  const CALLING = Symbol.for("course.calling");
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
    onStop: (stop) => hear("SIGINT", stop),
    onUnhandled: (listener) => hear("unhandledRejection", listener),
  };
}

/** Sends what is printed, and shown by tslab's own functions. */
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

/** The failure of a cell: the one error that it threw, or all that the compiler says, each as the parts of a text. */
function failureIn(failures) {
  const [[thrown, ...more]] = failures;
  if (more.length > 0) {
    const text = failures.map((parts) => format(...parts)).join("\n");
    return failed("TypeScript", text, text);
  }
  const failure = failureOf(thrown);
  const isStop = /^(Script execution was interrupted by `SIGINT`|Interrupted asynchronously)$/.test(
    failure.evalue,
  );
  return isStop ? failed("Stopped", "The run was stopped.") : failure;
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
    send("translated", {});
    return isStopped ? undefined : runInThisContext(code, options);
  }
}

module.exports = { startKernel };
