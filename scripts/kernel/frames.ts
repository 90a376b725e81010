/** How ZMTP writes bytes down. @module */

/** The flags of a frame. */
export const more = 1, long = 2, command = 4;

/** A READY command: its name and one property, the type of the socket. */
export function ready(type: string): Uint8Array {
  const name = "\x05READY\x0bSocket-Type";
  return new TextEncoder().encode(`${name}\0\0\0${String.fromCharCode(type.length)}${type}`);
}

/** A frame: its flags, its length in one byte or in eight, its bytes. */
export function encode(bytes: Uint8Array, flags: number): Uint8Array {
  if (bytes.length < 256) return concat([new Uint8Array([flags, bytes.length]), bytes]);
  const header = new Uint8Array(9);
  header[0] = flags | long;
  new DataView(header.buffer).setBigUint64(1, BigInt(bytes.length));
  return concat([header, bytes]);
}

/** The parts, one after the other. */
export function concat(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
