import assert from "node:assert/strict";
import { readDeclarations } from "./declaration.ts";
import { listParameters } from "./list.ts";

Deno.test("listParameters() tells name, type, default, range and help, in columns", () => {
  const parameters = readDeclarations(
    `const items: number = 20; // whole, 1 to 1000: items to make
const way: "up" | "down" = "up"; // where to`,
    "a cell",
  );
  assert.deepEqual(listParameters(parameters), [
    "items  number  20    a whole number from 1 to 1000  items to make",
    'way    string  "up"  one of up, down                where to',
  ]);
  assert.deepEqual(listParameters([]), []);
});
