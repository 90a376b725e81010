/**
 * A running kernel: start it, run code in it, end it.
 *
 * Deno's kernel may publish `idle`, and even the reply, before the last of a cell's output. So each cell is followed
 * by a fence: a request that counts as no cell and publishes a random word. All output goes through one queue in the
 * kernel, hence what arrives before the word is the cell's, whichever of the two requests it names as its parent.
 *
 * @module
 */
import { CourseError, messageOf } from "../common/errors.ts";
import { Channels, death } from "./channels.ts";
import { type Connection, newConnection } from "./connection.ts";
import type { KernelKind } from "./kernel.ts";
import { type Message, request } from "./messages.ts";
import { KernelProcess } from "./process.ts";
import { within } from "./within.ts";

export { KernelDied } from "./channels.ts";
/** Code took longer than it may. */
export class CellTimeout extends CourseError {}

/** How to start a kernel. */
export interface StartOptions {
  /** The folder it runs in. */
  cwd?: string;
  /** How long it may take to start, in seconds. */
  startTimeout?: number;
  /** Ends the start when aborted. */
  signal?: AbortSignal;
  /** Chooses the ports to listen on. */
  connect?: () => Connection;
}

/** How to run code. */
export interface ExecuteOptions {
  /** How long it may run, in seconds; for ever by default. */
  timeout?: number;
  /** Ends the wait when aborted; the kernel is of no use after that. */
  signal?: AbortSignal;
  /** Takes each message of the code's output as it arrives. */
  onMessage?: (message: Message) => void;
}

/** How code ended. */
export interface ExecuteReply {
  /** "aborted", and tslab's "abort": it was not run, since one before it has failed. */
  status: "ok" | "error" | "aborted" | "abort";
  execution_count: number;
  ename?: string;
  evalue?: string;
  traceback?: string[];
}

const attempts = 5;

/** A kernel that is ready to run code, one request at a time. */
export class Kernel implements AsyncDisposable {
  readonly #kind: KernelKind;
  readonly #process: KernelProcess;
  readonly #channels: Channels;
  readonly #session = crypto.randomUUID();

  private constructor(kind: KernelKind, process: KernelProcess, channels: Channels) {
    this.#kind = kind;
    this.#process = process;
    this.#channels = channels;
  }

  /**
   * Starts a kernel; if another program takes one of its ports meanwhile, tries others; and where the first says nothing
   * for half of the time, tries another: of thousands of Deno's, one has been seen to hang. Throws a `CourseError` with
   * what the kernel said when it does not start in time.
   */
  static async start(kind: KernelKind, options: StartOptions = {}): Promise<Kernel> {
    const { startTimeout = 30, signal, cwd = Deno.cwd(), connect = () => newConnection() } = options;
    await kind.prepare?.();
    const limit = AbortSignal.timeout(startTimeout * 1000);
    for (let attempt = 1;; attempt++) {
      const patience = attempt === 1 ? AbortSignal.timeout(startTimeout * 500) : limit;
      const connection = connect();
      const process = new KernelProcess(kind, connection, cwd);
      const gone = new AbortController();
      process.ended.then((status) => gone.abort(new Error(death(status))));
      try {
        const signals = [limit, patience, gone.signal, ...signal ? [signal] : []];
        return await Kernel.#connect(kind, process, connection, AbortSignal.any(signals));
      } catch (error) {
        // A kernel that is about to die of a taken port closes its connections before it says so.
        if (!limit.aborted && !signal?.aborted) await within(process.ended, { timeout: 0.5 }).catch(() => {});
        const status = process.status;
        process.kill();
        await process.ended;
        signal?.throwIfAborted();
        const portTaken = /addr(ess)? ?(already )?in ?use|os error 98/i.test(process.said);
        if ((portTaken || patience.aborted) && attempt < attempts && !limit.aborted) continue;
        const ended = status ? death(status) : messageOf(error);
        const what = limit.aborted ? `it was not ready after ${startTimeout} s` : ended;
        const said = process.said ? ` It said: ${process.said}` : "";
        throw new CourseError(`Cannot start the ${kind.displayName} kernel: ${what}.${said}`);
      }
    }
  }

