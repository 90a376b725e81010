/** The process that compiles PDFs, and its threads: one for each set of documents that is compiled at a time. @module */
import process from "node:process";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { compileAll } from "./compiler.ts";

type Given = Parameters<typeof compileAll>;

/** A set of documents to compile. */
export type Asked = { id: number; sources: Given[0]; pictures: Given[1] };

/** The PDFs, or why there are none; and sentences on what they lack. */
export type Answer = { id: number; files?: Map<string, Uint8Array>; told: string[]; error?: string };

if (isMainThread) {
  const idle: Worker[] = [];
  process.on("disconnect", () => process.exit()); // whoever asked is gone, whatever is still at work here
  process.on("message", (asked) => {
    const thread = idle.pop() ?? new Worker(new URL(import.meta.url));
    thread.once("message", (answer: Answer) => {
      idle.push(thread);
      process.send!(answer);
    });
    thread.postMessage(asked);
  });
} else {
  parentPort!.on("message", ({ id, sources, pictures }: Asked) => {
    const answer: Answer = { id, told: [] };
    try {
      answer.files = compileAll(sources, pictures, (sentence) => answer.told.push(sentence));
    } catch (error) {
      answer.error = (error as Error).message;
    }
    parentPort!.postMessage(answer);
  });
}
