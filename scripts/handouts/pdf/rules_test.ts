import { equal, match, ok } from "node:assert/strict";
import type { Output } from "../../notebook/notebook.ts";
import { codeLines as highlighted } from "../document/highlight.ts";
import { linkTo, resolveLinks } from "../document/references.ts";
import { parseMarkdown, proseContent } from "../document/markdown.ts";
import { Names } from "../document/names.ts";
import { outputsContent } from "../document/outputs.ts";
import { h, parseHtml } from "../document/tree.ts";
import { display, stream } from "../testdata/fixtures.ts";
import { Pictures } from "./pictures.ts";
import { codeLines, type Context, write } from "./rules.ts";

const here = { file: "01.pdf", anchors: new Set(["step-one"]) };
const there = { file: "02 b.pdf", anchors: new Set(["the-end"]) };
const labels = new Set(["01.pdf", "01.pdf#step-one", "02 b.pdf", "02 b.pdf#the-end"]);
const context = (more: Partial<Context> = {}) => ({
  file: "01.pdf",
  labels,
  pictures: new Pictures(),
  ...more,
});

const prose = (source: string, more?: Partial<Context>) =>
  write(proseContent(parseMarkdown(source), { ids: new Names() }), context(more)).replaceAll("[ ];", "");
const html = (source: string) => write(parseHtml(source), context());
const outputs = (...given: Output[]) =>
  write([outputsContent(given, " of cell 3", { ids: new Names() })], context());
const code = (source: string) => codeLines(highlighted(source, "typescript"), context());
const link = (href: string) => {
  const pages = new Map([["01.ipynb", here], ["02 b.ipynb", there]]);
  return write(resolveLinks([h("a", { href }, "x")], linkTo({ pages, here })), context());
};

Deno.test("write() writes words as strings and marks as calls", () => {
  equal(
    prose("a *b* **c** `d` ~~e~~"),
    '{[];par({[];"a";styled("em","b");styled("strong","c");styled("code","d");styled("s","e");});}',
  );
});

Deno.test("write() lets nothing out of a string", () => {
  equal(write(['#let $x$ @y // [z] "\\ '], context()), '{[];"#let $x$ @y // [z] \\"\\\\";[ ];}');
  match(prose("`\\`"), /styled\("code","\\\\"\)/);
});

