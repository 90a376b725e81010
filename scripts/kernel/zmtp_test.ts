import assert from "node:assert/strict";
import { frame, listenAndSend } from "../testdata/peer.ts";
import { encodeMessage, request } from "./messages.ts";
import { type Frames, Socket } from "./zmtp.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const texts = (messages: Frames[]) =>
  messages.map((frames) => frames.map((frame) => new TextDecoder().decode(frame)));
const message = (text: string) => encodeMessage(request("stream", { text }, "session"), "key");

/** The first messages that come when the other side sends these pieces. */
async function received(count: number, ...pieces: Uint8Array[]): Promise<Frames[]> {
  using peer = listenAndSend(...pieces);
  using socket = await Socket.connect("SUB", peer.port);
  const messages: Frames[] = [];
  for await (const frames of socket) {
    messages.push(frames);
    if (messages.length === count) break;
  }
  return messages;
}

Deno.test("Socket delivers messages of one or several frames, also long ones", async () => {
  const long = "x".repeat(300);
  const messages = await received(
    3,
    frame(bytes("a")),
    frame(bytes("b"), bytes(""), bytes(long)),
    frame(bytes("c")),
  );
  assert.deepEqual(texts(messages), [["a"], ["b", "", long], ["c"]]);
});

Deno.test("Socket delivers messages whole, however they are split", async () => {
  const all = frame(bytes("a"), bytes("b".repeat(1000)));
  const pieces = Array.from(all, (_, index) => all.subarray(index, index + 1)).slice(0, 400);
  const messages = await received(1, ...pieces, all.subarray(400));
  assert.deepEqual(texts(messages), [["a", "b".repeat(1000)]]);
});

Deno.test("Socket receives a message of 20 MB and 20,000 small ones", async () => {
  const small = frame(...message("small"));
  const many = new Uint8Array(20_000 * small.length);
  for (let at = 0; at < many.length; at += small.length) many.set(small, at);
  const messages = await received(20_001, frame(new Uint8Array(20e6).fill(65)), many);
  assert.equal(messages[0][0].length, 20e6);
  assert(messages.slice(1).every((frames) => frames.length === 6));
});

Deno.test("Socket.connect() rejects a peer that does not speak ZMTP", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const answering = listener.accept().then(async (connection) => {
    await connection.write(bytes("HTTP/1.1 400 Bad Request\r\n".repeat(4)));
    connection.close();
  });
  await assert.rejects(Socket.connect("SUB", listener.addr.port), /does not speak ZMTP 3/);
  await answering;
});

Deno.test("Socket.connect() stops at a signal when nobody answers", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const controller = new AbortController();
  const connecting = Socket.connect("SUB", listener.addr.port, controller.signal);
  const connection = await listener.accept();
  controller.abort(new Error("enough"));
  await assert.rejects(connecting, /enough/);
  connection.close();
});
