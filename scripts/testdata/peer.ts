/** The other side of our sockets, for tests: it listens on a port, shakes hands, and sends the bytes it is given. @module */
import { Buffer } from "node:buffer";

const greeting = new Uint8Array(64);
greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3]);
greeting.set(new TextEncoder().encode("NULL"), 12);
const ready = new TextEncoder().encode("\x04\x19\x05READY\x0bSocket-Type\0\0\0\x03PUB");

/** Shakes hands with whoever connects, sends the pieces, and reads until the connection is closed. */
export function listenAndSend(...pieces: Uint8Array[]): { port: number } & Disposable {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const connections: Deno.Conn[] = [];
  const serve = async (connection: Deno.Conn) => {
    connections.push(connection);
    await writeAll(connection, greeting);
    await writeAll(connection, ready);
    for (const piece of pieces) await writeAll(connection, piece);
    const buffer = new Uint8Array(1000);
    while (await connection.read(buffer) !== null);
  };
  (async () => {
    for await (const connection of listener) serve(connection).catch(() => {});
  })().catch(() => {});
  return {
    port: listener.addr.port,
    [Symbol.dispose]() {
      listener.close();
      for (const connection of connections) connection.close();
    },
  };
}

/** The frames of one message, as bytes. */
export function frame(...frames: Uint8Array[]): Uint8Array {
  const parts = frames.flatMap((bytes, index) => {
    const more = index < frames.length - 1 ? 1 : 0;
    if (bytes.length < 256) return [new Uint8Array([more, bytes.length]), bytes];
    const header = new Uint8Array(9);
    header[0] = more | 2;
    new DataView(header.buffer).setBigUint64(1, BigInt(bytes.length));
    return [header, bytes];
  });
  return new Uint8Array(Buffer.concat(parts));
}

async function writeAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
}
