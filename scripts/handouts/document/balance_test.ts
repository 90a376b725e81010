import { equal, ok } from "node:assert/strict";
import { balanceHtml } from "./balance.ts";
import { Names } from "./names.ts";

const balance = (html: string, own: string[] = []) =>
  balanceHtml(html, {
    ids: new Names(["taken", ...own]),
    link: (href) => href.replace(".ipynb", ".html"),
    own,
  });

Deno.test("balanceHtml() closes what is left open", () => {
  equal(balance("<div><b>a"), "<div><b>a</b></div>");
  equal(balance("a <!-- b"), "a ");
  equal(balance("<script>a"), "<script>a</script>");
});

Deno.test("balanceHtml() drops what closes too much", () => {
  equal(balance("</div></main>a"), "a");
});

Deno.test("balanceHtml() drops what can't be closed", () => {
  ok(!balance("a<plaintext>b").includes("plaintext"));
  equal(balance("<p>a <!DOCTYPE html> b"), "<p>a  b</p>");
});

Deno.test("balanceHtml() makes ids unique, with the references to them", () => {
  equal(
    balance('<i id="taken">a</i><a href="#taken">b</a>'),
    '<i id="taken-1">a</i><a href="#taken-1">b</a>',
  );
  equal(balance('<h2 id="mine">a</h2>', ["mine"]), '<h2 id="mine">a</h2>');
});

Deno.test("balanceHtml() leaves no empty element inside an SVG for HTML to misread", () => {
  ok(!/\/>/.test(balance("<svg><foreignObject><div/></foreignObject><path/></svg>")));
});

Deno.test("balanceHtml() turns links to notebooks into links to pages", () => {
  equal(balance('<a href="02.ipynb">a</a>'), '<a href="02.html">a</a>');
});
