/** Compiles PDFs in child processes: Typst cannot be interrupted, but its process can be killed. @module */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CourseError } from "../../common/errors.ts";
import type { CourseOptions } from "../document/parts.ts";
import type { Answer, Asked } from "./compiler.ts";

/** Thrown when the compiler's process ends unexpectedly, for example because memory ran out. */
export class CompilerDied extends CourseError {}

/** Idle processes, kept because a warm compiler is much faster. */
const idle: ChildProcess[] = [];

/**
 * Compiles documents. The process is killed when the signal aborts or when this program ends.
 *
 * @throws {CompilerDied} if the process cannot start or ends before it answers
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
    child.off("exit", onExit).unref(); // an idle process must not keep this program alive
    child.channel?.unref();
  }
}

/** Starts a process that Ctrl-C in the terminal does not reach. */
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
