/**
 * ZeroMQ's wire protocol, ZMTP 3.0, as far as Jupyter needs it, for both ends: one TCP connection for each socket,
 * no encryption (mechanism NULL), whole messages in and out.
 *
 * A connection opens with a 64-byte greeting and a READY command each way; after that everything is a frame: a byte
 * of flags, the length in one byte or eight, the bytes. Several frames with the flag "more" make a message.
 *
 * What is read waits in one buffer, and the pieces of a long frame are joined once, so that the cost is linear, whether a
 * kernel sends a hundred thousand small messages or one of 20 MB.
 *
 * Deno's kernel (2.9.6) writes a large message in pieces, and may put another one between two pieces: one print of
 * 5 MB in 30 came so. A message of Jupyter's opens with bytes that no frame of JSON can contain, hence the one in
 * the middle can be found and taken out. The signature proves afterwards that what is left is whole.
 *
 * @module
 */

import { Buffer } from "node:buffer";

/** The flags of a frame. */
const more = 1, long = 2, command = 4;

const largestFrame = 2 ** 30;
const delimiter = new TextEncoder().encode("<IDS|MSG>");
const opening = new TextEncoder().encode("\x01\x09<IDS|MSG>\x01\x40");

/** A message: its frames, in order. */
export type Frames = Uint8Array[];

/** The kinds of socket: a client connects the first two, a kernel accepts on the others. */
export type SocketType = "DEALER" | "SUB" | "ROUTER" | "PUB" | "REP";

/** One connected ZeroMQ socket. */
export class Socket implements Disposable {
  /** The bytes that have been read, and the place that is read into. */
  #rest = new Uint8Array();
  readonly #piece = new Uint8Array(1 << 16);
  #sending: Promise<void> = Promise.resolve();
  readonly #waiting: Uint8Array[] = [];
  /** The number of bytes that wait to be sent. */
  backlog = 0;

  private constructor(private readonly connection: Deno.TcpConn) {}

  /**
   * Connects to a port of this machine and shakes hands. A SUB socket subscribes to everything.
   * Throws when nothing listens there, what listens does not speak ZMTP, or the signal stops it.
   */
  static async connect(type: SocketType, port: number, signal?: AbortSignal): Promise<Socket> {
    return Socket.accept(type, await Deno.connect({ hostname: "127.0.0.1", port }), signal);
  }

  /** Shakes hands over a connection that is there; throws as `connect` does, and closes it then. */
  static async accept(type: SocketType, connection: Deno.TcpConn, signal?: AbortSignal): Promise<Socket> {
    const socket = new Socket(connection);
    const stop = () => socket[Symbol.dispose]();
    signal?.addEventListener("abort", stop);
    try {
      signal?.throwIfAborted();
      connection.setNoDelay(true);
      await socket.#handshake(type);
      return socket;
    } catch (error) {
      stop();
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener("abort", stop);
    }
  }

  /** Sends one message. Messages leave whole and in the order of the calls. */
  send(frames: Frames): Promise<void> {
    const bytes = concat(frames.map((frame, at) => encode(frame, at < frames.length - 1 ? more : 0)));
    return this.#write(bytes);
  }

  /** The messages that arrive, until the other side closes; throws when the connection breaks. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Frames, void, void> {
    while (this.#rest.length > 0 || await this.#fill(1)) {
      const inner: Frames[] = [];
      const { frames, end } = await this.#message(0, inner);
      this.#rest = this.#rest.subarray(end);
      yield* inner;
      if (frames.length > 0) yield frames;
    }
  }

  /** Closes the connection; closing twice does no harm. */
  [Symbol.dispose](): void {
    try {
      this.connection.close();
    } catch { /* it is closed */ }
  }

