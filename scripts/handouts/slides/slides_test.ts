import { deepEqual, equal, match, ok } from "node:assert/strict";
import { parseHTML } from "linkedom";
import { type CellSketch, display, notebook, stream } from "../testdata/fixtures.ts";
import type { CourseOptions } from "../document/parts.ts";
import { renderSlides } from "./slides.ts";

const options: CourseOptions = { title: "A course", edition: "teacher" };

function deck(cells: (CellSketch & { slide?: string })[], more: Partial<CourseOptions> = {}): string {
  const source = notebook(...cells);
  cells.forEach(({ slide }, at) => slide && (source.cells[at].metadata.slideshow = { slide_type: slide }));
  return renderSlides([{ name: "01-a.ipynb", notebook: source }], { ...options, ...more }).get("01-a.html")!;
}

/** The words of each slide, and of each slide below it, without the last one, which tells how all were made. */
function words(html: string): string[][] {
  const { document } = parseHTML(html);
  for (const notes of document.querySelectorAll("aside.notes")) notes.remove();
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
  const fragments = [...parseHTML(html).document.querySelectorAll(".fragment")];
  deepEqual(fragments.map(({ textContent }) => textContent.replace(/\s/g, "")), ["bc", "d"]);
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
  }, { markdown: "a hint", tags: ["hint"] }]);
  const notes = [...parseHTML(html).document.querySelectorAll("section aside.notes")].map((it) =>
    it.textContent
  )
    .join("\n");
  ok(notes.includes("say this") && notes.includes("and that") && notes.includes("a hint"));
  deepEqual(words(html), [["T a"]]);
});

Deno.test("renderSlides() starts no slide at a heading in what is for the speaker", () => {
  const html = deck([{ markdown: "# T\n\na" }, { markdown: "## Say\n\nthis", tags: ["teacher"] }, {
    markdown: "b",
  }]);
  deepEqual(words(html), [["T a b"]]);
});

const lines = (n: number, text = "const a = 1;") =>
  Array.from({ length: n }, (_, at) => `${text} // ${at + 1}`).join("\n");

Deno.test("renderSlides() puts short lines side by side, in their colours", () => {
  const html = deck([{ code: "1", outputs: [stream("\x1b[33m -- generated item\x1b[0m\n".repeat(22))] }]);
  match(html, /<pre style="columns:2">/);
  equal(html.match(/"ansi-yellow-fg"/g)!.length, 22);
});

Deno.test("renderSlides() takes the middle out of long output, and says so", () => {
  const html = deck([{ code: "1", outputs: [stream(lines(500))] }]);
  match(html, /Lines are left out here\./);
  ok(/\/\/ 60\b/.test(html) && !/\/\/ 61\b/.test(html) && html.includes("// 500"));
});

Deno.test("renderSlides() takes an author's own HTML for what it is, whatever its classes", () => {
  deepEqual(words(deck([{ markdown: '# T\n\n<div class="text stderr">some <b>words</b></div>' }])), [[
    "T some words",
  ]]);
});

Deno.test("renderSlides() shortens endless lines", () => {
  ok(!deck([{ code: "1", outputs: [stream("x".repeat(1_000_000))] }]).includes("x".repeat(1_001)));
});

Deno.test("renderSlides() ends an endless table, and says so", () => {
  const table = `<table><thead><tr><th>n</th></tr></thead><tbody>${
    "<tr><td>1</td></tr>".repeat(5_000)
  }</tbody></table>`;
  match(
    deck([{ code: "1", outputs: [display({ "text/html": table })] }]),
    /4,941 rows are left out here, of 5,001\./,
  );
});

Deno.test("renderSlides() needs nothing from outside", () => {
  const svg = '<svg viewBox="0 0 1 1"><rect/></svg>';
  const html = deck([{ markdown: "# T" }, { code: "1", outputs: [display({ "image/svg+xml": svg })] }]);
  const { document } = parseHTML(html);
  for (const element of document.querySelectorAll("[src], link")) {
    match(element.getAttribute("src") ?? element.getAttribute("href") ?? "", /^data:/);
  }
  ok(
    !/@import|url\((?!["']?(?:#|data:))/.test(
      [...document.querySelectorAll("style")].map((it) => it.textContent).join(),
    ),
  );
  match(html, /Reveal\.initialize/);
  ok(html.length < 400_000);
});

Deno.test("renderSlides() shows plots in their light colours only", () => {
  const svg =
    "<svg viewBox='0 0 1 1'><style>@media screen and (prefers-color-scheme:dark){.a{fill:red}}</style></svg>";
  const html = deck([{ code: "1", outputs: [display({ "image/svg+xml": svg })] }]);
  ok(parseHTML(html).document.querySelector(".picture > img")); // which is as light as its page
  match(html, /:root \{\s*color-scheme: light;/);
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
    { title: evil, byline: evil, deno: evil },
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
  const styles = [...parseHTML(html).document.querySelectorAll("style:not([media])")].map((it) =>
    it.textContent
  );
  equal(styles.join().split("@media print").length, 2);
  match(html, /@page \{\s*size: 1280px 720px/);
});

Deno.test("renderSlides() tells on the last slide what made them", () => {
  const html = deck([{ code: "const seed = 7;", tags: ["parameters"] }], {
    deno: "2.9.6",
  });
  const told = parseHTML(html).document.querySelector("section:last-of-type table")!.textContent;
  for (const fact of ["01-a.ipynb, teacher’s edition", "seed = 7", "Deno 2.9.6"]) {
    ok(told.includes(fact), fact);
  }
});
