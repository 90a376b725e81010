/** A kernel's process, from its start to its certain end. @module */
import { delimiter, dirname } from "node:path";
import pTimeout from "p-timeout";
import { signalGroup } from "../common/command.ts";
import { CourseError, messageOf } from "../common/errors.ts";
import { busy } from "./busy.ts";
import { type Connection, ConnectionFile } from "./connection.ts";
import type { KernelKind } from "./kernel.ts";

const running = new Set<KernelProcess>();
for (const end of ["unload", "error", "unhandledrejection"]) {
  globalThis.addEventListener(end, () => running.forEach((process) => process.kill()));
}

/** The last bytes that are kept of what a kernel says on its own stderr. */
const keptBytes = 4000;
const isWindows = Deno.build.os === "windows";
/** Starts a program whose cells find nothing on stdin: what we tell it comes by another way. */
const withOwnStdin = ["/bin/sh", "-c", 'exec "$0" "$@" 3<&0 </dev/null'];
/** The milliseconds that a kernel may take to end when asked to. */
const graceTime = 500;

/**
 * A kernel's process, in a process group of its own: Ctrl-C in the terminal reaches us alone, and what cells have
 * started ends with their kernel. If the program exits in between, the process is killed and its files are removed.
 */
export class KernelProcess {
  readonly #child: Deno.ChildProcess;
  readonly #file: ConnectionFile;
  readonly #stdin: WritableStreamDefaultWriter<Uint8Array> | undefined;
  #said = "";
  #status: Deno.CommandStatus | undefined;
  /** Called when it is found that the thread that code runs on does not hear. */
  onBusy = () => {};
  /** Fulfilled when the process is gone and all that it wrote has been read. */
  readonly ended: Promise<Deno.CommandStatus>;

  /** Starts the kernel; it will listen on the connection's ports. */
  constructor(kind: KernelKind, connection: Connection, cwd: string) {
    this.#file = new ConnectionFile(connection);
    const argv = kind.argv(this.#file.path, Deno.pid);
    const [command, ...args] = kind.inside && !isWindows ? [...withOwnStdin, ...argv] : argv;
    const path = [Deno.env.get("PATH"), dirname(Deno.execPath())].filter(Boolean).join(delimiter);
    const env = { ...Deno.env.toObject(), PATH: path, ...kind.env };
    const set = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
    try {
      this.#child = new Deno.Command(command, {
        args,
        cwd,
        env: Object.fromEntries(set),
        clearEnv: true,
        detached: true,
        stdin: kind.inside ? "piped" : "null",
        stdout: "piped",
        stderr: "piped",
      }).spawn();
    } catch (error) {
      this.#file[Symbol.dispose]();
      throw new CourseError(`Cannot start the ${kind.displayName} kernel: ${messageOf(error)}.`);
    }
    this.#stdin = kind.inside && this.#child.stdin.getWriter();
    running.add(this);
    this.ended = this.#watch();
  }

  /** The way in which it ended, once it has. */
  get status(): Deno.CommandStatus | undefined {
    return this.#status;
  }

  /** The last that it wrote on its own stdout and stderr, without colours. */
  get said(): string {
    // deno-lint-ignore no-control-regex
    return this.#said.replace(/\x1b\[[\d;]*m/g, "").replace(/^Warning "deno jupyter" is unstable.*\n/m, "")
      .trim();
  }

  /** Sends SIGINT to the whole group. */
  interrupt(): void {
    signalGroup(this.#child, "SIGINT");
  }

  /** Writes a line to what is inside of the kernel. */
  tell(line: string): void {
    this.#stdin?.write(new TextEncoder().encode(`${line}\n`)).catch(() => {}); // it is gone
  }

  /** Removes the connection file, which only a kernel that starts reads: nothing of it is left if the program is killed. */
  forgetFile(): void {
    this.#file[Symbol.dispose]();
  }

  /** Asks it to end, and makes it after half a second. */
  async end(): Promise<void> {
    signalGroup(this.#child, "SIGTERM");
    await pTimeout(this.ended, { milliseconds: graceTime, fallback: () => this.kill() });
    await this.ended;
  }

  /** Ends it and all that it has started, at once. */
  kill(): void {
    signalGroup(this.#child, "SIGKILL");
    this.#file[Symbol.dispose]();
  }

  async #watch(): Promise<Deno.CommandStatus> {
    const reading = Promise.all([this.#listen(this.#child.stdout), this.#listen(this.#child.stderr)]);
    const status = await this.#child.status;
    // What a cell has started may hold the pipes open.
    signalGroup(this.#child, "SIGKILL");
    await reading;
    this.#status = status;
    this.#file[Symbol.dispose]();
    running.delete(this);
    return status;
  }

  async #listen(stream: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    for await (const bytes of stream) {
      const [said, ...told] = (this.#said + decoder.decode(bytes, { stream: true })).split(busy);
      this.#said = (said + told.join("")).slice(-keptBytes);
      if (told.length > 0) this.onBusy();
    }
  }
}
