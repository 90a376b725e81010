/**
 * ZeroMQ's wire protocol, ZMTP 3.0, as far as Jupyter needs it, for both ends: one TCP connection for each socket,
 * no encryption (mechanism NULL), whole messages in and out.
 *
 * A connection opens with a 64-byte greeting and a READY command each way; after that everything is a frame: a byte
 * of flags, the length in one byte or eight, the bytes. Several frames with the flag "more" make a message.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { once } from "node:events";
import { connect, type Socket as Connection } from "node:net";
import pTimeout from "p-timeout";

/** The flags of a frame. */
const more = 1, long = 2, command = 4;

const greetingSize = 64;

/** A message: its frames, in order. */
export type Frames = Uint8Array[];

/** The kinds of socket: a client connects the first two, a kernel accepts on the others. */
export type SocketType = "DEALER" | "SUB" | "ROUTER" | "PUB" | "REP";

/** One connected ZeroMQ socket. */
export class Socket implements Disposable {
  readonly #frames = this.#read();

  private constructor(private readonly connection: Connection) {}

  /** Connects to a port of this machine and shakes hands. Throws when nothing listens there, or as `accept` does. */
  static async connect(type: SocketType, port: number, signal?: AbortSignal): Promise<Socket> {
    const connection = connect({ host: "127.0.0.1", port });
    await once(connection, "connect");
    return await Socket.accept(type, connection, signal);
  }

  /**
   * Shakes hands over a connection that is there. Throws, and closes it, when the other side does not speak ZMTP or the
   * signal ends the wait.
   */
  static async accept(type: SocketType, connection: Connection, signal?: AbortSignal): Promise<Socket> {
    const socket = new Socket(connection);
    connection.on("error", () => {}); // who reads is told
    connection.setNoDelay(true);
    try {
      await pTimeout(socket.#handshake(type), { milliseconds: Infinity, signal });
      return socket;
    } catch (error) {
      socket[Symbol.dispose]();
      throw error;
    }
  }

  /** The number of bytes that wait to be sent. */
  get backlog(): number {
    return this.connection.writableLength;
  }

  /** Sends one message. Messages leave whole and in the order of the calls. */
  send(frames: Frames): void {
    this.connection.write(
      Buffer.concat(frames.flatMap((frame, at) => encode(frame, at < frames.length - 1 ? more : 0))),
    );
  }

  /** The messages that arrive, until the other side closes; throws when the connection breaks. */
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

  /** Closes the connection; closing twice does no harm. */
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

  /** The greeting, as if it were a frame, and all frames after it. Their pieces are joined once, so the cost is linear. */
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

/** The places where the bytes of the first frame begin and end, as far as they can be known yet. */
function measure(bytes: Buffer): [head: number, end: number] {
  const isLong = (bytes[0] & long) > 0;
  const head = isLong ? 9 : 2;
  if (bytes.length < head) return [head, head];
  const size = isLong ? Number(bytes.readBigUInt64BE(1)) : bytes[1];
  return [head, head + size];
}

/** A frame: its flags, its length in one byte or in eight, its bytes. */
function encode(bytes: Uint8Array, flags: number): Uint8Array[] {
  if (bytes.length < 256) return [new Uint8Array([flags, bytes.length]), bytes];
  const head = Buffer.alloc(9, flags | long);
  head.writeBigUInt64BE(BigInt(bytes.length), 1);
  return [head, bytes];
}
