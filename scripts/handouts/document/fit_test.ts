import { equal, ok } from "node:assert/strict";
import { fitIn } from "./fit.ts";
import { resolveLinks } from "./references.ts";
import { Names } from "./names.ts";
import { parseHtml, toHtml } from "./tree.ts";

const fit = (html: string, own: string[] = []) =>
  toHtml(
    resolveLinks(fitIn(parseHtml(html), { ids: new Names(["taken", ...own]) }, own), (href) =>
      href.replace(".ipynb", ".html")),
  );

Deno.test("fitIn() closes what is left open", () => {
  equal(fit("<div><b>a"), "<div><b>a</b></div>");
  equal(fit("a <!-- b"), "a ");
  equal(fit("<script>a"), "<script>a</script>");
});

Deno.test("fitIn() drops what closes too much", () => {
  equal(fit("</div></main>a"), "a");
});

Deno.test("fitIn() drops what can't be closed", () => {
  equal(fit("a<plaintext>b"), "ab");
  equal(fit("<p>a <!DOCTYPE html> b"), "<p>a  b</p>");
});

Deno.test("fitIn() keeps the words of a page in the page, and leaves out what would change the one around it", () => {
  equal(
    fit(
      '<html><head><meta http-equiv="refresh" content="0;url=https://a.b"><base href="x"><link rel="stylesheet" href="a.css">' +
        '</head><body onload="a()" style="display:none"><p>a</p></body></html>',
    ),
    "<p>a</p>",
  );
});

Deno.test("fitIn() makes ids unique, with the references to them", () => {
  equal(
    fit('<i id="taken">a</i><a href="#taken">b</a>'),
    '<i id="taken-1">a</i><a href="#taken-1">b</a>',
  );
  equal(fit('<h2 id="mine">a</h2>', ["mine"]), '<h2 id="mine">a</h2>');
});

Deno.test("fitIn() leaves no empty element inside an SVG for HTML to misread", () => {
  ok(!/\/>/.test(fit("<svg><foreignObject><div/></foreignObject><path/></svg>")));
});

Deno.test("fitIn() turns links to notebooks into links to pages", () => {
  equal(fit('<a href="02.ipynb">a</a>'), '<a href="02.html">a</a>');
});
