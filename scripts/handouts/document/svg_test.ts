import { deepEqual, equal, ok } from "node:assert/strict";
import { Names } from "./names.ts";
import { readSvg } from "./read_svg.ts";
import { renameIds, sealSvg, svgIds } from "./svg.ts";

const read = (source: string) => {
  const reading = readSvg(source);
  return reading.ok ? (reading.plain ? "plain" : "apart") : reading.error;
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
  equal(read("<svg><g></svg>"), "</svg> on line 1 closes nothing");
  equal(read("<svg>\n<g>"), "<g> is never closed");
  equal(read("<svg>\n<rect width=1/></svg>"), "line 2 is not XML");
  equal(read('<svg a="1" a="2"/>'), "<svg> has an attribute twice");
  equal(read("<svg/><svg/>"), "its root is not one <svg>");
  equal(read("<svg/>text"), "there is text outside of <svg>");
  equal(read("<svg><!-- "), "line 1 is not XML");
  equal(read(""), "there is no <svg> in it");
});

Deno.test("readSvg() keeps apart what HTML would read in another way than XML", () => {
  for (
    const inside of [
      "<foreignObject><div/></foreignObject>",
      "<script>1</script>",
      "<title><b/></title>",
      "<p/>",
    ]
  ) {
    equal(read(`<svg>${inside}</svg>`), "apart", inside);
  }
});

Deno.test("readSvg() finds the viewBox that a sized picture means", () => {
  deepEqual(readSvg('<svg width="640" height="200px"/>'), {
    ok: true,
    svg: '<svg viewBox="0 0 640 200" width="640" height="200px"/>',
    plain: true,
  });
});

Deno.test("readSvg() takes time in proportion to a picture's size", () => {
  ok(readSvg(`<svg>${'<rect x="1" y="2"/>'.repeat(20_000)}</svg>`).ok);
  ok(!readSvg(`<svg ${'a="1" '.repeat(20_000)}`).ok);
});

const sealed = (source: string, alone = false) => {
  const reading = readSvg(source);
  const svg = reading.ok ? reading.svg : reading.error;
  const names = new Map(svgIds(svg).map((id) => [id, `${id}-1`]));
  return sealSvg(svg, (id) => names.get(id) ?? id, new Names(), alone);
};

Deno.test("sealSvg() renames ids and every reference to them, and nothing else", () => {
  const svg = `<svg aria-label="a > b" aria-labelledby="t d"><title id="t">id="c"</title>` +
    `<desc id='d'/><clipPath id="c"/><g clip-path="url(#c)" id="g"><use href="#g" xlink:href="#z"/></g></svg>`;
  equal(
    sealed(svg),
    `<svg aria-label="a > b" aria-labelledby="t-1 d-1"><title id="t-1">id="c"</title>` +
      `<desc id='d-1'/><clipPath id="c-1"/><g clip-path="url(#c-1)" id="g-1"><use href="#g-1" xlink:href="#z"/></g></svg>`,
  );
});

Deno.test("sealSvg() keeps a picture's styles inside, and the page's outside of one that stands alone", () => {
  const svg = '<svg><style>@import url(x.css);#c,.a{fill:#ccc}</style><g id="c" class="a b"/></svg>';
  equal(
    sealed(svg),
    '<svg id="picture"><style>@scope (#picture){#c-1,.a{fill:#ccc}}</style><g id="c-1" class="a b"/></svg>',
  );
  equal(
    sealed(svg, true),
    '<svg id="picture"><style>@scope (#picture){#c-1,.picture-a{fill:#ccc}}</style>' +
      '<g id="c-1" class="picture-a picture-b"/></svg>',
  );
});

Deno.test("readSvg() leaves nothing in a drawing that runs, is fetched, or covers its page", () => {
  const drawings: Record<string, string> = {
    [`<svg onload="a()"><a href="java&#x73;cript:a()"/><a xlink:href=' JavaScript:a()'/></svg>`]:
      "<svg><a/><a/></svg>",
    '<svg><a href="javascript&colon;a()"/><style/>&constructor;</svg>':
      '<svg><a href="javascript&amp;colon;a()"/>&constructor;</svg>',
    '<svg><a href="https://a.b?c=1&amp;d"/></svg>': '<svg><a href="https://a.b?c=1&amp;d"/></svg>',
    '<svg aria-label="&constructor;"/>': '<svg aria-label="&amp;constructor;"/>',
    '<svg><a><animate attributeName="href" to="javascript:a()"/></a></svg>': "<svg><a><animate/></a></svg>",
    '<svg><!--><img src="x"/>--><g/><![CDATA[<b>]]></svg>': "<svg><g/>&lt;b&gt;</svg>",
    '<svg style="position:fixed;inset:0;fill:red"/>': '<svg style="fill:red"/>',
    '<svg><image href="https://a.b"/><use href="https://a.b"/></svg>': "<svg><image/><use/></svg>",
    '<svg fill="url(https://a.b)" mask="image-set(&quot;//a.b&quot; 1x)"/>': "<svg/>",
    '<svg fill="u\\72l(https://a.b)"/>': "<svg/>",
    "<svg><style>g{fill:url(#a);background:url(//a.b)}</style></svg>":
      "<svg><style>g{fill:url(#a);}</style></svg>",
    "<svg><STYLE >g{fill:red}</STYLE ></svg>": "<svg><style >g{fill:red}</style></svg>",
    "<svg><style>svg{position:fixed;fill:red}</style></svg>": "<svg><style>svg{fill:red}</style></svg>",
  };
  for (const [svg, drawing] of Object.entries(drawings)) {
    const reading = readSvg(svg);
    deepEqual([reading.ok && reading.plain, reading.ok && reading.svg], [true, drawing]);
  }
});

Deno.test("readSvg() keeps apart what has styles that it cannot read for certain", () => {
  for (
    const rules of [
      "} body{color:red} {",
      "g{",
      'g[a="{"] } body{',
      "g{&#125; body{",
      "@font-face{src:url(a)}",
      "}/*{*/",
      '"',
      "a\\{}",
    ]
  ) {
    equal(read(`<svg><style>${rules}</style></svg>`), "apart", rules);
  }
});

Deno.test("renameIds() renames the ids of a page and of its pictures, and every reference to them", () => {
  const page = (id: string, selector: string) =>
    `<p id="${id}a" class="a">#a</p><a href="#${id}a">a</a><a href="#none" title="#a">url(#a)</a><svg id="${id}b" ` +
    `aria-labelledby="${id}a ${id}b"><style>@scope (${selector}){rect{fill:url(#${id}b);color:#abc}}</style></svg>`;
  equal(renameIds(page("", "#b"), (id) => `1/${id}`), page("1/", '[id="1/b"]'));
});
