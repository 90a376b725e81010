import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Output } from "../../notebook/notebook.ts";
import { parseMarkdown, proseContent } from "../document/markdown.ts";
import { Names } from "../document/names.ts";
import { outputsContent } from "../document/outputs.ts";
import { linkTo, resolveLinks } from "../document/references.ts";
import { type Element, elementsOf, h, type Node, parseHtml, wordsOf } from "../document/tree.ts";
import { display, stream } from "../testdata/fixtures.ts";
import { onPaper } from "./paper.ts";

const labels = new Set(["01.pdf", "01.pdf#step-one", "02 b.pdf", "02 b.pdf#the-end"]);
const write = (nodes: Node[]) => onPaper(nodes, { file: "01.pdf", labels, files: new Map() });
const html = (source: string) => write(parseHtml(source));
const prose = (source: string) => write(proseContent(parseMarkdown(source), { ids: new Names() }));
const outputs = (...given: Output[]) => write([outputsContent(given, " of cell 3", { ids: new Names() })]);
const all = (nodes: Node[], tag: string) => [...elementsOf(nodes)].filter((element) => element.tag === tag);

Deno.test("onPaper() leads links to notebooks and their headings, and to notebooks where these are unknown", () => {
  const here = { file: "01.pdf", anchors: new Set(["step-one"]) };
  const there = { file: "02 b.pdf", anchors: new Set(["the-end"]) };
  const pages = new Map([["01.ipynb", here], ["02 b.ipynb", there]]);
  const expected = {
    "02%20b.ipynb": "02 b.pdf",
    "02%20b.ipynb#The-End": "02 b.pdf#the-end",
    "#Step-one": "01.pdf#step-one",
    "02%20b.ipynb#nothing": "02 b.pdf",
    "#nothing": undefined,
    "https://a.b/#c": undefined,
  };
  for (const [href, label] of Object.entries(expected)) {
    const [link] = write(resolveLinks([h("a", { href }, "x")], linkTo({ pages, here }))) as Element[];
    equal(link.attributes.label, label, href);
  }
});

Deno.test("onPaper() knows the document's headings from those of outputs", () => {
  const [own, other] = html('<h2 id="step-one">A</h2><h2>A</h2>') as Element[];
  deepEqual([own.attributes.label, other.attributes.label], ["01.pdf#step-one", undefined]);
});

Deno.test("onPaper() keeps an element with what it leads to", () => {
  const stays = (nodes: Node[], tag: string) => "stays" in all(nodes, tag)[0].attributes;
  for (const next of ["- a", "|a|\n|-|", "```\na\n```", "1. a"]) {
    ok(stays(prose(`These:\n\n${next}`), "p"), next);
  }
  ok(!stays(prose("No.\n\nYes."), "p"));
  ok(stays(html('<pre>a</pre><div class="outputs">x</div>'), "pre"));
  ok(!stays(html("<pre>a</pre><p>b</p>"), "pre"));
});

Deno.test("onPaper() drops scripts and styles, and says what it cannot show", () => {
  const written = html("<div><p>a <b>b</b></p><script>no()</script><style>no</style><video>c</video></div>");
  equal(wordsOf(written), "a bcWhat moves or sounds is left out here (video).");
  equal(all(written, "p").at(-1)!.attributes.told, "What moves or sounds is left out here (video).");
});

Deno.test("onPaper() keeps the words of what is nested too deep", () => {
  for (const tag of ["i", "blockquote", "ul><li", "table><tr><td"]) {
    const written = html(`<${tag}>`.repeat(100) + "x");
    equal(wordsOf(written).trim(), "x", tag);
    ok([...elementsOf(written)].length <= 21, tag);
  }
});

Deno.test("onPaper() sets the words apart of what is nested too deep, and knows no scripts and styles there", () => {
  const written = html("<table><tr><td>".repeat(20) + "a<style>no</style><td>b<tr><td>c<script>no</script>");
  match(wordsOf(written), /^a +b +c +$/);
});

