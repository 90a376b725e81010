import assert from "node:assert/strict";
import { readDeclarations } from "../parameters/declaration.ts";
import { readAxis } from "./axis.ts";

const [n, name, dry, sizes] = readDeclarations(
  "const n = 1; // -5 to 1000000000000: a number\nconst name = 'a';\nconst dry = false;\nconst sizes = [1];",
  "a cell",
);
const valuesOf = (text: string, parameter = n) => readAxis(parameter, text).values;

Deno.test("readAxis() reads ranges, steps, lists and single values", () => {
  assert.deepEqual(valuesOf("1..5"), [1, 2, 3, 4, 5]);
  assert.deepEqual(valuesOf("0..10..4"), [0, 4, 8]);
  assert.deepEqual(valuesOf("1, 2, 5"), [1, 2, 5]);
  assert.deepEqual(valuesOf("1..3,10"), [1, 2, 3, 10]);
  assert.deepEqual(valuesOf("-1..1"), [-1, 0, 1]);
  assert.deepEqual(valuesOf("7..7"), [7]);
  assert.deepEqual(valuesOf("a..b,c", name), ["a..b", "c"]);
  assert.deepEqual(valuesOf("true,false", dry), [true, false]);
  assert.deepEqual(valuesOf("[1, 2],[3]", sizes), [[1, 2], [3]]);
});

Deno.test("readAxis() counts in steps of tenths without a remainder", () => {
  assert.deepEqual(valuesOf("0..0.5..0.1"), [0, 0.1, 0.2, 0.3, 0.4, 0.5]);
});

Deno.test("readAxis() keeps large whole numbers whole", () => {
  assert.deepEqual(valuesOf("999999999998..1000000000000"), [999999999998, 999999999999, 1000000000000]);
});

const faults: [text: string, why: RegExp][] = [
  ["", /there is a value missing/],
  ["1,,2", /there is a value missing/],
  ["1..", /it is no range/],
  ["..5", /it is no range/],
  ["1...5", /it is no range/],
  ["1..2..3..4", /it is no range/],
  ["a..b", /it is no range/],
  ["NaN..5", /it is no range/],
  ["5..1", /it runs backwards\. Write 1\.\.5/],
  ["1..5..0", /its step must be above 0/],
  ["1..5..-1", /its step must be above 0/],
  ["1..Infinity", /it never ends/],
  ["1..5..Infinity", /it never ends/],
  ["1..1000000", /that is 1000000 values, and a sweep takes at most 10000 points/],
  ["0..1..1e-300", /values, and a sweep takes at most 10000 points/],
  ["1-5", /1-5 is no range \(Did you mean 1\.\.5\?\)\.$/],
  ["7,1-5", /1-5 is no range \(Did you mean 1\.\.5\?\)\.$/],
  ["1,2,1", /1 is there twice/],
  ["1..3,2", /2 is there twice/],
];
for (const [text, why] of faults) {
  Deno.test(`readAxis() refuses ${JSON.stringify(text)} in one line`, () => {
    assert.throws(() => valuesOf(text), (error: Error) => {
      return /^Cannot sweep n over [^\n]*\.$/.test(error.message) && why.test(error.message);
    });
  });
}

Deno.test("readAxis() refuses a list that is there twice", () => {
  assert.throws(() => valuesOf("[1,2],[1, 2]", sizes), /"\[1,2\]" is there twice/);
});

Deno.test("readAxis() refuses values that the parameter cannot have", () => {
  assert.throws(() => valuesOf("-9..3"), /^CourseError: Cannot set n to -9: give a number from -5/);
  assert.throws(() => valuesOf("1,x"), /^CourseError: Cannot set n to x: give a number from -5/);
});
