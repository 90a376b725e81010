/** A kernel's process, from its start to its certain end. @module */
import { delimiter, dirname } from "node:path";
import { signalGroup } from "../common/command.ts";
import type { Published } from "./messages.ts";

const running = new Set<KernelProcess>();
for (const end of ["unload", "error", "unhandledrejection"]) {
  globalThis.addEventListener(end, () => running.forEach((process) => process.kill()));
}

/** The number of characters kept from the end of a kernel's stderr. */
const kept = 4000;
/** The prefix of our agents' lines; programs that cells start can write to the same pipe. */
const ours = '{"header":{"msg_type":';

/** The byte, never part of JSON, by which a kernel reports that its main thread is busy. */
const busyMark = "\x10";

/** Kills a kernel whose parent was killed before our agent in the kernel could watch for that. */
const orphaned = '(sh -c "sleep 5; kill -0 $PPID || kill -KILL -$$" </dev/null >/dev/null 2>&1 &)';

/**
 * Starts a program that reads from us on descriptor 3 and writes to us on 4. Its stdin is empty, and its stdout goes to
 * stderr, as does that of programs started by cells. (Windows has no such descriptors: there, stdin and stdout serve.)
 */
const wrapper = ["/bin/sh", "-c", `${orphaned}; exec "$0" "$@" 3<&0 4>&1 </dev/null >&2`];

/**
 * A kernel's process. It leads a process group of its own, so that Ctrl-C in the terminal reaches only us, and processes
 * started by cells end with their kernel. It is killed when our program exits.
 */
export class KernelProcess {
  readonly #child: Deno.ChildProcess;
  readonly #stdin: WritableStreamDefaultWriter<Uint8Array>;
  /** The end of its stderr. */
  said = "";
  /** True once its main thread has failed to respond to Stop (see stop.ts). */
  isBusy = false;
  /** Resolves with how it ended, in words, when it is gone and all of its messages have been delivered. */
  readonly ended: Promise<string>;

  /** Starts a command; `give` receives each message of its cells and of our agent. */
  constructor(
    command: string[],
    options: { cwd: string; env: Record<string, string> },
    give: (message: Published) => void,
  ) {
    const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = Deno.env.toObject(); // the same notebook gives the same bytes
    const path = [Deno.env.get("PATH"), dirname(Deno.execPath())].filter(Boolean).join(delimiter);
    const [program, ...args] = Deno.build.os === "windows" ? command : [...wrapper, ...command];
    this.#child = new Deno.Command(program, {
      args,
      cwd: options.cwd,
      env: { ...inherited, PATH: path, ...options.env },
      clearEnv: true,
      detached: true,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#stdin = this.#child.stdin.getWriter();
    running.add(this);
    this.ended = this.#watch(give);
  }

  /** Sends SIGINT to its process group. */
  interrupt(): void {
    signalGroup(this.#child, "SIGINT");
  }

  /** Sends it a line. */
  tell(line: string): void {
    this.#stdin.write(new TextEncoder().encode(`${line}\n`)).catch(() => {}); // it is gone
  }

  /** Kills it and its descendants. */
  kill(): void {
    signalGroup(this.#child, "SIGKILL");
  }

  async #watch(give: (message: Published) => void): Promise<string> {
    const { stdout, stderr } = this.#child;
    const isOver = new AbortController();
    const read = async (stream: typeof stdout, take: (text: string) => void) => {
      for await (const text of stream.pipeThrough(new TextDecoderStream(), isOver)) take(text);
    };
    let rest = "";
    const answering = read(stdout, (text) => {
      if (text.includes(busyMark)) this.isBusy = true;
      const lines = text.replaceAll(busyMark, "").split("\n");
      lines[0] = rest + lines[0];
      rest = lines.pop()!;
      for (const line of lines) if (line.startsWith(ours)) give(JSON.parse(line));
    });
    const saying = read(stderr, (text) => void (this.said = (this.said + text).slice(-kept)));
    const { signal, code } = await this.#child.status;
    // A process started by a cell may keep the pipes open, and may have left the group.
    signalGroup(this.#child, "SIGKILL");
    const timer = setTimeout(() => isOver.abort(), 1000);
    await Promise.allSettled([answering, saying]);
    clearTimeout(timer);
    running.delete(this);
    if (/out of memory/i.test(this.said)) return "the kernel ran out of memory";
    return `the kernel ${signal ? `was ended by ${signal}` : `ended with exit code ${code}`}`;
  }
}
