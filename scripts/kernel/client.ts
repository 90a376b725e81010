/**
 * A running kernel: start it, run code in it, end it.
 *
 * Deno's kernel may publish `idle`, and even the reply, before the last of a cell's output. But all output goes through
 * one queue in it, hence what a cell publishes last comes after all of its output: that it is done, or, where it cannot
 * tell, a random word in a request of ours that follows it (a fence).
 *
 * @module
 */
import { setTimeout as pause } from "node:timers/promises";
import pTimeout from "p-timeout";
import { CourseError, messageOf } from "../common/errors.ts";
import type { Type } from "../parameters/type.ts";
import { type Channel, Channels, death } from "./channels.ts";
import { type Connection, newConnection } from "./connection.ts";
import type { KernelKind } from "./kernel.ts";
import { type Message, request } from "./messages.ts";
import { KernelProcess } from "./process.ts";

export { KernelDied } from "./channels.ts";
/** Code took longer than it may. */
export class CellTimeout extends CourseError {
  /** Whether it waited for something, and did not compute. */
  isWaiting = false;
}

/** How to start a kernel. */
export interface StartOptions {
  /** The folder it runs in. */
  cwd?: string;
  /** The seconds that it may take to start. */
  startTimeout?: number;
  /** Ends the start when aborted. */
  signal?: AbortSignal;
  /** Chooses the ports to listen on. */
  connect?: () => Connection;
  /** Takes the messages that belong to no code that runs: what a timer prints, and replies to what was sent on. */
  onOther?: (message: Message, channel: Channel) => void;
}

/** The options of a run of code. */
export interface ExecuteOptions {
  /** The seconds that it may run; for ever by default. */
  timeout?: number;
  /** Ends the wait when aborted; the kernel is of no use after that. */
  signal?: AbortSignal;
  /** Takes each message of the code's output as it arrives. */
  onMessage?: (message: Message) => void;
  /** The request's other fields, where they are to differ. */
  request?: Record<string, unknown>;
}

/** The end of code. */
export interface ExecuteReply {
  /** "aborted": it was not run, since one before it has failed. */
  status: "ok" | "error" | "aborted";
  execution_count: number;
  ename?: string;
  evalue?: string;
  traceback?: string[];
}

const attempts = 5;
/** The milliseconds that Stop may take. */
const patience = 2000;

/** A kernel that is ready to run code, one request at a time. */
export class Kernel implements AsyncDisposable {
  readonly #kind: KernelKind;
  readonly #process: KernelProcess;
  readonly #channels: Channels;
  readonly #session = crypto.randomUUID();
  #count = 0;
  /** The parameters that its cells have declared. */
  readonly #declared = new Map<string, Type>();
  /** The number of the cell that runs. */
  #running: number | undefined;
  #isStopped = false;
  #presses = 0;
  #isHeard = false;
  readonly #started = performance.now();

  private constructor(kind: KernelKind, process: KernelProcess, channels: Channels) {
    this.#kind = kind;
    this.#process = process;
    this.#channels = channels;
  }

  /**
   * Starts a kernel; if another program has taken one of its ports meanwhile, tries others; and where the first says nothing
   * for half of the time, tries another: of thousands of Deno's, one has been seen to hang. Throws a `CourseError` with
   * what the kernel said when it does not start in time.
   */
  static async start(kind: KernelKind, options: StartOptions = {}): Promise<Kernel> {
    const { startTimeout = 60, signal, cwd = Deno.cwd(), connect = () => newConnection() } = options;
    await kind.prepare?.();
    const limit = AbortSignal.timeout(startTimeout * 1000);
    for (let attempt = 1;; attempt++) {
      const patience = attempt === 1 ? AbortSignal.timeout(startTimeout * 500) : limit;
      const connection = connect();
      const process = new KernelProcess(kind, connection, cwd);
      const gone = new AbortController();
      process.ended.then((status) => gone.abort(new Error(death(status))));
      let channels: Channels | undefined;
      try {
        const all = AbortSignal.any([limit, patience, gone.signal, ...signal ? [signal] : []]);
        channels = await Channels.connect(connection, process, all);
        const kernel = await Kernel.#connect(kind, process, channels, all);
        kernel.#channels.onOther = options.onOther ?? (() => {});
        return kernel;
      } catch (error) {
        // A kernel that is about to die of a taken port closes its connections before it says so.
        if (!limit.aborted && !signal?.aborted) {
          await pTimeout(process.ended, { milliseconds: 500, message: false });
        }
        const status = process.status;
        process.kill();
        await process.ended;
        signal?.throwIfAborted();
        const portTaken = /addr(ess)? ?(already )?in ?use|os error 98/i.test(process.said);
        const isStranger = !channels && !status; // who hung up, while the kernel was still on its way to its ports
        const isOver = attempt === attempts || limit.aborted;
        if ((portTaken || isStranger || patience.aborted) && !isOver) continue;
        const ended = status ? death(status) : messageOf(error);
        const what = limit.aborted ? `it was not ready after ${startTimeout} s` : ended;
        const said = process.said ? ` It said: ${process.said}` : "";
        throw new CourseError(`Cannot start the ${kind.displayName} kernel: ${what}.${said}`);
      }
    }
  }

