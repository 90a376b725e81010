import { equal, match, ok } from "node:assert/strict";
import { resolveLinks } from "./references.ts";
import { parseMarkdown, plainText, proseContent } from "./markdown.ts";
import { Names } from "./names.ts";
import { toHtml } from "./tree.ts";

const context = {
  ids: new Names(),
  attachments: { "a b.png": { "image/png": "AAAA" } },
};
const render = (source: string) =>
  toHtml(
    resolveLinks(proseContent(parseMarkdown(source), context), (href) => href.replace(".ipynb", ".html")),
  );

Deno.test("proseContent() turns links to notebooks into links to pages", () => {
  equal(render("[next](02.ipynb)"), '<p><a href="02.html">next</a></p>\n');
});

Deno.test("proseContent() puts an attached image into the page", () => {
  equal(
    render("![a plot](attachment:a%20b.png)"),
    '<p><img src="data:image/png;base64,AAAA" alt="a plot"></p>\n',
  );
});

Deno.test("proseContent() lets the keyboard reach a wide table", () => {
  match(render("|a|\n|-|\n|b|"), /^<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>/);
});

Deno.test("proseContent() ends every cell where it ends", () => {
  ok(render("<div>\n\n**a**\n\n<details><summary>b").endsWith("</details></div>"));
});

Deno.test("proseContent() highlights fenced code and escapes its language", () => {
  match(render("```ts\nawait x\n```"), /hljs-keyword/);
  ok(!render('```"><script>\nx\n```').includes("<script>"));
});

Deno.test("parseMarkdown() takes unknown tags in a heading for words", () => {
  equal(plainText(parseMarkdown("# What is `a` Promise<T>?")[1]), "What is a Promise<T>?");
  match(render('# "a/b" <script>alert(1)</script>'), /“a\/b” &lt;script&gt;alert\(1\)&lt;\/script&gt;/);
});
