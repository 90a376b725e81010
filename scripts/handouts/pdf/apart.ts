/** Compiles PDFs in processes of their own: Typst stops for nothing, so that only its process can be ended. @module */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CourseError } from "../../common/errors.ts";
import type { CourseOptions } from "../document/parts.ts";
import type { Answer, Asked } from "./compiler.ts";

/** The process that compiles has ended, as it does where the memory is full. */
export class CompilerDied extends CourseError {}

/** Processes that stay for what comes next, since they compile that much faster. */
const idle: ChildProcess[] = [];

/**
 * Compiles documents. The signal ends the process at once; so does the end of this one.
 *
 * @throws {CompilerDied} if the process ends before it has answered
 */
export async function compileApart(asked: Asked, { tell, signal }: Partial<CourseOptions> = {}) {
  signal?.throwIfAborted();
  const last = idle.pop();
  const child = last?.connected ? last : await start();
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const onExit = (code: number | null, name: string | null) => {
    const why = `Typst was ended by ${name ?? `exit code ${code}`} (is the memory full?)`;
    reject(signal?.aborted ? signal.reason : new CompilerDied(`Cannot make the PDFs: ${why}.`));
  };
  const end = () => child.kill("SIGKILL");
  child.once("message", resolve).once("exit", onExit).ref();
  child.channel!.ref();
  signal?.addEventListener("abort", end);
  try {
    child.send(asked);
    const answer = await promise;
    idle.push(child);
    if ("error" in answer) throw new CourseError(answer.error);
    answer.told.forEach((sentence) => tell?.(sentence));
    return answer.files;
  } finally {
    signal?.removeEventListener("abort", end);
    child.off("exit", onExit).unref(); // this program may end while the process has nothing to do
    child.channel?.unref();
  }
}

/** Starts a process, which Ctrl-C in the terminal does not reach. */
async function start(): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname!, "inside.ts"), {
    detached: true,
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  if (child.pid !== undefined) return child;
  const [{ code }] = await once(child, "error");
  const wayOut = `Is ${tmpdir()} a folder that can be written to? TMPDIR names it`;
  throw new CompilerDied(`Cannot make the PDFs: Typst's process cannot start (${code}). ${wayOut}.`);
}
