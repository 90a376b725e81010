/** The sockets that clients connect to. @module */
import { createServer, type Socket as Connection } from "node:net";
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
    private readonly take: (frames: Frames, from: Socket) => void = () => {},
  ) {
    createServer((connection) => this.#serve(connection)).listen(port, "127.0.0.1");
  }

  /** Sends a message to all, and waits for none. */
  publish(frames: Frames): void {
    for (const peer of this.#peers) if (peer.backlog < mostWaiting) peer.send(frames);
  }

  async #serve(connection: Connection): Promise<void> {
    let peer: Socket | undefined;
    try {
      peer = await Socket.accept(this.type, connection);
      for await (const frames of peer) {
        this.#peers.add(peer); // what a SUB socket sends is a subscription; Jupyter's are for everything
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
