import assert from "node:assert/strict";
import { showBar } from "./progress.ts";

Deno.test("showBar() shows nothing but the lines that are logged where there is no terminal", () => {
  const { error } = console;
  const lines: string[] = [];
  console.error = (line: string) => lines.push(line);
  {
    using bar = showBar("a", "{value}", false);
    bar.at(1, 2);
    bar.log("a: 2 cells, 1.2 s");
    bar.at(2, 2);
  }
  console.error = error;
  assert.deepEqual(lines, ["a: 2 cells, 1.2 s"]);
});
