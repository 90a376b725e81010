/** Compiles PDFs in a process of its own: Typst stops for nothing, so that only its process can be ended. @module */
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { CourseError } from "../../common/errors.ts";
import type { Answer, Asked } from "./inside.ts";

/** The process that compiles has ended, as it does where the memory is full. */
export class CompilerDied extends CourseError {}

/** Stays for what comes next, since it compiles that much faster. */
let compiler: ChildProcess | undefined;
let asked = 0;

/**
 * Compiles as `compileAll` does, elsewhere. The signal ends the process at once; so does the end of this one.
 *
 * @throws {CompilerDied} if the process ends before it has answered
 */
export async function compileApart(
  given: Omit<Asked, "id">,
  { tell, signal }: { tell?: (sentence: string) => void; signal?: AbortSignal } = {},
): Promise<Map<string, Uint8Array>> {
  signal?.throwIfAborted();
  const child = compiler = compiler?.connected ? compiler : start();
  const id = asked++;
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const onMessage = (answer: Answer) => answer.id === id && resolve(answer);
  const onExit = (code: number | null, signal: string | null) =>
    reject(
      new CompilerDied(
        `Cannot make the PDFs: Typst was ended by ${signal ?? `exit code ${code}`} (is the memory full?).`,
      ),
    );
  const end = () => child.kill("SIGKILL");
  child.on("message", onMessage).on("exit", onExit).ref();
  child.channel!.ref();
  signal?.addEventListener("abort", end);
  try {
    child.send({ id, ...given } satisfies Asked);
    const { files, told, error } = await promise;
    told.forEach((sentence) => tell?.(sentence));
    if (!files) throw new CourseError(error);
    return files;
  } catch (error) {
    throw signal?.aborted ? signal.reason : error;
  } finally {
    signal?.removeEventListener("abort", end);
    child.off("message", onMessage).off("exit", onExit);
    if (child.listenerCount("message") === 0) unref(child);
  }
}

/** Starts the process, which Ctrl-C in the terminal does not reach. */
function start(): ChildProcess {
  return fork(join(import.meta.dirname!, "inside.ts"), {
    detached: true,
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
}

/** Lets this program end while the process has nothing to do. */
function unref(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
}
