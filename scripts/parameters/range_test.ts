import assert from "node:assert/strict";
import { isIn, rangeInWords, readRange } from "./range.ts";

Deno.test("readRange() takes the range before the colon and the help after it", () => {
  assert.deepEqual(readRange(" whole, 1 to 1000: items to make "), {
    range: { whole: true, least: 1, most: 1000 },
    help: "items to make",
  });
  assert.deepEqual(readRange("above 0: 1 is life's pace: slow").range, { above: 0 });
  assert.deepEqual(readRange("at least -1.5e3, below 2: x").range, { least: -1500, below: 2 });
});

Deno.test("readRange() takes a comment without a range as help", () => {
  assert.deepEqual(readRange(" note: 1 to 5 is best "), { range: {}, help: "note: 1 to 5 is best" });
  assert.deepEqual(readRange(""), { range: {}, help: "" });
});

Deno.test("isIn() keeps to bounds and whole numbers, and refuses NaN", () => {
  const range = { least: 1, most: 3, whole: true };
  assert.deepEqual([0, 1, 2.5, 3, 4, NaN].map((value) => isIn(value, range)), [
    false,
    true,
    false,
    true,
    false,
    false,
  ]);
  assert.deepEqual([0, 0.1, Infinity].map((value) => isIn(value, { above: 0 })), [false, true, true]);
  assert(!isIn(NaN, {}));
});

Deno.test("rangeInWords() says what a number may be", () => {
  assert.equal(rangeInWords({ whole: true, least: 1, most: 9 }), "a whole number from 1 to 9");
  assert.equal(rangeInWords({ above: 0, below: 2 }), "a number above 0 and below 2");
  assert.equal(rangeInWords({}), "a number");
});
