// How the kernel is spoken to: it takes lines, and answers by the pipe. See kernel/process.ts.
"use strict";
const { Worker } = require("node:worker_threads");

const { ours } = require("./parts.cjs");

const { send } = ours("kernel/pipe");
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

module.exports = { answer };
