/** The channels by which Deno's own kernel takes requests. @module */
import { setTimeout as pause } from "node:timers/promises";
import { messageOf } from "../common/errors.ts";
import type { Connection } from "./connection.ts";
import { decodeMessage, encodeMessage, type Message, request } from "./messages.ts";
import { Socket } from "./zmtp.ts";

/** Open connections to a kernel: one for requests, one for those that must not wait for the others. */
export class Shell implements Disposable {
  readonly #session = crypto.randomUUID();
  readonly #replies = new Map<string, (content: Message["content"]) => void>();
  readonly #broken = Promise.withResolvers<never>();

  private constructor(
    private readonly sockets: Record<"shell" | "control", Socket>,
    private readonly key: string,
  ) {
    this.#broken.promise.catch(() => {});
    for (const socket of Object.values(sockets)) {
      this.#receive(socket).catch((error) => {
        this.#broken.reject(new Error(`the connection broke: ${messageOf(error)}`));
      });
    }
  }

  /** Connects to a kernel as soon as it listens. Throws the signal's reason when aborted. */
  static async connect({ shell_port, control_port, key }: Connection, signal: AbortSignal): Promise<Shell> {
    using open = new DisposableStack();
    const shell = open.use(await connectWhenReady(shell_port, signal));
    const control = open.use(await connectWhenReady(control_port, signal));
    open.move();
    return new Shell({ shell, control }, key);
  }

  /** Sends a request, and returns the content of its reply. Throws when the connection breaks. */
  request(
    channel: "shell" | "control",
    type: string,
    content: Message["content"],
  ): Promise<Message["content"]> {
    const message = request(type, content, this.#session);
    const { promise, resolve } = Promise.withResolvers<Message["content"]>();
    this.#replies.set(message.header.msg_id, resolve);
    this.sockets[channel].send(encodeMessage(message, this.key));
    return Promise.race([promise, this.#broken.promise]);
  }

  /** Closes the connections. */
  [Symbol.dispose](): void {
    for (const socket of Object.values(this.sockets)) socket[Symbol.dispose]();
  }

  async #receive(socket: Socket): Promise<never> {
    for await (const frames of socket) {
      const { parent_header: { msg_id = "" }, content } = decodeMessage(frames, this.key);
      this.#replies.get(msg_id)?.(content);
      this.#replies.delete(msg_id);
    }
    throw new Error("the kernel closed it");
  }
}

async function connectWhenReady(port: number, signal: AbortSignal): Promise<Socket> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await Socket.connect("DEALER", port, signal);
    } catch (error) {
      if ((error as { code?: string }).code !== "ECONNREFUSED") throw error;
      await pause(5);
    }
  }
}