  /** Fulfilled when the kernel is gone, with how. */
  get ended(): Promise<string> {
    return this.#process.ended.then((status) => death(status, this.#process.said));
  }

  /**
   * Runs code and waits for all of its output. Throws `KernelDied`, `CellTimeout`, or the reason of the signal; after
   * any of these the kernel is of no use.
   */
  async execute(code: string, options: ExecuteOptions = {}): Promise<ExecuteReply> {
    const { timeout = Infinity, signal, onMessage = () => {}, request: content = {} } = options;
    const errors: Message[] = [];
    const sort = (message: Message) =>
      message.header.msg_type === "error" ? errors.push(message) : onMessage(message);
    if (!content.silent && content.store_history !== false) this.#count++;
    this.#running = this.#count;
    this.#isStopped = false;
    const sent = this.#kind.inside?.run(code, this.#count, this.#declared) ?? code;
    const tells = sent !== code;
    try {
      const cell = this.#request({ code: sent, ...content });
      const { reply } = await pTimeout(this.#run({ cell, tells, onMessage: sort }), {
        milliseconds: 1000 * timeout,
        message: new CellTimeout(`it ran for longer than ${timeout} s`),
        signal,
      });
      if (this.#isStopped && reply!.evalue === "Execution failed") errors.push(stopped(cell));
      return tells && errors[0] ? { ...reply!, ...errors[0].content, status: "error" } : reply!;
    } catch (error) {
      if (error instanceof CellTimeout) error.isWaiting = await this.#isFree();
      throw error;
    } finally {
      this.#running = undefined;
      // An error ends a cell, but Deno's kernel lets it overtake what was printed before.
      errors.forEach(onMessage);
    }
  }

