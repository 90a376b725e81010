/** A channel for requests to Deno's own kernel. @module */
import { setTimeout as pause } from "node:timers/promises";
import { messageOf } from "../common/errors.ts";
import { decodeMessage, encodeMessage, type Message, request } from "./messages.ts";
import { Socket } from "./zmtp.ts";

/** An open connection to a kernel's port. */
export class Channel implements Disposable {
  readonly #session = crypto.randomUUID();
  readonly #replies = new Map<string, (content: Message["content"]) => void>();
  readonly #broken: Promise<never>;

  private constructor(private readonly socket: Socket, private readonly key: string) {
    this.#broken = this.#receive().catch((error) => {
      throw new Error(`the connection broke: ${messageOf(error)}`);
    });
    this.#broken.catch(() => {});
  }

  /** Connects to a port as soon as a kernel listens there. Throws the signal's reason when aborted. */
  static async connect(port: number, key: string, signal: AbortSignal): Promise<Channel> {
    for (;;) {
      signal.throwIfAborted();
      try {
        return new Channel(await Socket.connect("DEALER", port, signal), key);
      } catch (error) {
        if ((error as { code?: string }).code !== "ECONNREFUSED") throw error;
        await pause(5);
      }
    }
  }

  /** Sends a request and returns the content of its reply. Throws when the connection breaks. */
  request(type: string, content: Message["content"]): Promise<Message["content"]> {
    const message = request(type, content, this.#session);
    const { promise, resolve } = Promise.withResolvers<Message["content"]>();
    this.#replies.set(message.header.msg_id, resolve);
    this.socket.send(encodeMessage(message, this.key));
    return Promise.race([promise, this.#broken]);
  }

  /** Closes the connection. */
  [Symbol.dispose](): void {
    this.socket[Symbol.dispose]();
  }

  async #receive(): Promise<never> {
    for await (const frames of this.socket) {
      const { parent_header: { msg_id = "" }, content } = decodeMessage(frames, this.key);
      this.#replies.get(msg_id)?.(content);
      this.#replies.delete(msg_id);
    }
    throw new Error("the kernel closed it");
  }
}
