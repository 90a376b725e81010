/**
 * The part of ZeroMQ's wire protocol, ZMTP 3.0, that Jupyter needs, for both ends: one TCP connection per socket, no
 * encryption (mechanism NULL), whole messages in and out.
 *
 * A connection opens with a 64-byte greeting and a READY command in each direction. Everything after that is a frame: a byte
 * of flags, the length in one byte or eight, the body. A message is a series of frames, all but the last flagged "more".
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { once } from "node:events";
import { connect, type Socket as Connection } from "node:net";
import pTimeout from "p-timeout";

/** Flags of a frame. */
const more = 1, long = 2, command = 4;

const greetingSize = 64;

/** A message: its frames, in order. */
export type Frames = Uint8Array[];

/** Types of sockets; clients use the first two, kernels the others. */
export type SocketType = "DEALER" | "SUB" | "ROUTER" | "PUB" | "REP";

/** A connected ZeroMQ socket. */
export class Socket implements Disposable {
  readonly #frames = this.#read();

  private constructor(private readonly connection: Connection) {}

  /** Connects to a port of this machine and shakes hands. Throws if nothing listens there, or as `accept` does. */
  static async connect(type: SocketType, port: number, signal?: AbortSignal): Promise<Socket> {
    const connection = connect({ host: "127.0.0.1", port });
    await once(connection, "connect");
    return await Socket.accept(type, connection, signal);
  }

  /** Shakes hands over an open connection. Throws, and closes it, if the peer does not speak ZMTP or the signal aborts. */
  static async accept(type: SocketType, connection: Connection, signal?: AbortSignal): Promise<Socket> {
    const socket = new Socket(connection);
    connection.on("error", () => {}); // readers see the error
    connection.setNoDelay(true);
    try {
      await pTimeout(socket.#handshake(type), { milliseconds: Infinity, signal });
      return socket;
    } catch (error) {
      socket[Symbol.dispose]();
      throw error;
    }
  }

  /** The number of bytes that are still to be sent. */
  get backlog(): number {
    return this.connection.writableLength;
  }

  /** Sends a message; messages leave in the order of the calls. */
  send(frames: Frames): void {
    this.connection.write(
      Buffer.concat(frames.flatMap((frame, at) => encode(frame, at < frames.length - 1 ? more : 0))),
    );
  }

  /** Yields incoming messages until the peer closes; throws when the connection breaks. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Frames, void, void> {
    let frames: Frames = [];
    for await (const { flags, body } of this.#frames) {
      if (flags & command) continue;
      frames.push(body);
      if (flags & more) continue;
      yield frames;
      frames = [];
    }
  }

  /** Closes the connection; does nothing if it is closed. */
  [Symbol.dispose](): void {
    this.connection.destroy();
  }

  async #handshake(type: SocketType): Promise<void> {
    const greeting = Buffer.alloc(greetingSize);
    greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3, 0]);
    greeting.write("NULL", 12);
    this.connection.write(greeting);
    const theirs = (await this.#frames.next()).value?.body;
    if (theirs?.[0] !== 0xff || theirs[10] < 3) throw new Error("the other side does not speak ZMTP 3");
    const ready = `\x05READY\x0bSocket-Type\0\0\0${String.fromCharCode(type.length)}${type}`;
    this.connection.write(Buffer.concat(encode(Buffer.from(ready), command)));
    const answer = (await this.#frames.next()).value;
    if (!answer || !(answer.flags & command)) throw new Error("the other side did not answer the handshake");
  }

  /** Yields the greeting, as if it were a frame, and all frames after it. Joins chunks only once, to keep the cost linear. */
  async *#read(): AsyncGenerator<{ flags: number; body: Uint8Array }, void, void> {
    const parts: Buffer[] = [];
    let length = 0;
    let [head, end] = [0, greetingSize];
    for await (const part of this.connection as AsyncIterable<Buffer>) {
      parts.push(part);
      length += part.length;
      if (length < end) continue;
      let bytes = Buffer.concat(parts.splice(0));
      if (head > 0) [head, end] = measure(bytes);
      while (bytes.length >= end) {
        yield { flags: bytes[0], body: bytes.subarray(head, end) };
        bytes = bytes.subarray(end);
        [head, end] = measure(bytes);
      }
      parts.push(bytes);
      length = bytes.length;
    }
  }
}

/** Returns where the body of the first frame begins and ends, as far as is known yet. */
function measure(bytes: Buffer): [head: number, end: number] {
  const isLong = (bytes[0] & long) > 0;
  const head = isLong ? 9 : 2;
  if (bytes.length < head) return [head, head];
  const size = isLong ? Number(bytes.readBigUInt64BE(1)) : bytes[1];
  return [head, head + size];
}

/** Returns a frame: its flags, its length in one byte or eight, its body. */
function encode(bytes: Uint8Array, flags: number): Uint8Array[] {
  if (bytes.length < 256) return [new Uint8Array([flags, bytes.length]), bytes];
  const head = Buffer.alloc(9, flags | long);
  head.writeBigUInt64BE(BigInt(bytes.length), 1);
  return [head, bytes];
}
