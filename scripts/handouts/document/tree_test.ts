import assert from "node:assert/strict";
import { h, linesOf, parseHtml, toHtml, wordsOf } from "./tree.ts";

Deno.test("parseHtml() and toHtml() give back what is well formed", () => {
  const html =
    '<div class="a"><p>One &amp; <b>two</b><br>three</p><svg viewBox="0 0 1 1"><g><Path d="M0"/></g></svg></div>tail';
  assert.equal(toHtml(parseHtml(html)), html);
});

Deno.test("parseHtml() closes what is left open, and reads a drawing as XML", () => {
  assert.equal(toHtml(parseHtml("<p>a <b>c")), "<p>a <b>c</b></p>");
  assert.equal(toHtml(parseHtml("</div>x")), "x");
  const svg = '<svg id="1"><svg viewBox="0 0 1 1"><title>x &#160;</title><clipPath/></svg></svg>';
  assert.equal(toHtml(parseHtml(`<P>${svg.replace("&#160;", "&nbsp;")}</P>`)), `<p>${svg}</p>`);
  assert.equal(toHtml(parseHtml("<svg><g></div><rect></svg>x")), "<svg><g><rect/></g></svg>x");
});

Deno.test("linesOf() opens an element again in every line that it goes over", () => {
  const lines = linesOf(["a", h("b", { class: "x" }, "1\n2", h("i", {}, "\n3")), "z"]);
  assert.deepEqual(lines.map(toHtml), [
    'a<b class="x">1</b>',
    '<b class="x">2<i></i></b>',
    '<b class="x"><i>3</i></b>z',
  ]);
  assert.equal(wordsOf(lines[2]), "3z");
});