Deno.test("write() keeps lists, tight and loose, and where they start", () => {
  match(prose("3. a\n4. b"), /items\(true,stays:false,enum\(start:3,tight:true,"a","b"\)\)/);
  match(prose("- a\n\n- b"), /list\(tight:false,\{\[\];par\("a"\);/);
});

Deno.test("write() keeps tables, their heads and their sides", () => {
  match(
    prose("|a|b|\n|-|-:|\n|1|2|"),
    /sheet\(true,\(left,right,\),table\.header\("a","b"\),"1","2"\)/,
  );
});

Deno.test("write() keeps a paragraph with the table, list or code that it leads to", () => {
  match(prose("These:\n\n- a"), /lead\("These:"\)/);
  match(prose("Those:\n\n|a|\n|-|"), /lead\("Those:"\)/);
  match(prose("Run it:", { leads: true }), /lead\("Run it:"\)/);
  match(prose("No.\n\nYes."), /par\("No\."\)/);
});

Deno.test("write() takes raw tags for what paper can keep of them", () => {
  equal(
    prose("H<sub>2</sub>O<br>x<blink>y</blink><!-- z -->"),
    '{[];par({[];"H";styled("sub","2");"O";linebreak();"x";styled("blink","y");});}',
  );
});

Deno.test("write() balances raw tags that are left open or cross", () => {
  const count = (text: string, part: string) => text.split(part).length - 1;
  const written = prose("<b>a *b</b> c* d");
  equal(count(written, "("), count(written, ")"));
  match(written, /styled\("b",\{\[\];"a";styled\("em"/);
});

Deno.test("write() gives block HTML's text, and none of its scripts", () => {
  const written = prose("<div><p>a <b>b</b></p><script>no()</script><style>no</style></div>");
  ok(written.includes('"a"') && written.includes('styled("b","b")') && !written.includes("no"), written);
});

Deno.test("write() keeps the words of what is nested too deep", () => {
  const deep = (tag: string) => html(`<${tag}>`.repeat(100) + "x");
  for (const tag of ["i", "blockquote", "ul><li"]) {
    ok(deep(tag).includes('"x"') && deep(tag).split("(").length < 60, deep(tag));
  }
});

Deno.test("write() takes what a heading says, and no link to itself", () => {
  equal(html('<h2 id="step-one"><a href="#step-one">A</a></h2>'), 'head(2,"01.pdf#step-one","A")');
  equal(html("<h2>A</h2>"), 'head(2,none,"A")');
});

Deno.test("write() puts words in the place of a picture that is not there", () => {
  match(prose("![a plot](no.png)"), /block\(emph\("\[Picture: a plot\]"\)\)/);
});

Deno.test("links lead to notebooks and their headings", () => {
  equal(link("02%20b.ipynb"), 'to("02 b.pdf","02 b.pdf","x")');
  equal(link("02%20b.ipynb#The-End"), 'to("02 b.pdf#the-end","02 b.pdf","x")');
  equal(link("#Step-one"), 'to("01.pdf#step-one","01.pdf","x")');
});

Deno.test("links lead to the notebook where the heading is unknown, and nowhere on the same page", () => {
  equal(link("02%20b.ipynb#nothing"), 'to("02 b.pdf","02 b.pdf","x")');
  equal(link("#nothing"), '"x"');
});

Deno.test("links keep addresses of the web, and refuse what could run", () => {
  equal(link('https://a.b/"#c'), 'web("https://a.b/\\"#c","x")');
  equal(link("data.csv"), 'link("data.csv","x")');
  for (const href of ["javascript:alert(1)", "file:///etc/passwd", "", `https://${"a".repeat(9000)}`]) {
    equal(link(href), '"x"', href.slice(0, 20));
  }
});

Deno.test("outputs tell printed text, warnings and errors apart", () => {
  match(outputs(stream("a")), /^output\("text stdout","",/);
  match(outputs(stream("a", "stderr")), /^output\("text stderr","Warning",/);
  match(
    outputs({ output_type: "error", ename: "E", evalue: "v", traceback: [] }),
    /^output\("text error","Error",.*"E: v"/,
  );
});

Deno.test("outputs place pictures, with what they show", () => {
  equal(
    outputs(display({ "image/svg+xml": '<svg aria-label="A plot"/>' })),
    'picture("/pictures/1.svg","A plot")',
  );
  equal(
    outputs(display({ "image/svg+xml": '<svg aria-label="A &lt;b&gt; &amp;amp;"><title>no</title></svg>' })),
    'picture("/pictures/1.svg","A <b> &amp;")',
  );
  equal(outputs(display({ "image/png": "AAAA" })), 'picture("/pictures/1.png","Picture of cell 3")');
});

Deno.test("pictures have the size that their author gave them, wherever that stands", () => {
  const png = "data:image/png;base64,AAAA";
  const img = (attributes: string) => html(`<img src="${png}" ${attributes}>`).match(/,"",?(.*)\)/)?.[1];
  equal(img('width="60"'), "width:45pt");
  equal(img('width="30" style="max-width:9px; width: 60px"'), "width:45pt");
  equal(img('width="1.2.3" height="50%"'), "height:50%");
  equal(img('width="0"'), "");
  const given = (mime: string, width: string) => {
    const data = mime === "image/png" ? "AAAA" : '<svg viewBox="0 0 2 1"/>';
    return outputs({ ...display({ [mime]: data }), metadata: { [mime]: { width } } } as Output);
  };
  for (const mime of ["image/png", "image/svg+xml"]) {
    match(given(mime, "60px"), /,width:45pt\)/);
    match(given(mime, "50%"), /,width:50%\)/);
  }
});

Deno.test("outputs note pictures of a kind that cannot be printed", () => {
  match(outputs(display({ "image/webp": "AAAA" })), /^note\("Picture of cell 3 is left out/);
});

Deno.test("outputs make a table of a table, and words of other HTML", () => {
  match(outputs(display({ "text/html": "<table><tr><td>a</td></tr></table>" })), /sheet\(/);
  equal(outputs(display({ "text/html": "<i>a</i>" })), 'styled("i","a")');
});

Deno.test("outputs keep a plot with the title, legend and caption around it", () => {
  const plot = "<figure><h2>T</h2><div><span><svg><rect/></svg>A</span></div><svg><title>x</title></svg>" +
    "<figcaption>C</figcaption></figure>";
  match(
    outputs(display({ "text/html": plot })),
    /head\(2,none,"T"\).*little\("\/pictures\/1.svg",""\);"A".*picture\("\/pictures\/2.svg","x"\);styled\("figcaption","C"/,
  );
});

Deno.test("outputs lose the middle of any text that is too long", () => {
  const long = "a line\n".repeat(100_000);
  for (
    const given of [
      stream(long),
      display({ "text/markdown": long }),
      display({ "application/json": long.split("\n") }),
    ]
  ) {
    const written = outputs(given);
    ok(written.includes("lines are left out here") && written.length < 60_000, String(written.length));
  }
});

Deno.test("codeLines() highlights, and tells each line's indent and length", () => {
  equal(
    code("if (a)\n\n  b;\n"),
    '((0,6,{[];styled("hljs-keyword","if");" (a)";},),(0,0,none),(2,4,"  b;",),)',
  );
});

Deno.test("codeLines() colours what stands inside a template string as code", () => {
  match(
    code("`a ${1}`"),
    /styled\("hljs-string",\{\[\];"`a ";styled\("hljs-subst",\{\[\];"\$\{";styled\("hljs-number","1"\);"\}";\}\);"`";/,
  );
});

Deno.test("codeLines() gives a line that never breaks places to break", () => {
  ok(code("x".repeat(100)).includes("x\u200bx"));
  ok(!code("await loop.runUntilComplete(gather(task1, task2));").includes("\u200b"));
});

Deno.test("terminal text keeps its colours", () => {
  match(
    outputs(stream("\x1b[33mx\x1b[0m \x1b[41;32my\n")),
    /\(\(0,3,\{\[\];styled\("ansi-yellow-fg","x"\);" ";styled\("ansi-green-fg ansi-red-bg","y"\);\},\),\)/,
  );
});

const table = (inside: string) => outputs(display({ "text/html": `<table>${inside}</table>` }));

Deno.test("tables keep the head, and numbers on the right", () => {
  equal(
    table(
      '<thead><tr><th>a<th>b</tr></thead><tbody><tr><td>x</td><td style="text-align:right">1</td></tr></tbody>',
    ),
    'sheet(true,(left,right,),table.header("a","b"),"x","1")',
  );
});

Deno.test("tables fill up ragged rows", () => {
  equal(
    table("<tr><td>a</td><td>b</td></tr><tr><td>c</td></tr>"),
    'sheet(true,(left,left,),"a","b","c",[])',
  );
});

Deno.test("tables keep spans in the grid", () => {
  equal(
    table("<tr><td rowspan=2>a</td><td colspan=2>b</td></tr><tr><td>c</td><td>d</td></tr>"),
    'sheet(true,(left,left,left,),"a",table.cell(colspan:2,"b"),[],"c","d")',
  );
});

Deno.test("tables in outputs lose their middle where they are for machines, and say so", () => {
  const written = table("<tr><td>x</td></tr>".repeat(500));
  match(written, /430 rows are left out here, of 500\./);
  ok(written.startsWith("{[];sheet(false,"));
});

Deno.test("tables without cells are nothing", () => {
  equal(table(""), "[]");
});
