/** How ZMTP writes bytes down. @module */
import { Buffer } from "node:buffer";

/** The flags of a frame. */
export const more = 1, long = 2, command = 4;

/** A READY command: its name, and the properties of a socket. */
export function ready(properties: Record<string, string>): Uint8Array {
  const property = ([name, value]: [string, string]) =>
    `${String.fromCharCode(name.length)}${name}\0\0\0${String.fromCharCode(value.length)}${value}`;
  return new TextEncoder().encode(`\x05READY${Object.entries(properties).map(property).join("")}`);
}

/** The identity in a READY command, which names the client to a ROUTER; empty where there is none. */
export function identityIn(bytes: Uint8Array): string {
  const text = String.fromCharCode(...bytes);
  const at = text.toLowerCase().indexOf("\x08identity") + 9;
  return at < 9
    ? ""
    : text.slice(at + 4, at + 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(at));
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
export function concat(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, length } = Buffer.concat(parts);
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, length);
}