  /** The text that a call of the part of ours inside of the kernel gives, say `describe("x")`, once all output is there. */
  async ask(call: string): Promise<string> {
    const onMessage = (message: Message) => this.#channels.onOther(message, "iopub"); // what a timer prints meanwhile
    return (await this.#run({ call, onMessage })).answer;
  }

  /** Waits until the timers have fired that cells have started and that are due within a second. */
  async rest(): Promise<void> {
    if (!this.#kind.inside) return;
    await pTimeout(this.ask("rest(1000)"), { milliseconds: 2000, message: false }).catch(() => {}); // it may have died
  }

  /** Sends a message as it is; replies go to `onOther`. */
  send(channel: Channel, message: Message): Promise<void> {
    return this.#channels.send(channel, message);
  }

  /** Presses Stop. False when the code could not be ended; the kernel is of no use then. */
  async interrupt(): Promise<boolean> {
    const cell = this.#running;
    if (!this.#kind.inside) this.#process.interrupt();
    if (!this.#kind.inside || cell === undefined) return true;
    this.#isStopped = true;
    this.#isHeard = false;
    const press = `${cell} ${++this.#presses}`;
    let isForced = false;
    const force = async () => {
      isForced = true;
      const isDone = this.#channels.until(({ header }) => header.msg_type === "interrupt_reply" || undefined);
      this.#channels.send("control", this.#message("interrupt_request", {})).catch(() => {});
      await isDone.catch(() => {});
      this.#process.tell(press);
    };
    this.#process.onBusy = force;
    this.#process.tell(press);
    const start = this.#listening;
    while (!this.#isHeard && this.#running === cell && performance.now() < start + patience) {
      await pause(10);
      if (!isForced && performance.now() > start + patience / 2) force(); // where it cannot say that it is busy
    }
    this.#process.onBusy = () => {};
    return this.#isHeard || this.#running !== cell;
  }

  /** Now; but until it has run for a second, nothing in it listens. */
  get #listening(): number {
    return Math.max(performance.now(), this.#started + 1000);
  }

  /** Whether the thread that code runs on answers: the code awaits something, then. */
  async #isFree(): Promise<boolean> {
    this.#isHeard = false;
    if (this.#kind.inside) this.#process.tell("0 0");
    else {
      const answer = this.#channels.until(({ header }) =>
        header.msg_type === "kernel_info_reply" || undefined
      );
      answer.then(() => this.#isHeard = true, () => {});
      this.#channels.send("shell", this.#message("kernel_info_request", {})).catch(() => {});
    }
    let isBusy = false;
    this.#process.onBusy = () => isBusy = true;
    const end = this.#listening + patience;
    while (!this.#isHeard && !isBusy && performance.now() < end) await pause(10);
    return this.#isHeard;
  }

  /** Ends the kernel: asks it, waits for its answer a second at most, then sees to it that the process is gone. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#process.status) {
      const answered = this.#channels.until(({ header }) =>
        header.msg_type === "shutdown_reply" || undefined
      );
      const ask = this.#message("shutdown_request", { restart: false });
      const asked = this.#channels.send("control", ask).then(() => answered).catch(() => {});
      await pTimeout(asked, { milliseconds: 1000, message: false });
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
    channels: Channels,
    signal: AbortSignal,
  ) {
    using open = new DisposableStack();
    const kernel = new Kernel(kind, process, open.use(channels));
    await kernel.#ready(signal);
    const { inside } = kind;
    if (inside) {
      const started = kernel.#run({ cell: kernel.#request({ code: inside.start, store_history: false }) });
      const { reply } = await pTimeout(started, { milliseconds: Infinity, signal });
      if (reply?.status !== "ok") throw new CourseError(`${reply?.evalue}`);
    }
    process.forgetFile();
    open.move();
    return kernel;
  }

  /** Asks for the kernel's info until what it publishes reaches us as well. */
  async #ready(signal: AbortSignal): Promise<void> {
    const heard = this.#channels.until((_, channel) => channel === "iopub" || undefined);
    const ask = () => this.#channels.send("shell", this.#message("kernel_info_request", {})).catch(() => {});
    const timer = setInterval(ask, 10);
    try {
      ask();
      await pTimeout(heard, { milliseconds: Infinity, signal });
    } finally {
      clearInterval(timer);
    }
  }

  /**
   * Sends a request to run code, and gives `onMessage` all that it puts out. Where the code `tells`, the last of that is
   * marked so. Else it is followed by a fence, and what comes before its nonce is the code's, whichever of the two
   * requests it names; what follows the nonce, the text of a `call` of what is inside, is returned.
   */
  async #run(
    { cell, tells = false, onMessage = () => {}, call }: {
      cell?: Message;
      tells?: boolean;
      onMessage?: (message: Message) => void;
      call?: string;
    },
  ): Promise<{ reply?: ExecuteReply; answer: string }> {
    const { inside } = this.#kind;
    const nonce = crypto.randomUUID();
    const fence = inside && this.#request({ code: inside.answer(nonce, call), store_history: false });
    let reply: ExecuteReply | undefined;
    let answer: string | undefined;
    let isLast = false;
    const finished = this.#channels.until((message, channel) => {
      const { header: { msg_type }, metadata, content, parent_header: { msg_id } } = message;
      const isFence = msg_id === fence?.header.msg_id;
      if (!isFence && msg_id !== cell?.header.msg_id) return undefined;
      const text = content.data?.["text/plain"];
      if (channel === "shell" && !isFence) {
        reply = content as ExecuteReply;
        if (fence && (!tells || reply.status !== "ok")) this.#channels.send("shell", fence).catch(() => {});
      } else if (channel === "shell") {
        if (content.status === "error") answer = ""; // what is inside is not there
      } else if (msg_type === "status") {
        isLast ||= !fence && content.execution_state === "idle";
      } else if (msg_type === "course_stopped") {
        this.#isHeard = true;
      } else if (typeof text === "string" && text.startsWith(nonce)) {
        answer = text.slice(nonce.length);
      } else if (msg_type !== "course_done" && (!isFence || msg_type !== "execute_input")) {
        onMessage(message);
      }
      isLast ||= metadata.course_done === true;
      return answer !== undefined || isLast && reply !== undefined;
    });
    const first = cell ?? fence;
    if (first) await this.#channels.send("shell", first);
    await finished;
    return { reply, answer: answer ?? "" };
  }

  #request(content: Record<string, unknown>): Message {
    const usual = { silent: false, store_history: true, user_expressions: {}, allow_stdin: false };
    return this.#message("execute_request", { ...usual, ...content, stop_on_error: false });
  }

  #message(type: string, content: Record<string, unknown>): Message {
    return request(type, content, this.#session);
  }
}

/** The error of code that Deno's kernel has ended itself. */
function stopped(cell: Message): Message {
  const error = {
    ename: "Stopped",
    evalue: "The run was stopped.",
    traceback: ["Stopped: The run was stopped."],
  };
  return request("error", error, "", cell.header);
}
