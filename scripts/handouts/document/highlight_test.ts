import { equal, ok } from "node:assert/strict";
import { highlight, highlightLines } from "./highlight.ts";

Deno.test("highlight() marks TypeScript with classes", () => {
  ok(highlight("await sleep(0.5);", "typescript").startsWith('<span class="hljs-keyword">await</span>'));
});

Deno.test("highlight() escapes a language it does not know", () => {
  equal(highlight("<b>", "klingon"), "&lt;b&gt;");
});

Deno.test("highlightLines() gives each line its indent", () => {
  equal(
    highlightLines("a\n  b\n", "none"),
    '<span class="line">a\n</span><span class="line" style="--indent:2">  b\n</span>',
  );
});

Deno.test("highlightLines() closes and opens again what spans lines", () => {
  const html = highlightLines("/* a\nb */", "typescript");
  const comment = '<span class="hljs-comment">';
  equal(
    html,
    `<span class="line">${comment}/* a</span>\n</span><span class="line">${comment}b */</span>\n</span>`,
  );
});
