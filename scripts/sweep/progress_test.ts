import assert from "node:assert/strict";
import { duration } from "./progress.ts";

Deno.test("duration() tells seconds, minutes and hours", () => {
  assert.deepEqual([0, 0.2, 89, 90, 600, 5400, 9000].map(duration), [
    "0 s",
    "1 s",
    "89 s",
    "2 min",
    "10 min",
    "1.5 h",
    "2.5 h",
  ]);
});
