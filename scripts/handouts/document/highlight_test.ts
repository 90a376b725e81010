import { equal, ok } from "node:assert/strict";
import { codeLines } from "./highlight.ts";
import { toHtml } from "./tree.ts";

const html = (source: string, language: string) => toHtml(codeLines(source, language));

Deno.test("codeLines() marks TypeScript with classes", () => {
  ok(
    html("await sleep(0.5);", "typescript").startsWith(
      '<span class="line"><span class="hljs-keyword">await</span>',
    ),
  );
});

Deno.test("codeLines() escapes a language it does not know", () => {
  equal(html("<b>", "klingon"), '<span class="line">&lt;b&gt;\n</span>');
});

Deno.test("codeLines() gives each line its indent", () => {
  equal(
    html("a\n  b\n", "none"),
    '<span class="line">a\n</span><span class="line" style="--indent:2">  b\n</span>',
  );
});

Deno.test("codeLines() closes and opens again what spans lines", () => {
  const lines = html("/* a\nb */", "typescript");
  const comment = '<span class="hljs-comment">';
  equal(
    lines,
    `<span class="line">${comment}/* a</span>\n</span><span class="line">${comment}b */</span>\n</span>`,
  );
});
