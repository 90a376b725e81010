/**
 * Jupyter's messages as ZeroMQ carries them: routing frames, the delimiter, the signature, then header, parent
 * header, metadata and content as JSON. The signature is the HMAC-SHA256 of those four under the key of the
 * connection file; a message that is not signed with it was not sent by our kernel, and is refused.
 *
 * @module
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Frames } from "./zmtp.ts";

/** The sender of a message, its time and its kind. */
export type Header = ReturnType<typeof newHeader>;

/** One message to or from a kernel. */
export interface Message {
  header: Header;
  /** The header of the request that this message belongs to; empty in a request. */
  parent_header: Partial<Header>;
  metadata: Record<string, unknown>;
  // deno-lint-ignore no-explicit-any
  content: Record<string, any>;
}

/** A message that a cell puts out, as far as the part of ours inside of the kernel knows it. */
export interface Published extends Pick<Message, "content" | "metadata"> {
  header: { msg_type: string };
}

const delimiter = new TextEncoder().encode("<IDS|MSG>");
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A new request of the given type, for example `request("execute_request", { code: "1 + 1" }, session)`. */
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

/** The frames of a message, signed with `key`. */
export function encodeMessage(message: Message, key: string): Frames {
  const { header, parent_header, metadata, content } = message;
  const parts = [header, parent_header, metadata, content].map((part) =>
    encoder.encode(JSON.stringify(part))
  );
  return [delimiter, encoder.encode(sign(parts, key)), ...parts];
}

/** The message in the frames. Throws when its signature was not made with `key`, or it is not a Jupyter message. */
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
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

function same(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
