/** A kernel's process, from its start to its certain end. @module */
import { delimiter, dirname } from "node:path";
import { signalGroup } from "../common/command.ts";
import type { Published } from "./messages.ts";

const running = new Set<KernelProcess>();
for (const end of ["unload", "error", "unhandledrejection"]) {
  globalThis.addEventListener(end, () => running.forEach((process) => process.kill()));
}

/** The last characters that are kept of what a kernel says on its own stderr. */
const kept = 4000;
/** The beginning of the lines that our parts inside of kernels write; programs that cells start can write there, too. */
const ours = '{"header":{"msg_type":';

/** The byte, which no JSON contains, by which a kernel says that the thread that code runs on is busy. */
const busyMark = "\x10";

/** Ends a kernel that we have left in its first moments, before the part of ours inside of it sees to that. */
const orphaned = '(sh -c "sleep 5; kill -0 $PPID || kill -KILL -$$" </dev/null >/dev/null 2>&1 &)';

/**
 * Starts a program that hears us at 3 and answers at 4. Its cells find nothing on stdin, and what they, or the programs
 * that they start, write past the kernel goes to stderr. (Windows has no such numbers; there, it is stdin and stdout.)
 */
const wrapper = ["/bin/sh", "-c", `${orphaned}; exec "$0" "$@" 3<&0 4>&1 </dev/null >&2`];

/**
 * A kernel's process, in a process group of its own: Ctrl-C in the terminal reaches us alone, and what cells have
 * started ends with their kernel. If the program exits in between, the process is killed.
 */
export class KernelProcess {
  readonly #child: Deno.ChildProcess;
  readonly #stdin: WritableStreamDefaultWriter<Uint8Array>;
  /** The last that it wrote on its own stderr. */
  said = "";
  /** True once the thread that code runs on did not hear of Stop: see stop.ts. */
  isBusy = false;
  /** Fulfilled with how it ended, in words, when the process is gone and all that it wrote has been given. */
  readonly ended: Promise<string>;

  /** Starts a command; `give` takes each message of its cells, and of our part inside of it. */
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

  /** Sends SIGINT to the whole group. */
  interrupt(): void {
    signalGroup(this.#child, "SIGINT");
  }

  /** Writes a line to it. */
  tell(line: string): void {
    this.#stdin.write(new TextEncoder().encode(`${line}\n`)).catch(() => {}); // it is gone
  }

  /** Ends it and all that it has started, at once. */
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
    // What a cell has started may hold the pipes open, and may have left the group.
    signalGroup(this.#child, "SIGKILL");
    const timer = setTimeout(() => isOver.abort(), 1000);
    await Promise.allSettled([answering, saying]);
    clearTimeout(timer);
    running.delete(this);
    if (/out of memory/i.test(this.said)) return "the kernel ran out of memory";
    return `the kernel ${signal ? `was ended by ${signal}` : `ended with exit code ${code}`}`;
  }
}
