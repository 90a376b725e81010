/** The three channels of a kernel that we use, as one: requests go out, messages come in. @module */
import { CourseError, messageOf } from "../common/errors.ts";
import type { Connection } from "./connection.ts";
import { decodeMessage, encodeMessage, type Message, Refused } from "./messages.ts";
import type { KernelProcess } from "./process.ts";
import { Socket } from "./zmtp.ts";

/** The kernel ended, or its connection broke, while it was needed. */
export class KernelDied extends CourseError {}

/** The channels of requests and replies (shell, control), and of published output (iopub). */
export type Channel = "shell" | "iopub" | "control";
type Sockets = Record<Channel, Socket>;

/** Looks at each message that arrives; true ends the wait, and undefined leaves the message to others. */
export type IsLast = (message: Message, channel: Channel) => boolean | undefined;

/** Open connections to a kernel. */
export class Channels implements Disposable {
  readonly #sockets: Sockets;
  readonly #key: string;
  readonly #process: KernelProcess;
  readonly #broken = Promise.withResolvers<never>();
  readonly #waits = new Set<IsLast>();
  /** Takes the messages that nobody waits for. */
  onOther: (message: Message, channel: Channel) => void = () => {};

  private constructor(sockets: Sockets, key: string, process: KernelProcess) {
    this.#sockets = sockets;
    this.#key = key;
    this.#process = process;
    this.#broken.promise.catch(() => {});
    const allRead = channels.map((channel) => this.#receive(channel));
    // What a kernel said before it died counts, so all is read first.
    Promise.all([process.ended, ...allRead]).then(([status]) =>
      this.#broken.reject(new KernelDied(death(status, process.said)))
    );
  }

  /** Connects to a kernel as soon as it listens. Throws the signal's reason when aborted. */
  static async connect(
    connection: Connection,
    process: KernelProcess,
    signal: AbortSignal,
  ): Promise<Channels> {
    const { shell_port, iopub_port, control_port, key } = connection;
    using open = new DisposableStack();
    const connect = async (type: "DEALER" | "SUB", port: number) =>
      open.use(await connectWhenReady(type, port, signal));
    const sockets = {
      shell: await connect("DEALER", shell_port),
      iopub: await connect("SUB", iopub_port),
      control: await connect("DEALER", control_port),
    };
    open.move();
    return new Channels(sockets, key, process);
  }

  /** Sends a request. */
  send(channel: Channel, message: Message): Promise<void> {
    return this.#sockets[channel].send(encodeMessage(message, this.#key));
  }

  /**
   * Shows each message that arrives to `isLast`, until that says so. Throws `KernelDied` when no more can come.
   */
  until(isLast: IsLast): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const wait: IsLast = (message, channel) => {
      const result = isLast(message, channel);
      if (result) resolve(void this.#waits.delete(wait));
      return result;
    };
    this.#waits.add(wait);
    const found = Promise.race([promise, this.#broken.promise]);
    found.catch(() => {});
    return found;
  }

  /** Closes all connections. */
  [Symbol.dispose](): void {
    for (const channel of channels) this.#sockets[channel][Symbol.dispose]();
  }

  async #receive(channel: Channel): Promise<void> {
    let why = "the kernel closed it";
    try {
      for await (const frames of this.#sockets[channel]) {
        const message = decodeMessage(frames, this.#key);
        const takes = (wait: IsLast) => wait(message, channel) !== undefined;
        if (![...this.#waits].some(takes)) this.onOther(message, channel);
      }
    } catch (error) {
      why = messageOf(error);
      if (error instanceof Refused) return this.#break(why);
    }
    // A connection breaks when its kernel dies, and then how that died says more.
    const timer = setTimeout(() => this.#break(why), 1000);
    this.#process.ended.then(() => clearTimeout(timer));
  }

  #break(why: string): void {
    this.#broken.reject(new KernelDied(`the connection broke: ${why}`));
  }
}

const channels: Channel[] = ["shell", "iopub", "control"];

/** How a kernel ended, in words: "the kernel ended with exit code 3"; `said` is what it printed itself. */
export function death({ code, signal }: Deno.CommandStatus, said = ""): string {
  if (/out of memory/i.test(said)) return "the kernel ran out of memory";
  return `the kernel ${signal ? `was ended by ${signal}` : `ended with exit code ${code}`}`;
}

async function connectWhenReady(type: "DEALER" | "SUB", port: number, signal: AbortSignal): Promise<Socket> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await Socket.connect(type, port, signal);
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}
