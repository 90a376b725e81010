import { deepEqual, equal, match, ok } from "node:assert/strict";
import { parseHTML } from "linkedom";
import { type CellSketch, display, notebook, stream } from "../testdata/fixtures.ts";
import { renderHtml } from "./html.ts";
import { renderIndex } from "./index_page.ts";
import type { Output } from "../../notebook/notebook.ts";

const options = { title: "A course", edition: "student" } as const;
const evil = `"'><script>alert(1)</script>/../&`;

function page(...cells: CellSketch[]): string {
  return renderHtml([{ name: "01-a.ipynb", notebook: notebook(...cells) }], options).get("01-a.html")!;
}

const dom = (html: string) => parseHTML(html).document;

Deno.test("renderHtml() makes a page for each notebook, each with a name of its own", () => {
  const names = ["a/01.ipynb", "b/01.ipynb", "index.ipynb"];
  const files = renderHtml(names.map((name) => ({ name, notebook: notebook() })), options);
  deepEqual([...files.keys()], ["01.html", "01-1.html", "index-1.html"]);
});

Deno.test("renderHtml() gives the same bytes for the same notebooks", () => {
  const render = () =>
    page({ markdown: "# A\n\n## B" }, { code: "1", outputs: [display({ "text/plain": "2" })] });
  equal(render(), render());
});

Deno.test("renderHtml() links pages with each other", () => {
  const files = renderHtml([
    { name: "01.ipynb", notebook: notebook({ markdown: "# One\n\n[on](02.ipynb#The-End)" }) },
    { name: "02.ipynb", notebook: notebook({ markdown: "# Two\n\n## The end" }) },
  ], options);
  match(files.get("01.html")!, /<a href="02\.html#the-end">on<\/a>/);
  match(files.get("01.html")!, /rel="next" href="02\.html"/);
  match(files.get("02.html")!, /rel="prev" href="01\.html"/);
});

Deno.test("renderHtml() has landmarks, a language, a skip link and one top heading", () => {
  const document = dom(page({ markdown: "# A\n\n## B\n\n# C" }));
  equal(document.documentElement.lang, "en");
  equal(document.querySelector(".skip")?.getAttribute("href"), "#content");
  for (const landmark of ["header", "main#content", "footer"]) ok(document.querySelector(landmark), landmark);
  equal(document.querySelectorAll("h1").length, 1);
});

