import assert from "node:assert/strict";
import { spreadOf } from "./spread.ts";

Deno.test("spreadOf() tells least, quartiles, median and most, in any order", () => {
  assert.deepEqual(spreadOf([10, 1, 3, 2, 4]), { least: 1, low: 2, median: 3, high: 4, most: 10 });
  assert.deepEqual(spreadOf([1, 2]), { least: 1, low: 1.25, median: 1.5, high: 1.75, most: 2 });
});

Deno.test("spreadOf() of one number is that number, of none nothing", () => {
  assert.deepEqual(spreadOf([5]), { least: 5, low: 5, median: 5, high: 5, most: 5 });
  assert.equal(spreadOf([]), undefined);
});
