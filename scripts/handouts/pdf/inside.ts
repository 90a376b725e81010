/** The child process: it listens while its thread compiles PDFs. @module */
import process from "node:process";
import { Worker } from "node:worker_threads";

const thread = new Worker(new URL("./compiler.ts", import.meta.url));
process.on("disconnect", () => process.exit()); // the parent is gone, so nobody needs the answer
process.on("message", (asked) => thread.postMessage(asked));
thread.on("message", (answer) => process.send!(answer));
thread.on("exit", () => process.exit(1)); // it failed to start or crashed
