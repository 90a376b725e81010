/**
 * A running kernel: start it, run code in it, end it.
 *
 * Deno's kernel may publish `idle`, and even the reply, before the last of a cell's output. So each cell is followed
 * by a fence: a request that counts as no cell and publishes a random word. All output goes through one queue in the
 * kernel, hence what arrives before the word is the cell's, whichever of the two requests it names as its parent.
 *
 * @module
 */
import { CourseError, messageOf } from "../errors.ts";
import { type Connection, newConnection } from "./connection.ts";
import type { KernelKind } from "./kernel.ts";
import { decodeMessage, encodeMessage, type Message, Refused, request } from "./messages.ts";
import { KernelProcess } from "./process.ts";
import { within } from "./within.ts";
import { Socket } from "./zmtp.ts";

/** The kernel ended while it was needed. */
export class KernelDied extends CourseError {}
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
  status: "ok" | "error";
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
  readonly #key: string;
  readonly #session = crypto.randomUUID();
  readonly #shell: Socket;
  readonly #iopub: Socket;
  readonly #control: Socket;
  readonly #broken = Promise.withResolvers<never>();
  #onMessage: (message: Message, socket: Socket) => void = () => {};

  private constructor(kind: KernelKind, process: KernelProcess, key: string, sockets: Socket[]) {
    this.#kind = kind;
    this.#process = process;
    this.#key = key;
    [this.#shell, this.#iopub, this.#control] = sockets;
    this.#broken.promise.catch(() => {});
    const allRead = sockets.map((socket) => this.#receive(socket));
    Promise.all([process.ended, ...allRead]).then(([status]) =>
      this.#broken.reject(new KernelDied(death(status)))
    );
  }

  /**
   * Starts a kernel; if another program takes one of its ports meanwhile, tries others. Throws a `CourseError` with
   * what the kernel said when it does not start in time.
   */
  static async start(kind: KernelKind, options: StartOptions = {}): Promise<Kernel> {
    const { startTimeout = 30, signal, cwd = Deno.cwd(), connect = () => newConnection() } = options;
    const limit = AbortSignal.timeout(startTimeout * 1000);
    for (let attempt = 1;; attempt++) {
      const connection = connect();
      const process = new KernelProcess(kind, connection, cwd);
      const gone = new AbortController();
      process.ended.then((status) => gone.abort(new Error(death(status))));
      try {
        const signals = [limit, gone.signal, ...signal ? [signal] : []];
        return await Kernel.#connect(kind, process, connection, AbortSignal.any(signals));
      } catch (error) {
        process.kill();
        await process.ended;
        signal?.throwIfAborted();
        const portTaken = /addr(ess)? ?(already )?in ?use|os error 98/i.test(process.said);
        if (portTaken && attempt < attempts && !limit.aborted) continue;
        const what = limit.aborted ? `it was not ready after ${startTimeout} s` : messageOf(error);
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

  /** Ends the kernel: asks it, waits for its answer a second at most, then sees to it that the process is gone. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#process.status) {
      const answered = this.#until((message) => message.header.msg_type === "shutdown_reply");
      const ask = request("shutdown_request", { restart: false }, this.#session);
      await within(this.#send(this.#control, ask).then(() => answered), { timeout: 1 }).catch(() => {});
    }
    await this.#process.end();
    this.#close();
  }

  /** Ends the kernel at once, without asking: for one that hangs. */
  async kill(): Promise<void> {
    this.#process.kill();
    await this.#process.ended;
    this.#close();
  }

  static async #connect(
    kind: KernelKind,
    process: KernelProcess,
    connection: Connection,
    signal: AbortSignal,
  ) {
    const sockets: Socket[] = [];
    try {
      const { shell_port, iopub_port, control_port } = connection;
      for (
        const [type, port] of [["DEALER", shell_port], ["SUB", iopub_port], ["DEALER", control_port]] as const
      ) {
        sockets.push(await connectWhenReady(type, port, process, signal));
      }
      const kernel = new Kernel(kind, process, connection.key, sockets);
      await kernel.#ready(signal);
      return kernel;
    } catch (error) {
      for (const socket of sockets) socket[Symbol.dispose]();
      throw error;
    }
  }

  /** Asks for the kernel's info until what it publishes reaches us as well. */
  async #ready(signal: AbortSignal): Promise<void> {
    const heard = this.#until((_, socket) => socket === this.#iopub);
    const ask = () =>
      this.#send(this.#shell, request("kernel_info_request", {}, this.#session)).catch(() => {});
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
    const finished = this.#until((message, socket) => {
      if (!mine.has(message.parent_header.msg_id ?? "")) return false;
      if (socket === this.#shell) reply = message.content as ExecuteReply;
      else if (message.content.execution_state === "idle") isIdle = true;
      else onMessage(message);
      return reply !== undefined && isIdle;
    });
    await this.#send(this.#shell, cell);
    await finished;
    const { pauseAfterError } = this.#kind;
    if (reply!.status === "error" && pauseAfterError > 0) await pause(pauseAfterError * 1000);
    await this.#fence(mine, onMessage);
    return reply!;
  }

  /** Waits for the rest of the output. What comes after the nonces is from something that the code left running. */
  async #fence(mine: Set<string>, onMessage: (message: Message) => void): Promise<void> {
    const nonce = crypto.randomUUID();
    const fence = this.#request(this.#kind.fence(nonce), false);
    const fenceId = fence.header.msg_id;
    mine.add(fenceId);
    let missing = this.#kind.fenceMessages;
    let isIdle = false;
    const finished = this.#until((message, socket) => {
      const parent = message.parent_header.msg_id ?? "";
      if (!mine.has(parent) || socket !== this.#iopub) return false;
      if (message.content.execution_state === "idle") isIdle ||= parent === fenceId;
      else if (message.header.msg_type !== "execute_input") {
        const text = message.content.text ?? message.content.data?.["text/plain"];
        if (typeof text === "string" && text.includes(nonce)) missing--;
        else onMessage(message);
      }
      return isIdle && missing === 0;
    });
    await this.#send(this.#shell, fence);
    await finished;
  }

  #request(code: string, isCell: boolean): Message {
    const content = { code, silent: false, store_history: isCell, user_expressions: {}, allow_stdin: false };
    return request("execute_request", { ...content, stop_on_error: false }, this.#session);
  }

  /** Shows each message that arrives to `isLast`, until that says so, and after that until there is another wait. */
  #until(isLast: (message: Message, socket: Socket) => boolean): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onMessage = (message, socket) => isLast(message, socket) && resolve();
    const found = Promise.race([promise, this.#broken.promise]);
    found.catch(() => {});
    return found;
  }

  #send(socket: Socket, message: Message): Promise<void> {
    return socket.send(encodeMessage(message, this.#key));
  }

  async #receive(socket: Socket): Promise<void> {
    try {
      for await (const frames of socket) this.#onMessage(decodeMessage(frames, this.#key), socket);
    } catch (error) {
      // A connection breaks when its kernel dies, and then how that died says more.
      const reject = () => this.#broken.reject(new KernelDied(`the connection broke: ${messageOf(error)}`));
      if (error instanceof Refused) return reject();
      const timer = setTimeout(reject, 1000);
      this.#process.ended.then(() => clearTimeout(timer));
    }
  }

  #close(): void {
    for (const socket of [this.#shell, this.#iopub, this.#control]) socket[Symbol.dispose]();
  }
}

async function connectWhenReady(
  type: "DEALER" | "SUB",
  port: number,
  process: KernelProcess,
  signal: AbortSignal,
) {
  for (;;) {
    signal.throwIfAborted();
    if (process.status) throw new Error(death(process.status));
    try {
      return await Socket.connect(type, port, signal);
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
      await pause(5);
    }
  }
}

function death({ code, signal }: Deno.CommandStatus): string {
  return `the kernel ${signal ? `was ended by ${signal}` : `ended with exit code ${code}`}`;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
