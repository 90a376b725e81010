import { equal } from "node:assert/strict";
import { height, rowsOf } from "./measure.ts";

Deno.test("rowsOf() counts wrapped and empty lines, and ideographs as two columns", () => {
  equal(rowsOf("a\n\nb", 10), 3);
  equal(rowsOf("a".repeat(21), 10), 3);
  equal(rowsOf("長".repeat(10), 10), 2);
});

Deno.test("height() adds what stands around the lines", () => {
  equal(height("a\nb", { line: 30, columns: 80, around: 12 }), 72);
});
