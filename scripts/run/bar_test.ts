import assert from "node:assert/strict";
import process from "node:process";
import { showBar } from "./bar.ts";

Deno.test("showBar() shows finished steps and times", () => {
  const { isTTY, write } = process.stderr;
  let text = "";
  Object.assign(process.stderr, { isTTY: true, write: (some: string) => text += some });
  try {
    using bar = showBar("{bar}\x1b[31mred", "point", true); // as a file can be called
    bar.at(0, 2);
    bar.at(1, 2);
  } finally {
    Object.assign(process.stderr, { isTTY, write });
  }
  assert.match(text, /\{bar\}red \[=+ +\] point 1\/2, 0s, \S+s left/);
  assert.doesNotMatch(text, /\{(?!bar\})|\[31m/);
});

Deno.test("showBar() shows only logged lines if there is no terminal", () => {
  const { error } = console;
  const lines: string[] = [];
  console.error = (line: string) => lines.push(line);
  {
    using bar = showBar("a", "cell", false);
    bar.at(1, 2);
    bar.log("a: 2 cells, 1.2 s");
    bar.at(2, 2);
  }
  console.error = error;
  assert.deepEqual(lines, ["a: 2 cells, 1.2 s"]);
});