  /**
   * Runs code and waits for all of its output. Throws `KernelDied`, `CellTimeout`, or the reason of the signal; after
   * any of these the kernel is of no use.
   */
  async execute(code: string, options: ExecuteOptions = {}): Promise<ExecuteReply> {
    const { timeout, signal, onMessage = () => {} } = options;
    const tooLate = () => new CellTimeout(`it ran for longer than ${timeout} s`);
    const errors: Message[] = [];
    const sort = (message: Message) =>
      message.header.msg_type === "error" ? errors.push(message) : onMessage(message);
    try {
      return await within(this.#run(code, sort), { timeout, tooLate, signal });
    } finally {
      // An error ends a cell, but Deno's kernel lets it overtake what was printed before.
      errors.forEach(onMessage);
    }
  }

  /** Presses Stop. */
  interrupt(): void {
    this.#process.interrupt();
  }

  /** Ends the kernel: asks it, waits for its answer a second at most, then sees to it that the process is gone. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#process.status) {
      const answered = this.#channels.until((message) => message.header.msg_type === "shutdown_reply");
      const ask = request("shutdown_request", { restart: false }, this.#session);
      await within(this.#channels.send("control", ask).then(() => answered), { timeout: 1 }).catch(() => {});
    }
    await this.#process.end();
    this.#channels[Symbol.dispose]();
  }

  /** Ends the kernel at once, without asking: for one that hangs. */
  async kill(): Promise<void> {
    this.#process.kill();
    await this.#process.ended;
    this.#channels[Symbol.dispose]();
  }

  static async #connect(
    kind: KernelKind,
    process: KernelProcess,
    connection: Connection,
    signal: AbortSignal,
  ) {
    using open = new DisposableStack();
    const kernel = new Kernel(kind, process, open.use(await Channels.connect(connection, process, signal)));
    await kernel.#ready(signal);
    open.move();
    return kernel;
  }

  /** Asks for the kernel's info until what it publishes reaches us as well. */
  async #ready(signal: AbortSignal): Promise<void> {
    const heard = this.#channels.until((_, channel) => channel === "iopub");
    const ask = () =>
      this.#channels.send("shell", request("kernel_info_request", {}, this.#session)).catch(() => {});
    const timer = setInterval(ask, 50);
    try {
      ask();
      await within(heard, { signal });
    } finally {
      clearInterval(timer);
    }
  }

  async #run(code: string, onMessage: (message: Message) => void): Promise<ExecuteReply> {
    const cell = this.#request(code, true);
    const mine = new Set([cell.header.msg_id]);
    let reply: ExecuteReply | undefined;
    let isIdle = false;
    const finished = this.#channels.until((message, channel) => {
      if (!mine.has(message.parent_header.msg_id ?? "")) return false;
      if (channel === "shell") reply = message.content as ExecuteReply;
      else if (message.content.execution_state === "idle") isIdle = true;
      else onMessage(message);
      return reply !== undefined && isIdle;
    });
    await this.#channels.send("shell", cell);
    await finished;
    const { pauseAfterError } = this.#kind;
    if (reply!.status !== "ok" && pauseAfterError > 0) await pause(pauseAfterError * 1000);
    const { fence } = this.#kind;
    if (fence) await this.#fence(fence, mine, onMessage);
    return reply!;
  }

  /** Waits for the rest of the output. What comes after the nonces is from something that the code left running. */
  async #fence(
    code: (nonce: string) => string,
    mine: Set<string>,
    onMessage: (message: Message) => void,
  ): Promise<void> {
    const nonce = crypto.randomUUID();
    const fence = this.#request(code(nonce), false);
    const fenceId = fence.header.msg_id;
    mine.add(fenceId);
    let missing = this.#kind.fenceMessages;
    let isIdle = false;
    const finished = this.#channels.until((message, channel) => {
      const parent = message.parent_header.msg_id ?? "";
      if (!mine.has(parent) || channel !== "iopub") return false;
      if (message.content.execution_state === "idle") isIdle ||= parent === fenceId;
      else if (message.header.msg_type !== "execute_input") {
        const text = message.content.text ?? message.content.data?.["text/plain"];
        if (typeof text === "string" && text.includes(nonce)) missing--;
        else onMessage(message);
      }
      return isIdle && missing === 0;
    });
    await this.#channels.send("shell", fence);
    await finished;
  }

  #request(code: string, isCell: boolean): Message {
    const content = { code, silent: false, store_history: isCell, user_expressions: {}, allow_stdin: false };
    return request("execute_request", { ...content, stop_on_error: false }, this.#session);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
