/** A process that listens while its thread compiles PDFs. @module */
import process from "node:process";
import { Worker } from "node:worker_threads";

const thread = new Worker(new URL("./compiler.ts", import.meta.url));
process.on("disconnect", () => process.exit()); // whoever asked is gone, whatever is still at work here
process.on("message", (asked) => thread.postMessage(asked));
thread.on("message", (answer) => process.send!(answer));
thread.on("exit", () => process.exit(1)); // it could not start, or has crashed