Deno.test("renderHtml() has no script and nothing from outside", () => {
  const html = page({ markdown: "# A" }, { code: "1", outputs: [stream("b")] });
  ok(!/<script|<link[^>]*href="(?!data:)|\ssrc=|https?:/.test(html));
});

Deno.test("renderHtml() escapes titles, file names, parameters, streams and tracebacks", () => {
  const error: Output = { output_type: "error", ename: evil, evalue: evil, traceback: [evil] };
  const cells = notebook(
    { markdown: `# ${evil}` },
    { code: `const a = ${JSON.stringify(evil)};`, tags: ["parameters"], outputs: [stream(evil), error] },
    { code: "1", outputs: [display({ "text/plain": evil }), display({ [evil]: evil })] },
  );
  const evilOptions = {
    title: evil,
    edition: "teacher" as const,
    byline: evil,
    deno: evil,
  };
  const files = renderHtml([{ name: `${evil}.ipynb`, notebook: cells }], evilOptions);
  const links = [{ label: evil, href: evil }];
  const headings = [{ level: 2, text: evil, id: evil }];
  const entries = [{ label: evil, href: evil, text: evil, links, headings }];
  files.set("index.html", renderIndex(evilOptions, { entries, books: links }));
  for (const [name, html] of files) {
    ok(!/[/<>"]/.test(name), name);
    ok(!html.includes("<script"), name);
  }
});

Deno.test("renderHtml() closes a cell before the next one begins", () => {
  for (
    const open of [
      "<div><div>",
      "<table><tr><td>",
      "<!-- ",
      "<script>",
      "<textarea>",
      "<svg><g>",
      "<plaintext>",
      "</main>",
    ]
  ) {
    const document = dom(
      page({ markdown: `${open} a` }, { code: "1", outputs: [display({ "text/html": open })] }, {
        markdown: "z",
      }),
    );
    equal(document.querySelectorAll(".body > .cell").length, 3, open);
    ok(document.querySelector("body > footer"), open);
  }
});

Deno.test("renderHtml() makes every id on a page unique, in pictures too", () => {
  const svg =
    '<svg aria-labelledby="t"><title id="t">A</title><clipPath id="content"/><g clip-path="url(#content)"/></svg>';
  const outputs = [
    display({ "image/svg+xml": svg }),
    display({ "image/svg+xml": svg }),
    display({ "text/html": '<i id="t">' }),
  ];
  const html = page({ markdown: '# A\n## B\n## B\n<b id="b">c</b>' }, { code: "1", outputs });
  const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
  equal(new Set(ids).size, ids.length, ids.join(" "));
  match(html, /aria-labelledby="t-1"><title id="t-1">.*url\(#content-2\)/);
});

Deno.test("renderHtml() puts a note in the place of a broken picture", () => {
  const html = page({ code: "1", outputs: [display({ "image/svg+xml": "<svg><g></svg>" })] });
  match(html, /<p class="note">An output of type image\/svg\+xml is left out: its SVG is broken/);
});

Deno.test("renderHtml() keeps an SVG that is more than a drawing apart, with its label", () => {
  const svg = '<svg aria-label="A &quot;plot&quot;"><foreignObject><div/></foreignObject></svg>';
  const html = page({ code: "1", outputs: [display({ "image/svg+xml": svg })] });
  match(html, /<img src="data:image\/svg\+xml,%3Csvg%20xmlns[^"]*" alt="A &quot;plot&quot;"/);
});

Deno.test("renderHtml() gives a picture without a name one", () => {
  const html = page({
    code: "1",
    outputs: [display({ "image/svg+xml": "<svg/>" }), display({ "image/png": "AAAA" })],
  });
  match(html, /<svg role="img" aria-label="Picture of cell 1"/);
  match(html, /<img src="data:image\/png;base64,AAAA" alt="Picture of cell 1"/);
});

Deno.test("renderHtml() shows a solution to the teacher alone", () => {
  const notebooks = [{
    name: "a",
    notebook: notebook({ code: "SECRET", tags: ["solution"], outputs: [stream("SECRET")] }),
  }];
  const html = (edition: "student" | "teacher") =>
    renderHtml(notebooks, { ...options, edition }).get("a.html")!;
  ok(!html("student").includes("SECRET") && html("student").includes("Your turn"));
  ok(html("teacher").includes("SECRET") && html("teacher").includes("Solution"));
});

Deno.test("renderHtml() folds all that a cell shows below a question about it, for students", () => {
  const outputs = [stream("printed"), display({ "text/html": "<table><tr><td>shown</td></tr></table>" })];
  const cells = [{ id: "predict-text", markdown: "What?" }, { code: "f()", outputs }, {
    code: "g()",
    outputs: [stream("free")],
  }];
  const document = dom(page(...cells));
  const [details, ...others] = document.querySelectorAll("details");
  equal(others.length, 0);
  equal(details.querySelector("summary")!.textContent, "Show the output");
  ok(!details.hasAttribute("open"));
  match(details.textContent, /printed[^]*shown/);
  ok(!/free|f\(\)/.test(details.textContent));
  const teachers = [{ name: "a", notebook: notebook(...cells) }];
  ok(!renderHtml(teachers, { ...options, edition: "teacher" }).get("a.html")!.includes("<details"));
});

Deno.test("renderHtml() folds away what a check says, for everybody, and leaves it off the paper", () => {
  const notebooks = [{
    name: "a",
    notebook: notebook({ code: "check()", tags: ["check"], outputs: [stream("not yet")] }),
  }];
  for (const edition of ["student", "teacher"] as const) {
    const { document } = parseHTML(renderHtml(notebooks, { ...options, edition }).get("a.html")!);
    const details = document.querySelector("details.checked")!;
    equal(details.querySelector("summary")!.textContent, "Show the output");
    match(details.textContent, /not yet/);
    ok(!details.hasAttribute("open") && !details.textContent.includes("check()"));
  }
});

Deno.test("renderHtml() says of a folded picture that it is displayed", () => {
  const html = page({ id: "predict", markdown: "What?" }, {
    code: "f()",
    outputs: [display({ "image/svg+xml": "<svg/>" })],
  });
  equal(dom(html).querySelector("summary")!.textContent, "Show the output");
});

Deno.test("renderHtml() shows one place to work where an exercise's cell says what to do", () => {
  const html = page({ code: "// Swap them." }, { code: "SECRET", tags: ["solution"] });
  const places = dom(html).querySelectorAll(".cell");
  equal(places.length, 1);
  equal(places[0].textContent.trim(), "// Swap them.");
  equal(places[0].querySelectorAll(".lines").length, 1);
});

Deno.test("renderHtml() calls what goes to stderr a warning, unless it does so itself", () => {
  const labels = (text: string) =>
    [...dom(page({ code: "1", outputs: [stream(text, "stderr")] })).querySelectorAll(".stderr .label")]
      .map(({ textContent }) => textContent);
  deepEqual(labels("low on disk"), ["Warning"]);
  deepEqual(labels("\x1b[33mWarning:\x1b[0m low on disk"), []);
});

Deno.test("renderHtml() says what made a page", () => {
  const source = notebook({ code: "const items = 20;", tags: ["parameters"] });
  const html = renderHtml([{ name: "x/01-a.ipynb", notebook: source }], { ...options, deno: "2.9.6" }).get(
    "01-a.html",
  )!;
  const footer = dom(html).querySelector("footer")!.textContent;
  for (const told of ["01-a.ipynb", "items = 20", "Deno 2.9.6", "student’s edition"]) {
    ok(footer.includes(told), told);
  }
});

Deno.test("renderHtml() keeps a page small, whatever is printed", () => {
  const html = page({ code: "1", outputs: [stream("a line of text\n".repeat(1_400_000))] });
  ok(html.length < 100_000 && html.includes("1,399,600 lines are left out here"), String(html.length));
});

Deno.test("renderHtml() shows ten lines of a long log, and the others on demand", () => {
  const log = Array.from({ length: 30 }, (_, n) => `\x1b[31mline ${n}\x1b[0m\n`).join("");
  const document = dom(
    page({ code: "1", outputs: [stream(log)] }, { code: "2", outputs: [stream("a\n".repeat(14))] }),
  );
  const [first, rest, short] = document.querySelectorAll(".text pre");
  equal(first.textContent, Array.from({ length: 10 }, (_, n) => `line ${n}\n`).join(""));
  equal(rest.parentElement!.querySelector("summary")!.textContent, "20 more lines");
  match(rest.textContent, /^line 10\n[^]*line 29\n$/);
  ok(!short.closest("details"));
});

Deno.test("renderHtml() says of what a solution made that it is not what the starter makes", () => {
  const document = dom(page(
    { code: "const a = 0;", tags: ["exercise"] },
    { code: "const a = 1;", tags: ["solution"] },
    { code: "show(a)", outputs: [stream("one")] },
    { code: "show(2)", outputs: [stream("two")] },
  ));
  const [one, two] = document.querySelectorAll(".outputs");
  equal(one.textContent, "With the exercises solved:one");
  equal(two.textContent, "two");
});