Deno.test("onPaper() says that a script draws what it leaves out, however long and deep that is", () => {
  const script = `<div><div id="chart"></div><script>${"draw();\n".repeat(20_000)}</script></div>`;
  const note = "An output that a script draws is left out.";
  equal(wordsOf(outputs(display({ "text/html": script }))), note);
  equal(wordsOf(outputs(display({ "text/html": script, "text/plain": "Chart(...)" }))), `${note}Chart(...)`);
});

Deno.test("onPaper() leaves out what lies on the web, and says where", () => {
  const written = outputs(display({ "text/html": '<img src="https://a.b/c.png">' }));
  equal(wordsOf(written), "A picture is left out: it lies at https://a.b/c.png.");
});

Deno.test("onPaper() makes files of pictures, with what they show", () => {
  const pictures = [
    ["image/svg+xml", '<svg aria-label="A plot"/>', "/1.svg", "A plot"],
    [
      "image/svg+xml",
      '<svg aria-label="A &lt;b&gt; &amp;amp;"><title>no</title></svg>',
      "/1.svg",
      "A <b> &amp;",
    ],
    ["image/png", "AAAA", "/1.png", "Picture of cell 3"],
  ];
  for (const [mime, data, path, alt] of pictures) {
    const [img] = all(outputs(display({ [mime]: data })), "img");
    deepEqual(img.attributes, { path, alt, framed: "true" });
  }
  match(wordsOf(outputs(display({ "image/webp": "AAAA" }))), /^Picture of cell 3 is left out/);
  equal(wordsOf(prose("![a plot](no.png)")), "[Picture: a plot]\n");
});

Deno.test("onPaper() gives pictures the size that their author gave them, wherever that stands", () => {
  const size = (nodes: Node[]) => {
    const { path: _, alt: __, framed: ___, ...size } = all(nodes, "img")[0].attributes;
    return size;
  };
  const img = (attributes: string) => size(html(`<img src="data:image/png;base64,AAAA" ${attributes}>`));
  deepEqual(img('width="60"'), { width: "60" });
  deepEqual(img('width="30" style="max-width:9px; width: 60px"'), { width: "60" });
  deepEqual(img('width="1.2.3" height="50%"'), { height: "50%" });
  deepEqual(img('width="0"'), {});
  for (const [mime, data] of [["image/png", "AAAA"], ["image/svg+xml", '<svg viewBox="0 0 2 1"/>']]) {
    for (const width of ["60px", "50%"]) {
      const output = { ...display({ [mime]: data }), metadata: { [mime]: { width } } } as Output;
      deepEqual(size(outputs(output)), { width: width.replace("px", "") });
    }
  }
});

Deno.test("onPaper() keeps a plot with the title, legend and caption around it", () => {
  const plot = "<figure><h2>T</h2><div><span><svg><rect/></svg>A</span></div><svg><title>x</title></svg>" +
    "<figcaption>C</figcaption></figure>";
  const written = outputs(display({ "text/html": plot }));
  equal(wordsOf(written), "TAC");
  deepEqual(all(written, "img").map(({ attributes }) => attributes.framed), ["false", "true"]);
});

Deno.test("onPaper() takes the middle out of any output that is too long, and tells of it", () => {
  const long = "a line\n".repeat(100_000);
  const json = display({ "application/json": long.split("\n") });
  for (const given of [stream(long), display({ "text/markdown": long }), json]) {
    const words = wordsOf(outputs(given));
    ok(words.includes("lines are left out here") && words.length < 60_000, `${words.length}`);
  }
  match(all(outputs(json), "div")[1].attributes.told, /^99,603 lines are left out here, of 100,003\.$/);
});

Deno.test("onPaper() cuts code and terminal text into lines, each with its colours", () => {
  const [pre] = html(
    '<pre class="code"><span class="count">[3]</span><code><b>a\nb</b>\n</code></pre>',
  ) as Element[];
  deepEqual([pre.attributes.count, pre.children.map((line) => wordsOf(line))], ["[3]", ["a", "b"]]);
  deepEqual(all(pre.children, "b").length, 2);
});
