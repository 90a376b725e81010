/**
 * A running kernel: starts it, runs code in it, ends it.
 *
 * An agent of ours runs inside each kernel. We call its functions; it writes output and return values as lines of JSON,
 * unbuffered and in order, so that the return value of a call follows all of the call's output. tslab receives calls as lines
 * as well; Deno's kernel receives them as cells, because it can terminate those.
 *
 * @module
 */
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pTimeout, { TimeoutError } from "p-timeout";
import { CourseError, messageOf } from "../common/errors.ts";
import { temporaryFolder } from "../common/files.ts";
import type { Type } from "../parameters/type.ts";
import { type CellFailure, checkCell, failed, inside, javaScriptOf } from "./cell.ts";
import { Channel } from "./channel.ts";
import { type Connection, newConnection } from "./connection.ts";
import type { KernelKind } from "./kernel.ts";
import type { Message, Published } from "./messages.ts";
import { KernelProcess } from "./process.ts";

/** The kernel ended, its connection broke, or code timed out: the kernel is no longer usable. */
export class KernelLost extends CourseError {}

/** Options for starting a kernel. */
export interface StartOptions {
  /** The folder it runs in. */
  cwd?: string;
  /** The most seconds that the start may take; 60 by default. */
  startTimeout?: number;
  /** Cancels the start when aborted. */
  signal?: AbortSignal;
  /** Chooses the ports for a kernel that listens on some. */
  connect?: typeof newConnection;
  /** Receives output while no cell runs, of a timer for example. */
  onOther?: (message: Published) => void;
}

/** Options for running code. */
export interface ExecuteOptions {
  /** The most seconds that it may run; unlimited by default. */
  timeout?: number;
  /** Ends the wait when aborted, after which the kernel is no longer usable. */
  signal?: AbortSignal;
  /** Receives each message of the code's output as it arrives. */
  onMessage?: (message: Published) => void;
  /** The number of the cell; by default the next one. */
  number?: number;
}

/** The result of running code. */
export interface ExecuteReply extends Partial<CellFailure> {
  status: "ok" | "error";
  execution_count: number;
}

/** The most milliseconds for code to hear Stop, and to end. In its first second, no kernel hears anything. */
const hearing = 2000, patience = 3000;
/** The milliseconds after which tslab's thread counts as busy, and the most that it may be busy with translating a cell. */
const grace = 250, translating = 10_000;

/** A kernel that is ready to run code, one cell at a time. */
export class Kernel implements AsyncDisposable {
  readonly #process: KernelProcess;
  readonly #died: Promise<never>;
  /** Channels to Deno's kernel: for requests, and for urgent ones. */
  #shell: Channel | undefined;
  #control: Channel | undefined;
  readonly #answers = new Map<string, (value: unknown) => void>();
  /** The parameters declared by its cells so far. */
  readonly #declared = new Map<string, Type>();
  #count = 0;
  /** The running cell. */
  #cell: { number: number; onMessage(message: Published): void; isTranslated?: boolean } | undefined;
  /** The number of the last press of Stop, and of the last one that code has heard. */
  #presses = 0;
  #heard = 0;

  private constructor(
    private readonly kind: KernelKind,
    connectionFile: string,
    cwd: string,
    private readonly onOther: StartOptions["onOther"],
  ) {
    const options = { cwd, env: kind.env };
    this.#process = new KernelProcess(kind.argv(connectionFile), options, (message) => this.#take(message));
    this.#died = this.#process.ended.then((how) => Promise.reject(new KernelLost(how)));
    this.#died.catch(() => {});
  }

