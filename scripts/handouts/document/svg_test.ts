import { deepEqual, equal } from "node:assert/strict";
import { renameIds } from "./names.ts";
import { asImage, readSvg } from "./svg.ts";
import { type Element, parseHtml, toHtml } from "./tree.ts";

const read = (source: string) => {
  const reading = readSvg(source);
  return typeof reading === "string" ? reading : (reading.plain ? "plain" : "apart");
};

Deno.test("readSvg() takes a drawing, with or without a prolog", () => {
  equal(read('<svg viewBox="0 0 1 1"><g><path d="M0 0"/></g></svg>'), "plain");
  equal(read("<svg><clippath/><clipPath/></svg>"), "plain");
  equal(
    read(
      '\ufeff<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "a" "b">\n<!-- c --><svg><text>a > b</text></svg>\n',
    ),
    "plain",
  );
});

Deno.test("readSvg() says what is broken", () => {
  equal(read("<svg><g></svg>"), "<g> is never closed");
  equal(read("<svg>\n<g>"), "<g> is never closed");
  equal(read("<svg><path d='M0"), "<path> is never closed");
  equal(read("<svg>\n<rect width=1/></svg>"), "<rect> is never closed");
  equal(read("<svg><!-- "), "<svg> is never closed");
  for (const source of ["<svg/><svg/>", "<svg/>text", "<g/>", ""]) {
    equal(read(source), "its root is not one <svg>");
  }
});

Deno.test("readSvg() keeps apart what is more than a drawing, or is another thing in HTML", () => {
  for (
    const inside of [
      "<foreignObject><div/></foreignObject>",
      "<script>1</script>",
      "<title><b/></title>",
      "<p/>",
      '<animate attributeName="href" to="javascript:a()"/>',
      "<filter><feBlend/></filter>",
    ]
  ) {
    equal(read(`<svg>${inside}</svg>`), "apart", inside);
  }
});

Deno.test("readSvg() finds the viewBox that a sized picture means", () => {
  equal(
    drawn('<svg width="640" height="200px"/>'),
    '<svg viewBox="0 0 640 200" width="640" height="200px"/>',
  );
});

Deno.test("readSvg() takes time in proportion to a picture's size", () => {
  equal(read(`<svg>${'<rect x="1" y="2"/>'.repeat(200_000)}</svg>`), "plain");
  equal(read(`<svg ${'a="1" '.repeat(20_000)}`), "<svg> is never closed");
  equal(read(`${"<svg>".repeat(20_000)}${"</svg>".repeat(20_000)}`), "plain");
});

const drawn = (source: string, change = (_: Element) => {}) => {
  const reading = readSvg(source);
  if (typeof reading === "string") return reading;
  change(reading.svg);
  return toHtml(reading.svg);
};
Deno.test("renameIds() renames ids and every reference to them, and nothing else", () => {
  const svg = `<svg aria-label="a > b" aria-labelledby="t d"><title id="t">id="c"</title>` +
    `<desc id='d'/><clipPath id="c"/><g clip-path="url(#c)" id="g"><use href="#g" xlink:href="#z"/></g></svg>`;
  equal(
    drawn(svg, (svg) => renameIds([svg], (id) => `${id}-1`)),
    `<svg aria-label="a &gt; b" aria-labelledby="t-1 d-1"><title id="t-1">id="c"</title>` +
      `<desc id="d-1"/><clipPath id="c-1"/><g clip-path="url(#c-1)" id="g-1"><use href="#g-1" xlink:href="#z"/></g></svg>`,
  );
});

Deno.test("readSvg() keeps apart what has a style sheet, with nothing in it that runs", () => {
  const svg = '<svg onload="a()"><style>g{fill:#ccc}</style><g class="a" onclick="b()"/></svg>';
  equal(read(svg), "apart");
  equal(drawn(svg), '<svg><style>g{fill:#ccc}</style><g class="a"/></svg>');
});

Deno.test("asImage() leaves nothing in a picture that runs where it is opened by itself", () => {
  const runs = '<script>a()</script><a href=" javascript:a()"><animate to="javascript:a()"/></a>';
  equal(
    drawn(`<svg onload="a()"><filter/>${runs}<g ONCLICK="a()"/></svg>`, (svg) => void asImage(svg)),
    "<svg><filter/><a><animate/></a><g/></svg>",
  );
});

Deno.test("readSvg() leaves nothing in a drawing that runs, is fetched, or covers its page", () => {
  const drawings: Record<string, string> = {
    [`<svg onload="a()"><a href="java&#x73;cript:a()"/><a xlink:href=' JavaScript:a()'/></svg>`]:
      "<svg><a/><a/></svg>",
    '<svg><a href="javascript&colon;a()"/>&constructor;</svg>': "<svg><a/>&amp;constructor;</svg>",
    '<svg><a href="https://a.b?c=1&amp;d"/></svg>': '<svg><a href="https://a.b?c=1&amp;d"/></svg>',
    '<svg aria-label="&constructor;"/>': '<svg aria-label="&amp;constructor;"/>',
    '<svg><!--><img src="x"/>--><g/><![CDATA[<b>]]></svg>': "<svg><g/>&lt;b&gt;</svg>",
    '<svg style="position:fixed;inset:0;fill:red"/>': '<svg style="fill:red"/>',
    '<svg><image href="https://a.b"/><use href="https://a.b"/></svg>': "<svg><image/><use/></svg>",
    '<svg fill="url(https://a.b)" mask="image-set(&quot;//a.b&quot; 1x)"/>': "<svg/>",
    '<svg fill="u\\72l(https://a.b)"/>': "<svg/>",
  };
  for (const [svg, drawing] of Object.entries(drawings)) {
    deepEqual([read(svg), drawn(svg)], ["plain", drawing]);
  }
});

Deno.test("renameIds() renames the ids of a page and of its pictures, and every reference to them", () => {
  const page = (id: string, selector: string) =>
    `<p id="${id}a" class="a">#a</p><a href="#${id}a">a</a><a href="#none" title="#a">url(#a)</a><svg id="${id}b" ` +
    `aria-labelledby="${id}a ${id}b"><style>@scope (${selector}){rect{fill:url(#${id}b);color:#abc}}</style></svg>`;
  const content = parseHtml(page("", "#b"));
  renameIds(content, (id) => `1/${id}`);
  equal(toHtml(content), page("1/", '[id="1/b"]'));
});
