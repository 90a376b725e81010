import assert from "node:assert/strict";
import { readAssignment } from "../parameters/assign.ts";
import { readDeclarations } from "../parameters/declaration.ts";
import { readAxis, readGrid } from "./grid.ts";

const parameters = readDeclarations(
  "const a = 1; // 0 to 1000: a\nconst b = 10; // 0 to 1000: b\nconst seed = 7; // 0 to 1000: s",
  "a cell",
);
const grid = (...given: string[]) => readGrid(parameters, new Map(given.map(readAssignment)), "a.ipynb");
const all = (points: { values: Map<string, unknown> }[]) => points.map(({ values }) => [...values.values()]);

Deno.test("readGrid() makes every combination, and gives other parameters their defaults", () => {
  assert.deepEqual(all(grid("seed=1,2", "a=1..2").points), [[1, 10, 1], [2, 10, 1], [1, 10, 2], [2, 10, 2]]);
});

Deno.test("readGrid() gives the same point the same key in any sweep", () => {
  const [one] = grid("a=1..3").points;
  assert.equal(one.key, grid("seed=7", "b=10,20").points[0].key);
  assert.notEqual(one.key, grid("a=2").points[0].key);
});

Deno.test("readGrid() accepts null as a value", () => {
  const parameters = readDeclarations("const most: number | null = 5;", "a cell");
  assert.deepEqual(all(readGrid(parameters, new Map([["most", "1,null"]]), "a.ipynb").points), [[1], [
    null,
  ]]);
});

const faults: [given: string[], message: RegExp][] = [
  [[], /^Cannot sweep a\.ipynb: name a parameter and its values, as in -p seed=1\.\.20\.$/],
  [["x=1..5"], /^Cannot set x: a\.ipynb has no such parameter\. It has a, b, seed\.$/],
  [["a=1..101", "b=1..100"], /^Cannot sweep a\.ipynb: 101 × 100 = 10100 points, and 10000 is the most\./],
];
for (const [given, message] of faults) {
  Deno.test(`readGrid() refuses ${given.join(" ") || "nothing"}`, () => {
    assert.throws(() => grid(...given), (error: Error) => message.test(error.message));
  });
}

Deno.test("readGrid() accepts 10,000 points", () => {
  assert.equal(grid("a=1..100", "b=1..100").points.length, 10_000);
});

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

Deno.test("readAxis() drops repeated values", () => {
  assert.deepEqual(valuesOf("1..3,2"), [1, 2, 3]);
  assert.deepEqual(valuesOf("[1,2],[1, 2]", sizes), [[1, 2]]);
});

Deno.test("readAxis() reads ranges for every type that includes numbers", () => {
  const [most, part, either] = readDeclarations(
    "const most: number | null = null;\nconst part: 1 | 2 | 4 = 4;\nconst either: number | string = 1;",
    "a cell",
  );
  assert.deepEqual(valuesOf("null,1..3", most), [null, 1, 2, 3]);
  assert.deepEqual(valuesOf("1..2", part), [1, 2]);
  assert.deepEqual(valuesOf("1..3", either), ["1..3"]);
});

Deno.test("readAxis() counts in tenths without rounding errors", () => {
  assert.deepEqual(valuesOf("0..0.5..0.1"), [0, 0.1, 0.2, 0.3, 0.4, 0.5]);
});

Deno.test("readAxis() keeps large integers exact", () => {
  assert.deepEqual(valuesOf("999999999998..1000000000000"), [999999999998, 999999999999, 1000000000000]);
});

const axisFaults: [text: string, why: RegExp][] = [
  ["", /a value is missing/],
  ["1,,2", /a value is missing/],
  ["1..", /it is not a range/],
  ["..5", /it is not a range/],
  ["1...5", /it is not a range/],
  ["1..2..3..4", /it is not a range/],
  ["a..b", /it is not a range/],
  ["NaN..5", /it is not a range/],
  ["5..1", /it is not a range\. Write one from least to most, such as 1\.\.5/],
  ["1..5..0", /it is not a range/],
  ["1..5..-1", /it is not a range/],
  ["1..Infinity", /it is not a range/],
  ["1..5..Infinity", /it is not a range/],
  ["1..1000000", /that is 1000000 values, and 10000 is the most\./],
  ["0..1..1e-300", /values, and 10000 is the most/],
];
for (const [text, why] of axisFaults) {
  Deno.test(`readAxis() refuses ${JSON.stringify(text)} in one line`, () => {
    assert.throws(() => valuesOf(text), (error: Error) => {
      return /^Cannot sweep n over [^\n]*\.$/.test(error.message) && why.test(error.message);
    });
  });
}

Deno.test("readAxis() refuses values that the parameter cannot have", () => {
  assert.throws(() => valuesOf("-9..3"), /^CourseError: Cannot set n to -9: give a number from -5/);
  assert.throws(
    () => valuesOf("7,1-5"),
    /^CourseError: Cannot sweep n over "7,1-5": it is not a range. Write one from least/,
  );
  assert.throws(() => valuesOf("1,x"), /^CourseError: Cannot set n to x: give a number from -5/);
});
