import assert from "node:assert/strict";
import { isInexact, readNumber } from "./numbers.ts";

Deno.test("readNumber() reads numbers as people write them, and refuses those that would change", () => {
  const texts = ["20", " -1.5e3 ", ".5", "5.", "+infinity", "0.30000000000000004", "1e21", "-0", "1e-7"];
  assert.deepEqual(texts.map(readNumber), [20, -1500, 0.5, 5, Infinity, 0.30000000000000004, 1e21, -0, 1e-7]);
  for (
    const text of ["", "x", "0x10", "1_000", "1e400", "1e-400", "9007199254740993", "0.10000000000000000001"]
  ) {
    assert.equal(readNumber(text), undefined, text);
  }
});

Deno.test("isInexact() is true only for numeric literals that a number cannot represent", () => {
  const same = [
    "",
    "abc",
    ".inf",
    "0xfg",
    "0.000",
    "0xff",
    "0b11",
    "0x20000000000000",
    "1_000.5",
    "_9007199254740993",
  ];
  assert.deepEqual(same.filter(isInexact), []);
  const changed = ["9".repeat(400), "9_007_199_254_740_993", "0x20000000000001", `0x${"f".repeat(300)}`];
  assert.deepEqual(changed.filter(isInexact), changed);
});
