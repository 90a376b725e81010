import { deepEqual } from "node:assert/strict";
import { Rows } from "./rows.ts";

Deno.test("Rows gives back by columns what was added by rows, however many", () => {
  for (const width of [2, 3, 4]) {
    const rows = new Rows(width);
    const count = 1000 * width + 1;
    for (let i = 0; i < count; i++) rows.add(i, 2 * i, 3 * i, 4 * i);
    for (let column = 0; column < width; column++) {
      deepEqual(rows.column(column), Array.from({ length: count }, (_, i) => (column + 1) * i));
    }
  }
});

Deno.test("Rows forgets the last one", () => {
  const rows = new Rows(2);
  rows.add(1, 2);
  rows.add(3, 4);
  rows.removeLast();
  rows.add(5, 6);
  deepEqual([rows.column(0), rows.column(1)], [[1, 5], [2, 6]]);
});
