import { deepEqual } from "node:assert/strict";
import { differing } from "./differing.ts";

Deno.test("differing() finds new and changed files, texts and bytes", () => {
  const before = new Map<string, string | Uint8Array>([["a", "1"], ["b", "1"], ["c", Uint8Array.of(1, 2)], [
    "d",
    "1",
  ]]);
  const files = new Map<string, string | Uint8Array>([
    ["a", "1"],
    ["b", "2"],
    ["c", Uint8Array.of(1, 2)],
    ["e", Uint8Array.of(1)],
  ]);
  deepEqual([...differing(files, before).keys()], ["b", "e"]);
});
