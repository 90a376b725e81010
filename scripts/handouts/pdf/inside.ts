/** A process that compiles PDFs, and its thread at work: the other one listens. @module */
import process from "node:process";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { messageOf } from "../../common/errors.ts";
import { compileAll } from "./compiler.ts";

/** A set of documents to compile. */
export type Asked = { sources: ReadonlyMap<string, string>; files: ReadonlyMap<string, Uint8Array> };

/** The PDFs, or why there are none; and sentences on what they lack. */
export type Answer = { files?: Map<string, Uint8Array>; told: string[]; error?: string };

if (isMainThread) {
  const thread = new Worker(new URL(import.meta.url));
  process.on("disconnect", () => process.exit()); // whoever asked is gone, whatever is still at work here
  process.on("message", (asked) => thread.postMessage(asked));
  thread.on("message", (answer: Answer) => process.send!(answer));
} else {
  parentPort!.on("message", ({ sources, files }: Asked) => {
    const answer: Answer = { told: [] };
    try {
      answer.files = compileAll(sources, files, (sentence) => answer.told.push(sentence));
    } catch (error) {
      answer.error = messageOf(error);
    }
    parentPort!.postMessage(answer);
  });
}
