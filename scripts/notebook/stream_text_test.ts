import assert from "node:assert/strict";
import { storedText } from "./stream_text.ts";

// The expected texts come from JupyterLab's own function.
const cases: [name: string, printed: string[], stored: string][] = [
  ["joins what is printed", ["a", "b\nc"], "ab\nc"],
  ["a carriage return overwrites the line", ["one\n50 %\r100 %"], "one\n100 %"],
  ["a carriage return keeps what is not overwritten", ["abcdef\rxy"], "xycdef"],
  ["a line feed after it ends the whole line", ["abc\rx\nd"], "xbc\nd"],
  ["a carriage return works across messages", ["abc\r", "x"], "xbc"],
  ["Windows line endings lose nothing", ["a\r\nb\r\n"], "a\nb\n"],
  ["a backspace removes a character", ["abc\b\bx"], "ax"],
  ["a backspace stops at the start of the line", ["a\nb\b\b\bc"], "a\nc"],
  ["a backspace within the line takes two", ["abcd\rxy\bz"], "xz"],
];
for (const [name, printed, stored] of cases) {
  Deno.test(`storedText(): ${name}`, () => {
    assert.equal(storedText(printed.join("")), stored);
  });
}
