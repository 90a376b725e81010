import assert from "node:assert/strict";
import { splitLines } from "./format.ts";

Deno.test("splitLines() keeps the line endings", () => {
  assert.deepEqual(splitLines("one\ntwo\n\nthree"), ["one\n", "two\n", "\n", "three"]);
  assert.deepEqual(splitLines("one\n"), ["one\n"]);
  assert.deepEqual(splitLines(""), []);
});

Deno.test("splitLines() splits wherever Python does", () => {
  assert.deepEqual(splitLines("a\r\nb\rc\fd\u2028e"), ["a\r\n", "b\r", "c\f", "d\u2028", "e"]);
});
