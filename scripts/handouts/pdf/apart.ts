/** Compiles PDFs on a thread of their own, beside all else that is to be done; whoever ends the program ends it, too. @module */
import { CourseError } from "../../common/errors.ts";
import { compileAll } from "./compiler.ts";

type Sources = Parameters<typeof compileAll>[0];
type Pictures = Parameters<typeof compileAll>[1];

/** Compiles as `compileAll` does, elsewhere. */
export async function compileApart(
  given: { sources: Sources; pictures: Pictures },
  tell?: (sentence: string) => void,
): Promise<Map<string, Uint8Array>> {
  const worker = new Worker(import.meta.url, { type: "module", name: "pdf" });
  try {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (event) => reject(new CourseError(`Cannot make the PDFs: ${event.message}.`));
    worker.postMessage(given);
    const { files, told, error } = await promise;
    if (!files) throw new CourseError(error!);
    if (tell) told.forEach(tell);
    return files;
  } finally {
    worker.terminate();
  }
}

interface Answer {
  files?: Map<string, Uint8Array>;
  told: string[];
  error?: string;
}

if (self.name === "pdf") {
  addEventListener("message", ({ data: { sources, pictures } }) => {
    const told: string[] = [];
    const answer = (answer: Omit<Answer, "told">) => self.postMessage({ told, ...answer });
    try {
      answer({ files: compileAll(sources, pictures, (sentence) => told.push(sentence)) });
    } catch (error) {
      answer({ error: (error as Error).message });
    }
  });
}
