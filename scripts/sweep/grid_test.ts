import assert from "node:assert/strict";
import { readAssignment } from "../parameters/assign.ts";
import { readDeclarations } from "../parameters/declaration.ts";
import { readGrid } from "./grid.ts";

const parameters = readDeclarations(
  "const a = 1; // 0 to 1000: a\nconst b = 10; // 0 to 1000: b\nconst seed = 7; // 0 to 1000: s",
  "a cell",
);
const grid = (...given: string[]) => readGrid(parameters, given.map(readAssignment), "a.ipynb");
const all = (points: { values: Map<string, unknown> }[]) => points.map(({ values }) => [...values.values()]);

Deno.test("readGrid() makes every combination, and gives the others their defaults", () => {
  assert.deepEqual(all(grid("seed=1,2", "a=1..2").points), [[1, 10, 1], [2, 10, 1], [1, 10, 2], [2, 10, 2]]);
});

Deno.test("readGrid() compares with the notebook's values and the same seeds", () => {
  assert.deepEqual(all(grid("a=5,6", "seed=1..2").baseline), [[1, 10, 1], [1, 10, 2]]);
  assert.deepEqual(all(grid("a=5,6").baseline), [[1, 10, 7]]);
});

Deno.test("readGrid() gives the same point the same key in any sweep", () => {
  const [one] = grid("a=1..3").points;
  assert.equal(one.key, grid("seed=7", "b=10,20").points[0].key);
  assert.notEqual(one.key, grid("a=2").points[0].key);
});

Deno.test("readGrid() takes null for a value", () => {
  const parameters = readDeclarations("const most: number | null = 5;", "a cell");
  assert.deepEqual(all(readGrid(parameters, [{ name: "most", text: "1,null" }], "a.ipynb").points), [[1], [
    null,
  ]]);
});

const faults: [given: string[], message: RegExp][] = [
  [[], /^Cannot sweep a\.ipynb: name a parameter and its values, as in -p seed=1\.\.20\.$/],
  [["x=1..5"], /^Cannot set x: a\.ipynb has no such parameter\. It has a, b, seed\.$/],
  [["a=1", "a=2"], /^Cannot set a twice, to 1 and to 2: give one of them\.$/],
  [["a=1..101", "b=1..100"], /^Cannot sweep a\.ipynb: 101 × 100 = 10100 points, and 10000 is the most\./],
];
for (const [given, message] of faults) {
  Deno.test(`readGrid() refuses ${given.join(" ") || "nothing"}`, () => {
    assert.throws(() => grid(...given), (error: Error) => message.test(error.message));
  });
}

Deno.test("readGrid() takes 10,000 points", () => {
  assert.equal(grid("a=1..100", "b=1..100").points.length, 10_000);
});