  async #handshake(type: SocketType): Promise<void> {
    const greeting = new Uint8Array(64);
    greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3, 0]);
    greeting.set(new TextEncoder().encode("NULL"), 12);
    await this.#write(greeting);
    await this.#need(64);
    if (this.#rest[0] !== 0xff || this.#rest[10] < 3) throw new Error("the other side does not speak ZMTP 3");
    this.#rest = this.#rest.subarray(64);
    await this.#write(encode(ready(type), command));
    const frame = await this.#frame(0);
    if (!(frame.flags & command)) throw new Error("the other side did not answer the ZMTP handshake");
    await this.#need(frame.end);
    this.#rest = this.#rest.subarray(frame.end);
    if (type === "SUB") await this.send([new Uint8Array([1])]);
  }

  /** Writes bytes; what comes while others are being written goes out in one piece after them. */
  #write(bytes: Uint8Array): Promise<void> {
    this.#waiting.push(bytes);
    this.backlog += bytes.length;
    const write = async () => {
      const all = concat(this.#waiting.splice(0));
      for (let at = 0; at < all.length;) at += await this.connection.write(all.subarray(at));
      this.backlog -= all.length;
    };
    const done = this.#sending.then(write);
    this.#sending = done.catch(() => {});
    return done;
  }

  /** The message at an offset from the front of the buffer; what stood in the middle of it goes to `inner`. */
  async #message(at: number, inner: Frames[]): Promise<{ frames: Frames; end: number }> {
    const frames: Frames = [];
    let opened = -1; // the delimiter's number: 0, or more where frames stand before it that tell where it goes
    for (let here = at;;) {
      if (opened >= 0 && await this.#opensAt(here)) await this.#cut(here, inner);
      const { flags, body, end } = await this.#frame(here);
      if (this.#rest.length < end) await this.#need(end);
      const isJson = opened >= 0 && frames.length < opened + 6;
      if (opened < 0 && this.#isDelimiter(body, end)) opened = frames.length;
      for (let from = body; isJson;) {
        const index = this.#rest.subarray(from, end).indexOf(1);
        if (index < 0) break;
        from += index;
        if (await this.#opensAt(from)) await this.#cut(from, inner);
        else from++;
        if (this.#rest.length < end) await this.#need(end);
      }
      if (!(flags & command)) frames.push(this.#rest.slice(body, end));
      if (!(flags & more)) return { frames, end };
      here = end;
    }
  }

  /** Flags, and where the bytes of the frame at an offset begin and end. */
  async #frame(at: number): Promise<{ flags: number; body: number; end: number }> {
    if (this.#rest.length < at + 2) await this.#need(at + 2);
    const [flags, length] = this.#rest.subarray(at, at + 2);
    if (!(flags & long)) return { flags, body: at + 2, end: at + 2 + length };
    if (this.#rest.length < at + 9) await this.#need(at + 9);
    const { buffer, byteOffset } = this.#rest;
    const size = Number(new DataView(buffer).getBigUint64(byteOffset + at + 1));
    if (size > largestFrame) throw new Error(`a frame of ${size} bytes was announced`);
    return { flags, body: at + 9, end: at + 9 + size };
  }

  /** True where a message opens at an offset; reads on only as long as it may. */
  async #opensAt(at: number): Promise<boolean> {
    for (const [index, byte] of opening.entries()) {
      if (this.#rest.length <= at + index) await this.#need(at + index + 1);
      if (this.#rest[at + index] !== byte) return false;
    }
    return true;
  }

  #isDelimiter(from: number, to: number): boolean {
    return to - from === delimiter.length && delimiter.every((byte, i) => this.#rest[from + i] === byte);
  }

  async #cut(at: number, inner: Frames[]): Promise<void> {
    const { frames, end } = await this.#message(at, inner);
    inner.push(frames);
    this.#rest = concat([this.#rest.subarray(0, at), this.#rest.subarray(end)]);
  }

  async #need(count: number): Promise<void> {
    if (!await this.#fill(count)) throw new Error("the connection was closed");
  }

  /** Reads until `count` bytes are there; false when the other side has closed. */
  async #fill(count: number): Promise<boolean> {
    const parts = [this.#rest];
    let [length, read]: [number, number | null] = [this.#rest.length, 0];
    while (length < count && (read = await this.connection.read(this.#piece)) !== null) {
      parts.push(this.#piece.slice(0, read));
      length += read;
    }
    this.#rest = concat(parts);
    return read !== null;
  }
}

/** A READY command with the one property that a socket must have. */
function ready(type: SocketType): Uint8Array {
  return new TextEncoder().encode(`\x05READY\x0bSocket-Type\0\0\0${String.fromCharCode(type.length)}${type}`);
}

/** A frame: its flags, its length in one byte or in eight, its bytes. */
function encode(bytes: Uint8Array, flags: number): Uint8Array {
  if (bytes.length < 256) return concat([new Uint8Array([flags, bytes.length]), bytes]);
  const header = new Uint8Array(9);
  header[0] = flags | long;
  new DataView(header.buffer).setBigUint64(1, BigInt(bytes.length));
  return concat([header, bytes]);
}

/** The parts, one after the other. */
function concat(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, length } = Buffer.concat(parts);
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, length);
}
