import { equal } from "node:assert/strict";
import { Places } from "./places.ts";

const rewrite = (source: string) => new Places(source).withLinks((href) => href.replace("x", "y z"));

Deno.test("Places finds links, images, definitions and HTML", () => {
  equal(rewrite("[a](x) ![b](<x> 'title')"), "[a](<y z>) ![b](<y z> 'title')");
  equal(rewrite("[a]\n\n[a]: x 'title'"), "[a]\n\n[a]: <y z> 'title'");
  equal(rewrite(`<a class="b" href="x">`), `<a class="b" href="y z">`);
  equal(rewrite("[two\nlines](x)"), "[two\nlines](<y z>)");
});

Deno.test("Places leaves code as it is", () => {
  for (const code of ["`[a](x)`", "``[a](x) ` ``", "```\n[a](x)\n```", "    [a](x)"]) {
    equal(rewrite(code), code);
  }
});

Deno.test("Places leaves what merely looks like a link", () => {
  for (const words of ["$f[a](x)$", "\\[a](x)", "$$[a](x)$$", "<!-- [a](x) -->"]) {
    equal(rewrite(words), words);
  }
});

Deno.test("Places finds a link wherever it stands", () => {
  equal(rewrite("a `\n\n[a](x)\n\nb `"), "a `\n\n[a](<y z>)\n\nb `");
  equal(rewrite("> - [a](x)\n>   [b](x)"), "> - [a](<y z>)\n>   [b](<y z>)");
  equal(rewrite("|a\\|b|[c](x)|\n|-|-|\n|`\\|`[d](x)|"), "|a\\|b|[c](<y z>)|\n|-|-|\n|`\\|`[d](<y z>)|");
  equal(rewrite("[a](x(1).csv) ![b](<x (1).png>)"), "[a](<y z(1).csv>) ![b](<y z (1).png>)");
  equal(rewrite("[![a](x)](x)"), "[![a](<y z>)](<y z>)");
  equal(rewrite("[^a]: b ^[c [d](x)]"), "[^a]: b ^[c [d](<y z>)]");
  equal(rewrite("[a]\n\n> [a]:\n> x"), "[a]\n\n> [a]:\n> <y z>");
  equal(rewrite("- \t<a href=x>\n  b <iframe src='x'>"), '- \t<a href="y z">\n  b <iframe src="y z">');
});

Deno.test("Places takes time in proportion to the text", () => {
  const long = "[a](" + "`<a ".repeat(20_000);
  equal(rewrite(long), long);
  equal(rewrite("<a href=x>\n".repeat(20_000)), '<a href="y z">\n'.repeat(20_000));
});

Deno.test("Places leaves the words of a link to nowhere", () => {
  const words = (source: string) => new Places(source).withLinks((href) => href === "x" ? "" : href);
  equal(words("[a `b` [c]](x) ![d](<x> 'title') [e](y)"), "a `b` [c] d [e](y)");
  equal(words('<a href="x" class="f">g</a>'), '<a class="f">g</a>');
});