  /**
   * Starts a kernel. If it fails, tries again with other ports, since another program may have taken one of them. Tries again
   * as well if the first kernel is silent for half of the time: about one in thousands of Deno's has been seen to hang.
   *
   * Throws a `CourseError` that quotes the kernel's stderr if none starts in time.
   */
  static async start(kind: KernelKind, options: StartOptions = {}): Promise<Kernel> {
    const { startTimeout = 60, signal, cwd = Deno.cwd(), connect = newConnection, onOther } = options;
    await kind.prepare?.();
    const limit = AbortSignal.timeout(startTimeout * 1000);
    for (let attempt = 1;; attempt++) {
      const patience = attempt === 1 ? AbortSignal.timeout(startTimeout * 500) : limit;
      using folder = temporaryFolder("course-kernel-");
      const file = join(folder.path, "connection.json");
      const connection = connect();
      Deno.writeTextFileSync(file, JSON.stringify(connection), { mode: 0o600 });
      const kernel = new Kernel(kind, file, cwd, onOther);
      const isOver = AbortSignal.any([limit, patience, ...signal ? [signal] : []]);
      try {
        await pTimeout(kernel.#connect(connection, isOver), { milliseconds: Infinity, signal: isOver });
        return kernel;
      } catch (error) {
        await kernel[Symbol.asyncDispose]();
        signal?.throwIfAborted();
        if (attempt < 3 && !limit.aborted) continue;
        const why = limit.aborted ? `it was not ready after ${startTimeout} s` : messageOf(error);
        const said = kernel.#process.said.trim();
        throw new CourseError(
          `Cannot start the kernel ${kind.displayName}: ${why}.${said && ` It said: ${said}`}`,
        );
      }
    }
  }

  /**
   * Runs code and waits for all of its output. Throws a `KernelLost`, or the signal's reason; either way, the kernel is no
   * longer usable.
   */
  async execute(code: string, options: ExecuteOptions = {}): Promise<ExecuteReply> {
    const { timeout = Infinity, signal, onMessage = () => {}, number = this.#count + 1 } = options;
    this.#count = number;
    this.#cell = { number, onMessage };
    try {
      const failure = await pTimeout(this.#run(code, number), { milliseconds: 1000 * timeout, signal });
      if (failure) onMessage({ header: { msg_type: "error" }, metadata: {}, content: { ...failure } });
      return { status: failure ? "error" : "ok", execution_count: number, ...failure };
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error;
      // If the thread answers, the code is not computing but awaiting something.
      const isWaiting = await isOverIn(hearing, this.ask("nothing"));
      const why = isWaiting ? "an await that nothing fulfils" : "a loop that does not end";
      const wayOut = `look for ${why}, or give it more with --timeout`;
      throw new KernelLost(`it ran for longer than ${timeout} s; ${wayOut}`);
    } finally {
      this.#cell = undefined;
    }
  }

  /** Calls a function of our agent. Resolves with its result after all of its output, or with undefined if it failed. */
  async ask(call: string, ...given: unknown[]): Promise<unknown> {
    const nonce = crypto.randomUUID();
    const { promise, resolve } = Promise.withResolvers<unknown>();
    this.#answers.set(nonce, resolve);
    const asked = JSON.stringify([nonce, call, ...given]);
    if (!this.#shell) this.#process.tell(asked);
    // Without await, since Deno's kernel would die if Stop terminated a timer's callback in the meantime.
    else if (!await this.#runs(`void ${inside}.answer(...${asked})`)) {
      await this.ask("nothing"); // its answer follows the output of the failed call
      resolve(undefined);
    }
    return await Promise.race([promise, this.#died]);
  }

  /** The content of a `complete_reply`. */
  async complete(code: string, cursor_pos: number): Promise<Message["content"]> {
    if (this.#shell) return await this.#shell.request("complete_request", { code, cursor_pos });
    return await this.ask("complete", code, cursor_pos) as Message["content"];
  }

  /** Waits for the cells' timers that are due within a second; under tslab, returns at once. */
  async rest(): Promise<void> {
    await isOverIn(2000, this.ask("rest", 1000));
  }

  /** Presses Stop. Returns false if the code could not be ended; then the kernel is no longer usable. */
  async interrupt(): Promise<boolean> {
    const cell = this.#cell;
    if (!cell) return true;
    if (!this.#shell) {
      const isHeard = this.ask("stop", cell.number, Date.now() + grace);
      if (await isOverIn(grace, isHeard)) return true;
      this.#process.interrupt(); // only now that it is busy: as code starts or ends, Node can miss a signal, or die of it
      return await isOverIn(cell.isTranslated ? patience : translating, isHeard);
    }
    for (const end = performance.now() + patience; performance.now() < end;) {
      if (await this.#press(cell)) return true;
      // It is busy. Deno's kernel can terminate the code on the stack now, but not what comes after it.
      await this.#control!.request("interrupt_request", {}).catch(() => {});
      await pause(50);
      if (this.#cell !== cell) return true;
      this.ask("nothing").catch(() => {}); // revives its timers, and its polling for Stop
    }
    return this.#cell !== cell;
  }

  /** Ends the kernel and every process that its cells have started. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill();
    await this.#process.ended;
    this.#shell?.[Symbol.dispose]();
    this.#control?.[Symbol.dispose]();
  }

  /** Waits until our agent inside the kernel answers. */
  async #connect({ shell_port, control_port, key }: Connection, signal: AbortSignal): Promise<void> {
    if (this.kind.inside) {
      this.#shell = await this.#orDeath(Channel.connect(shell_port, key, signal));
      this.#control = await this.#orDeath(Channel.connect(control_port, key, signal));
      if (!await this.#runs(this.kind.inside)) throw new CourseError("it cannot load the course's part");
    }
    await this.ask("nothing");
  }

  /** Runs code of ours in Deno's kernel. Returns false if it failed or was terminated. */
  async #runs(code: string): Promise<boolean> {
    const request = { code, silent: false, store_history: false, allow_stdin: false, stop_on_error: false };
    return (await this.#orDeath(this.#shell!.request("execute_request", request))).status === "ok";
  }

  /** Waits for work on a connection. If the connection broke because the kernel died, reports how it died instead. */
  async #orDeath<T>(work: Promise<T>): Promise<T> {
    try {
      return await Promise.race([work, this.#died]);
    } catch (error) {
      await pTimeout(this.#died, { milliseconds: 1000, fallback: () => {} });
      throw new KernelLost(messageOf(error));
    }
  }

  async #run(code: string, number: number): Promise<CellFailure | undefined> {
    const { failure, computed } = checkCell(code, this.#declared, !this.#shell);
    if (failure) return failure;
    const plain = this.#shell ? javaScriptOf(code) : code;
    const ended = await this.ask("run", number, plain, code, computed);
    if (!ended) return failed("Stopped", "The run was stopped.");
    const { refused, ...rest } = ended as { refused?: string; failure?: CellFailure };
    return refused === undefined ? rest.failure : failed("LessonError", refused);
  }

  /** Sends a press of Stop. Resolves with true once the cell has heard it or ended, with false if it is busy or silent. */
  async #press(cell: { number: number }): Promise<boolean> {
    const press = ++this.#presses;
    this.#process.isBusy = false;
    this.#process.tell(`${cell.number} ${press}`);
    const isDone = () => this.#heard >= press || this.#cell !== cell;
    const end = performance.now() + hearing;
    while (!isDone() && !this.#process.isBusy && performance.now() < end) await pause(10);
    return isDone();
  }

  #take(message: Published): void {
    const { header: { msg_type }, content } = message;
    if (msg_type === "heard") this.#heard = content.press;
    else if (msg_type === "translated") Object.assign(this.#cell ?? {}, { isTranslated: true });
    else if (msg_type === "answer") {
      this.#answers.get(content.nonce)?.(content.value);
      this.#answers.delete(content.nonce);
    } else (this.#cell?.onMessage ?? this.onOther)?.(message);
  }
}

/** Resolves with true once work has settled, with false if that takes longer than a number of milliseconds. */
async function isOverIn(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  return await pTimeout(work.then(() => true, () => true), { milliseconds, fallback: () => false });
}
