/** The sockets that clients connect to. @module */
import { encodeMessage, type Message } from "../messages.ts";
import { type Frames, Socket, type SocketType } from "../zmtp.ts";

/** The most bytes that may wait for a client that does not read; what is more is not sent to it. */
const mostWaiting = 64e6;

/** A socket on this machine's loopback, with all who are connected to it. */
export class Server {
  readonly #peers = new Set<Socket>();

  /** Listens on a port; `take` is called with each message and the client that sent it. Where it throws, that is hung up on. */
  constructor(
    private readonly type: SocketType,
    port: number,
    private readonly take: (frames: Frames, from: Socket) => void,
  ) {
    this.#accept(Deno.listen({ hostname: "127.0.0.1", port }));
  }

  /** Sends a message to all, and waits for none. */
  publish(message: Message, key: string, topic = message.header.msg_type): void {
    const frames = [new TextEncoder().encode(topic), ...encodeMessage(message, key)];
    for (const peer of this.#peers) if (peer.backlog < mostWaiting) peer.send(frames).catch(() => {});
  }

  async #accept(listener: Deno.TcpListener): Promise<void> {
    for await (const connection of listener) this.#serve(connection);
  }

  async #serve(connection: Deno.TcpConn): Promise<void> {
    let peer: Socket | undefined;
    try {
      peer = await Socket.accept(this.type, connection);
      if (this.type !== "PUB") this.#peers.add(peer);
      for await (const frames of peer) {
        // What a SUB socket sends is a subscription; Jupyter's are for everything.
        if (this.type === "PUB") this.#peers.add(peer);
        this.take(frames, peer);
      }
    } catch {
      /* it is gone, speaks another language, or does not know the key */
    } finally {
      if (peer) this.#peers.delete(peer);
      peer?.[Symbol.dispose]();
    }
  }
}
