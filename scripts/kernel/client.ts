/**
 * A running kernel: start it, run code in it, end it.
 *
 * A part of ours runs inside of each kernel. We call its functions, and it writes what cells put out, and what its functions
 * return, as lines of JSON, at once and in one order: hence what a call returns comes behind all of its output. tslab takes
 * the calls as lines as well; Deno's kernel as cells, since it can end those.
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

/** The kernel ended, its connection broke, or code took longer than it may: it is of no use any more. */
export class KernelLost extends CourseError {}

/** The options of a kernel's start. */
export interface StartOptions {
  /** The folder it runs in. */
  cwd?: string;
  /** The seconds that it may take to start. */
  startTimeout?: number;
  /** Ends the start when aborted. */
  signal?: AbortSignal;
  /** Chooses the ports to listen on, for a kernel that does. */
  connect?: typeof newConnection;
  /** Takes what is put out while no cell runs, by a timer, say. */
  onOther?: (message: Published) => void;
}

/** The options of a run of code. */
export interface ExecuteOptions {
  /** The seconds that it may run; for ever by default. */
  timeout?: number;
  /** Ends the wait when aborted; the kernel is of no use after that. */
  signal?: AbortSignal;
  /** Takes each message of the code's output as it arrives. */
  onMessage?: (message: Published) => void;
  /** The number of the cell; by default that after the last one's. */
  number?: number;
}

/** The end of code. */
export interface ExecuteReply extends Partial<CellFailure> {
  status: "ok" | "error";
  execution_count: number;
}

/** The milliseconds that code may take to hear of Stop, and to end: in a kernel's first second, nothing in it listens. */
const hearing = 2000, patience = 3000;
/** The milliseconds after which tslab's thread counts as busy, and those for which it may be so, translating a cell. */
const grace = 250, translating = 10_000;

/** A kernel that is ready to run code, one cell at a time. */
export class Kernel implements AsyncDisposable {
  readonly #process: KernelProcess;
  readonly #died: Promise<never>;
  /** The channels of Deno's kernel: that for requests, and that for those which must not wait for the others. */
  #shell: Channel | undefined;
  #control: Channel | undefined;
  readonly #answers = new Map<string, (value: unknown) => void>();
  /** The parameters that its cells have declared. */
  readonly #declared = new Map<string, Type>();
  #count = 0;
  /** The cell that runs. */
  #cell: { number: number; onMessage(message: Published): void; isTranslated?: boolean } | undefined;
  /** The presses of Stop, and the last one that code has heard. */
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
   * Starts a kernel. One that does not come up is tried again, with other ports, since another program may have taken one
   * meanwhile; and where the first says nothing for half of the time, too: of thousands of Deno's, one has been seen to
   * hang. Throws a `CourseError` with what the kernel said when it does not start in time.
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
   * Runs code and waits for all of its output. Throws a `KernelLost`, or the reason of the signal, after which the kernel is
   * of no use either.
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
      // It waits for something if the thread that it runs on is free to answer.
      const isWaiting = await isOverIn(hearing, this.ask("nothing"));
      const why = isWaiting ? "an await that nothing fulfils" : "a loop that does not end";
      const wayOut = `look for ${why}, or give it more with --timeout`;
      throw new KernelLost(`it ran for longer than ${timeout} s; ${wayOut}`);
    } finally {
      this.#cell = undefined;
    }
  }

  /** Calls a function of what runs inside: gives what it returns, once all output is there; nothing where it failed. */
  async ask(call: string, ...given: unknown[]): Promise<unknown> {
    const nonce = crypto.randomUUID();
    const { promise, resolve } = Promise.withResolvers<unknown>();
    this.#answers.set(nonce, resolve);
    const asked = JSON.stringify([nonce, call, ...given]);
    if (!this.#shell) this.#process.tell(asked);
    // Not awaited: Deno's kernel would not outlive that Stop ends a timer's callback meanwhile.
    else if (!await this.#runs(`void ${inside}.answer(...${asked})`)) {
      await this.ask("nothing"); // whose answer comes behind what the call has put out
      resolve(undefined);
    }
    return await Promise.race([promise, this.#died]);
  }

  /** The content of a `complete_reply`. */
  async complete(code: string, cursor_pos: number): Promise<Message["content"]> {
    if (this.#shell) return await this.#shell.request("complete_request", { code, cursor_pos });
    return await this.ask("complete", code, cursor_pos) as Message["content"];
  }

  /** Waits until the timers have fired that cells have started and that are due within a second; under tslab, for nothing. */
  async rest(): Promise<void> {
    await isOverIn(2000, this.ask("rest", 1000));
  }

  /** Presses Stop. False when the code could not be ended; the kernel is of no use then. */
  async interrupt(): Promise<boolean> {
    const cell = this.#cell;
    if (!cell) return true;
    if (!this.#shell) {
      const isHeard = this.ask("stop", cell.number, Date.now() + grace);
      if (await isOverIn(grace, isHeard)) return true;
      this.#process.interrupt(); // it is busy; while it starts or ends to run code, Node would lose a signal, or die of it
      return await isOverIn(cell.isTranslated ? patience : translating, isHeard);
    }
    for (const end = performance.now() + patience; performance.now() < end;) {
      if (await this.#press(cell)) return true;
      // It is busy. Deno's kernel can end what runs just now, but not what comes after it.
      await this.#control!.request("interrupt_request", {}).catch(() => {});
      await pause(50);
      if (this.#cell !== cell) return true;
      this.ask("nothing").catch(() => {}); // else it may not go on with its timers, or hear no more of Stop
    }
    return this.#cell !== cell;
  }

  /** Ends the kernel, and all that its cells have started. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill();
    await this.#process.ended;
    this.#shell?.[Symbol.dispose]();
    this.#control?.[Symbol.dispose]();
  }

  /** Waits until the part of ours inside of the kernel answers. */
  async #connect({ shell_port, control_port, key }: Connection, signal: AbortSignal): Promise<void> {
    if (this.kind.inside) {
      this.#shell = await this.#orDeath(Channel.connect(shell_port, key, signal));
      this.#control = await this.#orDeath(Channel.connect(control_port, key, signal));
      if (!await this.#runs(this.kind.inside)) throw new CourseError("it does not take our part");
    }
    await this.ask("nothing");
  }

  /** Runs code of ours in Deno's kernel. Returns false where that failed, or was ended. */
  async #runs(code: string): Promise<boolean> {
    const request = { code, silent: false, store_history: false, allow_stdin: false, stop_on_error: false };
    return (await this.#orDeath(this.#shell!.request("execute_request", request))).status === "ok";
  }

  /** Waits for a connection's work. A connection breaks when its kernel dies, and then how that died says more. */
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

  /** Tells of a press of Stop. True once the cell has heard, or is over; false if it is busy, or silent. */
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
    else if (msg_type === "translated") this.#cell!.isTranslated = true;
    else if (msg_type === "answer") {
      this.#answers.get(content.nonce)?.(content.value);
      this.#answers.delete(content.nonce);
    } else (this.#cell?.onMessage ?? this.onOther)?.(message);
  }
}

/** Returns true once work is over, whether it succeeds or fails; false if it takes longer than so many milliseconds. */
async function isOverIn(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  return await pTimeout(work.then(() => true, () => true), { milliseconds, fallback: () => false });
}
