import assert from "node:assert/strict";
import { decodeMessage, encodeMessage, request } from "./messages.ts";

const message = request("execute_request", { code: "é" }, "session");

Deno.test("decodeMessage() inverts encodeMessage()", () => {
  assert.deepEqual(decodeMessage(encodeMessage(message, "key"), "key"), message);
});

Deno.test("decodeMessage() skips routing frames before the delimiter", () => {
  const frames = [new Uint8Array([1, 2]), ...encodeMessage(message, "key")];
  assert.deepEqual(decodeMessage(frames, "key"), message);
});

Deno.test("encodeMessage() signs as Jupyter does", () => {
  const empty = { header: {}, parent_header: {}, metadata: {}, content: {} } as typeof message;
  // printf '{}{}{}{}' | openssl dgst -sha256 -hmac key
  const signature = "ca767b02c5bc061ed184a9a029e7f93a7f2f7ed4e8fe74120fc1212f0b008fa3";
  assert.equal(new TextDecoder().decode(encodeMessage(empty, "key")[1]), signature);
});

Deno.test("decodeMessage() rejects another key, a changed message, and malformed frames", () => {
  const frames = encodeMessage(message, "key");
  assert.throws(() => decodeMessage(frames, "other"), /its signature is not our kernel's/);
  const changed = [...frames.slice(0, 5), new TextEncoder().encode('{"code":"e"}')];
  assert.throws(() => decodeMessage(changed, "key"), /its signature is not our kernel's/);
  assert.throws(() => decodeMessage(frames.slice(1), "key"), /not one of Jupyter's/);
});
