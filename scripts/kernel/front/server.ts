/** Sockets that clients connect to. @module */
import { createServer, type Socket as Connection } from "node:net";
import { type Frames, Socket, type SocketType } from "../zmtp.ts";

/** The most bytes queued for a client that does not read; further messages to it are dropped. */
const mostWaiting = 64e6;

/** A socket on the loopback interface, with all of its clients. */
export class Server {
  readonly #peers = new Set<Socket>();

  /** Listens on a port. Calls `take` with each message and its sender; if it throws, the sender is disconnected. */
  constructor(
    private readonly type: SocketType,
    port: number,
    private readonly take: (frames: Frames, from: Socket) => void = () => {},
  ) {
    createServer((connection) => this.#serve(connection)).listen(port, "127.0.0.1");
  }

  /** Sends a message to all clients, without waiting. */
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
      /* it disconnected, does not speak ZMTP, or does not have the key */
    } finally {
      if (peer) this.#peers.delete(peer);
      peer?.[Symbol.dispose]();
    }
  }
}
