import { deepEqual } from "node:assert/strict";
import { chunks } from "./chunks.ts";

const one = () => 1;

Deno.test("chunks() fills each chunk, and puts what is too big alone", () => {
  deepEqual(chunks([1, 2, 3, 4, 5], 2, one), [[1, 2], [3, 4], [5]]);
  deepEqual(chunks([1, 9, 1], 5, (rows) => rows), [[1], [9], [1]]);
  deepEqual(chunks([], 5, one), []);
});

Deno.test("chunks() prefers a good place in the last third to a full chunk", () => {
  const worth = (line: string) => line.startsWith("function") ? 1 : 0;
  deepEqual(chunks(["a", "b", "c", "d", "function e", "f", "g"], 6, one, worth), [["a", "b", "c", "d"], [
    "function e",
    "f",
    "g",
  ]]);
  deepEqual(chunks(["a", "function b", "c", "d", "e", "f", "g"], 6, one, worth)[0].length, 6);
});
