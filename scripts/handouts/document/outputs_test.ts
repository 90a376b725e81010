import { deepEqual, match, ok } from "node:assert/strict";
import type { MimeBundle, Output } from "../../notebook/notebook.ts";
import { display, stream } from "../testdata/fixtures.ts";
import { Names } from "./names.ts";
import { outputsContent, richContent } from "./outputs.ts";
import { elementsOf, hasClass, parseHtml, toHtml, wordsOf } from "./tree.ts";

const shown = (...outputs: Output[]) => outputsContent(outputs, "", { ids: new Names() });
const wordsIn = (name: string, ...outputs: Output[]) =>
  [...elementsOf([shown(...outputs)])].filter((element) => hasClass(element, name)).map(wordsOf);

Deno.test("outputsContent() keeps the traceback of an error, or else its name and message", () => {
  const error = { output_type: "error", ename: "TypeError", evalue: "no" } as const;
  deepEqual(wordsIn("error", { ...error, traceback: ["a", "b"] }), ["Errora\nb"]);
  deepEqual(wordsIn("error", { ...error, traceback: [] }), ["ErrorTypeError: no"]);
});

Deno.test("outputsContent() cuts long text of every kind", () => {
  const long = "line\n".repeat(5_000);
  const left = "4,600 lines are left out here, of 5,000.";
  deepEqual(wordsIn("note", stream(long), display({ "text/plain": long })), [left, left]);
});

Deno.test("outputsContent() prefers a vector picture to all else", () => {
  const bundle = { "text/plain": "p", "image/png": "iVBO", "text/html": "h", "image/svg+xml": "<svg/>" };
  match(
    toHtml(shown(display(bundle))),
    /^[^p]*<div[^>]*><div class="picture paper" tabindex="0"><svg role="img" aria-label="Picture"\/><\/div><\/div>$/,
  );
});

Deno.test("outputsContent() keeps the page's styles off a drawing, and a drawing's off the page", () => {
  const html = (svg: string) => toHtml(shown(display({ "image/svg+xml": svg })));
  match(html('<svg><g class="note"/></svg>'), /<svg role="img" aria-label="Picture"><g\/><\/svg>/);
  const styled = "<svg><style>@import url(a);p{}</style></svg>";
  for (const page of [html(styled), toHtml(shown(display({ "text/html": `a ${styled}` })))]) {
    match(page, /<img src="data:image\/svg[^"]*" alt="Picture" class="paper">/);
  }
});

Deno.test("outputsContent() takes an unknown image, text or JSON where nothing is known", () => {
  const words = (bundle: MimeBundle) => wordsOf(shown(display(bundle)));
  deepEqual(words({ "text/x-log": "a\nb", "application/x-y": "?" }), "a\nb");
  deepEqual(words({ "application/geo+json": { a: 1 } }), '{\n  "a": 1\n}\n');
  deepEqual(words({ "application/x-y": "?" }), "An output of type application/x-y cannot be shown here.");
  deepEqual(words({ "text/plain": null }), "An output without data cannot be shown here.");
  const unknown = { output_type: "x", y: 1 } as never;
  deepEqual(wordsOf(shown(unknown)), "An output of type x cannot be shown here.");
});

Deno.test("outputsContent() tells of a broken picture and shows the next best", () => {
  const words = (bundle: MimeBundle) => [...elementsOf(shown(display(bundle)).children)].map(wordsOf);
  deepEqual(words({ "image/svg+xml": "<svg><g></svg>", "text/plain": "a plot" }).slice(0, 2), [
    "An output of type image/svg+xml is left out: its SVG is broken (<g> is never closed).",
    "a plot",
  ]);
  deepEqual(words({ "image/png": { not: "base64" } }), [
    "An output of type image/png is left out: it is not base64.",
  ]);
});

Deno.test("outputsContent() labels what goes to stderr, unless that calls itself a warning, in any colour", () => {
  const labels = (text: string) => wordsIn("label", stream(text, "stderr"));
  deepEqual(labels("warnings: none"), ["Warning"]);
  deepEqual(labels("A warning: x"), ["Warning"]);
  deepEqual(labels("\x1b[1;33mWARNING:\x1b[0m x"), []);
});

Deno.test("richContent() scopes styles, and says that it leaves out one that could get out", () => {
  const styles = (rules: string) =>
    toHtml(richContent(parseHtml(`<style>${rules}</style><b>x</b>`), "", { ids: new Names() }));
  ok(styles("b{content:'}'}/*}*/").includes("@scope{b{content:'}'}/*}*/}"));
  ok(styles(".md\\:w-\\[9px\\]{}").includes("@scope{.md\\:w-\\[9px\\]{}}"));
  for (
    const rules of [
      '.a\\"{} } body{x:" {}',
      "a{x:u\\rl({(})}body{}",
      "a{x:\\75 rl({(})}body{}",
      "} body{color:red} {",
      'a[b="\n{"] } body{',
      "a{}/*",
      "u\\72l('} body{')",
      "url(a b'c) } body { x '",
    ]
  ) {
    match(styles(rules), /<p class="note">A style sheet is left out: .*<b>x/, rules);
  }
});
