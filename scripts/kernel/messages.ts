/**
 * Jupyter's messages in ZeroMQ frames: routing frames, the delimiter, the signature, then header, parent header, metadata and
 * content as JSON. The signature is the HMAC-SHA256 of those four under the key in the connection file; a message with
 * another signature is refused.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Frames } from "./zmtp.ts";

/** The sender, time and type of a message. */
type Header = ReturnType<typeof newHeader>;

/** A message to or from a kernel. */
export interface Message {
  header: Header;
  /** The header of the request that caused this message; empty in a request. */
  parent_header: Partial<Header>;
  metadata: Record<string, unknown>;
  // deno-lint-ignore no-explicit-any
  content: Record<string, any>;
}

/** A message with output of a cell, as our agent inside the kernel sends it. */
export interface Published extends Pick<Message, "content" | "metadata"> {
  header: { msg_type: string };
}

const delimiter = new TextEncoder().encode("<IDS|MSG>");
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Returns a new request, for example `request("execute_request", { code: "1 + 1" }, session)`. */
export function request(
  type: string,
  content: Message["content"],
  session: string,
  parent_header: Message["parent_header"] = {},
): Message {
  return { header: newHeader(type, session), parent_header, metadata: {}, content };
}

const newHeader = (msg_type: string, session: string) => ({
  msg_id: crypto.randomUUID() as string,
  msg_type,
  session,
  username: "course",
  date: new Date().toISOString(),
  version: "5.3",
});

/** Returns the frames of a message, signed with `key`. */
export function encodeMessage(message: Message, key: string): Frames {
  const { header, parent_header, metadata, content } = message;
  const parts = [header, parent_header, metadata, content].map((it) => encoder.encode(JSON.stringify(it)));
  return [delimiter, encoder.encode(sign(parts, key)), ...parts];
}

/** Returns the message in frames. Throws if they are not a Jupyter message, or not signed with `key`. */
export function decodeMessage(frames: Frames, key: string): Message {
  const at = frames.findIndex((frame) => same(frame, delimiter));
  const parts = frames.slice(at + 2, at + 6);
  if (at < 0 || parts.length < 4) throw new Error("a message was refused: it is not one of Jupyter's");
  if (!same(frames[at + 1], encoder.encode(sign(parts, key)))) {
    throw new Error("a message was refused: its signature is not our kernel's");
  }
  const [header, parent_header, metadata, content] = parts.map((part) => JSON.parse(decoder.decode(part)));
  return { header, parent_header, metadata, content: content ?? {} };
}

function sign(parts: Uint8Array[], key: string): string {
  return createHmac("sha256", key).update(Buffer.concat(parts)).digest("hex");
}

function same(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
