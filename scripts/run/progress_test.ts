import assert from "node:assert/strict";
import { showProgress } from "./progress.ts";

function told(cells: number, all?: string): string[] {
  const { error } = console;
  const lines: string[] = [];
  console.error = (line: string) => lines.push(line);
  showProgress("a", all, false).done(cells, 1.23);
  console.error = error;
  return lines;
}

Deno.test("showProgress() counts cells in one line where there is no terminal", () => {
  assert.deepEqual(told(2), ["a: 2 cells, 1.2 s"]);
  assert.deepEqual(told(1), ["a: 1 cell, 1.2 s"]);
});

Deno.test("showProgress() says what it is all together where the steps are no cells", () => {
  assert.deepEqual(told(1800, "6 notebooks x 5 formats"), ["a: 6 notebooks x 5 formats, 1.2 s"]);
});
