// How the kernel is spoken to: it takes lines, and writes what cells put out as lines. See kernel/process.ts.
"use strict";
const fs = require("node:fs");
const { Worker } = require("node:worker_threads");

const isWindows = process.platform === "win32";
const [input, output] = isWindows ? [0, 1] : [3, 4];
/** Reads the lines, and ends the kernel, and what it has started, with the process that started it, though a cell may be at work. */
const READER = `const { parentPort } = require("node:worker_threads");
const { Socket } = require("node:net"); // a file's stream would hold up the end of a process that exits by itself
const input = new Socket({ fd: ${input}, writable: false });
require("node:readline").createInterface({ input })
  .on("line", (line) => parentPort.postMessage(line))
  .on("close", () => process.kill(${isWindows ? "" : "-"}process.pid, "SIGKILL"));`;

const { stringify } = JSON; // whatever a cell makes of it

/** Sends a message of Jupyter's: it is there before the next line runs. */
function send(msg_type, content) {
  const line = stringify({ header: { msg_type }, metadata: {}, content });
  if (!line?.startsWith('{"header"')) process.kill(process.pid, "SIGKILL"); // a cell has set Object.prototype.toJSON
  const bytes = Buffer.from(`${line}\n`);
  for (let at = 0; at < bytes.length;) at += fs.writeSync(output, bytes, at);
}

/** Calls the functions that are asked for, and tells what they return. */
function answer(calls) {
  new Worker(READER, { eval: true }).on("message", async (line) => {
    const [nonce, call, ...given] = JSON.parse(line);
    const called = (async () => await calls[call](...given))();
    send("answer", { nonce, value: await called.catch((error) => console.error(error)) });
  });
}

module.exports = { answer, send };
