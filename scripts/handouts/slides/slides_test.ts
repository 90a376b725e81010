import { deepEqual, equal, match, ok } from "node:assert/strict";
import { parseHTML } from "linkedom";
import { type CellSketch, display, notebook, stream } from "../testdata/fixtures.ts";
import type { CourseOptions } from "../html/html.tsx";
import { renderSlides } from "./slides.tsx";

const options: CourseOptions = { title: "A course", edition: "teacher" };

function deck(cells: (CellSketch & { slide?: string })[], more: Partial<CourseOptions> = {}): string {
  const source = notebook(...cells);
  cells.forEach(({ slide }, at) => slide && (source.cells[at].metadata.slideshow = { slide_type: slide }));
  return renderSlides([{ name: "01-a.ipynb", notebook: source }], { ...options, ...more }).get("01-a.html")!;
}

/** The words of each slide, and of each slide below it, without the last one, which tells how all were made. */
function words(html: string): string[][] {
  const { document } = parseHTML(html);
  const text = (section: Element) => section.querySelector(".page")!.textContent.replace(/\s+/g, " ").trim();
  return [...document.querySelectorAll(".slides > section")].slice(0, -1).map((section) => {
    const below = [...section.querySelectorAll("section")];
    return below.length > 0 ? below.map(text) : [text(section)];
  });
}

Deno.test("renderSlides() starts slides at headings where the author says nothing", () => {
  deepEqual(words(deck([{ markdown: "# T\n\na" }, { markdown: "## B\n\nb" }, { markdown: "c\n\n### D" }])), [
    ["T a"],
    ["B b c D"],
  ]);
});

Deno.test("renderSlides() follows JupyterLab's slide types, not headings, where there are some", () => {
  const cells = [
    { markdown: "# T\n\na", slide: "slide" },
    { markdown: "## b" },
    { markdown: "c", slide: "slide" },
    { markdown: "d", slide: "-" },
    { markdown: "e", slide: "subslide" },
    { markdown: "f", slide: "skip" },
  ];
  deepEqual(words(deck(cells)), [["T a b"], ["c d", "e"]]);
});

Deno.test("renderSlides() brings the pieces of a fragment together, and fragments one after the other", () => {
  const html = deck([{ markdown: "a", slide: "slide" }, { markdown: "b\n\nc", slide: "fragment" }, {
    markdown: "d",
    slide: "fragment",
  }]);
  deepEqual(
    [...html.matchAll(/class="fragment" data-fragment-index="(\d)"><p>(\w)/g)].map(([, n, word]) => n + word),
    [
      "0b",
      "0c",
      "1d",
    ],
  );
});

Deno.test("renderSlides() shows a solution on a slide after its question, unless the author says otherwise", () => {
  const cells = [{ markdown: "# T\n\nWhy?" }, { markdown: "Since", tags: ["solution"] }, {
    code: "1",
    tags: ["solution"],
  }];
  deepEqual(words(deck(cells)).flat().length, 2);
  const inOne = cells.map((cell) => ({ ...cell, slide: "-" }));
  deepEqual(
    words(deck([{ ...inOne[0], slide: "slide" }, { ...inOne[1], slide: "fragment" }])).flat().length,
    1,
  );
});

Deno.test("renderSlides() takes notes, and what is for the teacher, for the speaker's", () => {
  const html = deck([{ markdown: "# T\n\na" }, { markdown: "say *this*", slide: "notes" }, {
    markdown: "and that",
    tags: ["teacher"],
  }]);
  const notes = parseHTML(html).document.querySelector("section > aside.notes")!.textContent;
  ok(notes.includes("say this") && notes.includes("and that"));
  deepEqual(words(html), [["T a"]]);
});

Deno.test("renderSlides() puts what does not fit below, under its heading", () => {
  const [, [first, second]] = words(deck([{ markdown: "# T" }, { markdown: "## Long" }, {
    code: "a();\n".repeat(30),
  }]));
  for (const slide of [first, second]) match(slide, /^Long ?a\(\);/);
});

Deno.test("renderSlides() needs nothing from outside", () => {
  const svg = '<svg viewBox="0 0 1 1"><rect/></svg>';
  const html = deck([{ markdown: "# T" }, { code: "1", outputs: [display({ "image/svg+xml": svg })] }]);
  const { document } = parseHTML(html);
  for (const element of document.querySelectorAll("[src], link")) {
    match(element.getAttribute("src") ?? element.getAttribute("href") ?? "", /^data:/);
  }
  ok(!/@import|url\((?!["']?(?:#|data:))/.test(document.querySelector("style")!.textContent));
  match(html, /Reveal\.initialize/);
  ok(html.length < 400_000);
});

Deno.test("renderSlides() shows plots in their light colours only", () => {
  const svg =
    "<svg viewBox='0 0 1 1'><style>@media screen and (prefers-color-scheme:dark){.a{fill:red}}</style></svg>";
  const { document } = parseHTML(deck([{ code: "1", outputs: [display({ "image/svg+xml": svg })] }]));
  equal(document.querySelector("svg style")!.textContent, "@media not all{.a{fill:red}}");
});

Deno.test("renderSlides() leads from show to show, to the heading that is meant", () => {
  const files = renderSlides([
    { name: "01.ipynb", notebook: notebook({ markdown: "# One\n\n[on](02.ipynb#The-End)" }) },
    { name: "02.ipynb", notebook: notebook({ markdown: "# Two\n\n## The end" }) },
  ], options);
  match(files.get("01.html")!, /<a href="02\.html#the-end">on<\/a>/);
  match(files.get("02.html")!, /<h2 id="the-end">/);
});

Deno.test("renderSlides() escapes titles, names, parameters and text", () => {
  const evil = `"'><script>alert(1)</script>&`;
  const html = deck(
    [
      { markdown: `# ${evil}` },
      { code: `const a = ${JSON.stringify(evil)};`, tags: ["parameters"], outputs: [stream(evil)] },
      { code: "1", outputs: [display({ "text/plain": evil })] },
    ],
    { title: evil, provenance: { kernel: evil, versions: { [evil]: evil } } },
  );
  ok(!html.includes("<script>alert"));
});

Deno.test("renderSlides() shows one place to work where an exercise's cell says what to do", () => {
  const html = deck([{ code: "// Swap them." }, { code: "SECRET", tags: ["solution"] }], {
    edition: "student",
  });
  const [[title, task]] = words(html);
  deepEqual([title, task], ["01-a // Swap them.", undefined]);
  equal(parseHTML(html).document.querySelectorAll(".work .lines").length, 1);
});

Deno.test("renderSlides() leaves print to one style sheet", () => {
  const html = deck([{ markdown: "# T" }]);
  equal(html.split("@media print").length, 2);
  match(html, /@page \{\s*size: 1280px 720px/);
});

Deno.test("renderSlides() tells on the last slide what made them", () => {
  const html = deck([{ code: "const seed = 7;", tags: ["parameters"] }], {
    provenance: { versions: { Deno: "2.9.6" } },
  });
  const told = parseHTML(html).document.querySelector(".made")!.textContent;
  for (const fact of ["01-a.ipynb, teacher’s edition", "seed = 7", "Deno 2.9.6"]) {
    ok(told.includes(fact), fact);
  }
});
