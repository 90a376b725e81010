/** A process that compiles PDFs, and its thread at work: the other one listens. @module */
import process from "node:process";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { messageOf } from "../../common/errors.ts";
import { type Asked, compileAll } from "./compiler.ts";

/** The PDFs, with sentences on what they lack, or why there are none. */
export type Answer = ReturnType<typeof compileAll> | { error: string };

if (isMainThread) {
  const thread = new Worker(new URL(import.meta.url));
  process.on("disconnect", () => process.exit()); // whoever asked is gone, whatever is still at work here
  process.on("message", (asked) => thread.postMessage(asked));
  thread.on("message", (answer: Answer) => process.send!(answer));
} else {
  parentPort!.on("message", (asked: Asked) => parentPort!.postMessage(answerTo(asked)));
}

function answerTo(asked: Asked): Answer {
  try {
    return compileAll(asked);
  } catch (error) {
    return { error: messageOf(error) };
  }
}
