import { deepEqual, equal } from "node:assert/strict";
import { htmlLines, textOfLine } from "./html_lines.ts";

Deno.test("htmlLines() closes on each line what it opens, and opens it again on the next", () => {
  deepEqual(htmlLines('a\n<span class="x">b\nc</span>d\n'), [
    "a",
    '<span class="x">b</span>',
    '<span class="x">c</span>d',
  ]);
});

Deno.test("textOfLine() counts an entity as one character", () => {
  equal(textOfLine('<span class="x">a&lt;&#39;</span>b').length, 4);
});
