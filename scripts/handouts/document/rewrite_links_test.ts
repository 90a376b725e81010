import { equal } from "node:assert/strict";
import { rewriteLinks } from "./rewrite_links.ts";

const rewrite = (source: string) => rewriteLinks(source, (href) => href.replace("x", "y z"));

Deno.test("rewriteLinks() finds links, images, definitions and HTML", () => {
  equal(rewrite("[a](x) ![b](<x> 'title')"), "[a](<y z>) ![b](<y z> 'title')");
  equal(rewrite("[a]: x 'title'"), "[a]: <y z> 'title'");
  equal(rewrite(`<a class="b" href="x">`), `<a class="b" href="y z">`);
  equal(rewrite("[two\nlines](x)"), "[two\nlines](<y z>)");
});

Deno.test("rewriteLinks() leaves code as it is", () => {
  for (const code of ["`[a](x)`", "``[a](x) ` ``", "```\n[a](x)\n```", "    [a](x)"]) {
    equal(rewrite(code), code);
  }
});

Deno.test("rewriteLinks() takes time in proportion to the text", () => {
  const long = "[a](" + "`<a ".repeat(20_000);
  equal(rewrite(long), long);
});

Deno.test("rewriteLinks() leaves the words of a link to nowhere", () => {
  const words = (source: string) => rewriteLinks(source, (href) => href === "x" ? "" : href);
  equal(words("[a `b` [c]](x) ![d](<x> 'title') [e](y)"), "a `b` [c] d [e](y)");
  equal(words('<a href="x" class="f">g</a>'), '<a class="f">g</a>');
});
