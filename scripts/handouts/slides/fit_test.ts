/** Tests of slides that a browser has cut to size. @module */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { parseHTML } from "linkedom";
import { courseNotebooks } from "../../common/course.ts";
import { readNotebook } from "../../notebook/notebook.ts";
import { findChromium } from "../../testdata/chromium.ts";
import { noChromium, testWith } from "../../testdata/needs.ts";
import { tempFolder } from "../../testdata/notebooks.ts";
import { letters } from "../../testdata/readable.ts";
import { courseParts } from "../document/parts.ts";
import type { Edition } from "../document/tags.ts";
import { toHtml } from "../document/tree.ts";
import { type CellSketch, display, notebook, stream } from "../testdata/fixtures.ts";
import { renderSlides } from "./slides.ts";

const missing = await noChromium;
const executablePath = await findChromium();
const options = { title: "A course", edition: "teacher" } as const;
type Cells = (CellSketch & { slide?: string })[];

/** A slide in the browser: its words, the pixels that it has too many, its size where it is a little smaller, and that of the smallest text in its pictures. */
interface Slide {
  text: string;
  over: number;
  zoom: number;
  smallest: number;
}

async function inBrowser(test: (browser: Browser) => Promise<void>) {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    await test(browser);
  } finally {
    await browser.close();
  }
}

/** Opens a deck from the disk, without a network. */
async function open(browser: Browser, html: string, more: BrowserContextOptions & { query?: string } = {}) {
  const { query = "", ...context } = more;
  using folder = tempFolder();
  const file = join(folder.path, "a.html");
  Deno.writeTextFileSync(file, html);
  const options = { viewport: { width: 1280, height: 720 }, offline: true, ...context };
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(pathToFileURL(file) + query);
  if (context.javaScriptEnabled !== false) await page.waitForFunction("Reveal.isReady()");
  return page;
}

/** The slides as they print: all are laid out then, at their size. */
async function slidesIn(page: Page): Promise<Slide[]> {
  await page.emulateMedia({ media: "print" });
  return page.evaluate(`[...document.querySelectorAll(".page")].map((page) => ({
    text: page.textContent.replace(/\\s+/g, " ").trim(),
    over: Math.max(page.scrollHeight - page.clientHeight, page.scrollWidth - page.clientWidth),
    zoom: Number(getComputedStyle(page).zoom),
    smallest: Math.min(...[...page.querySelectorAll(".picture text")]
      .map((text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)),
  }))`);
}

function wordsWithout(page: Page, selector: string): Promise<string> {
  return page.evaluate(`(() => {
    for (const extra of document.querySelectorAll("${selector}")) extra.remove();
    return document.querySelector(".slides").textContent;
  })()`);
}

async function printedPages(page: Page): Promise<number> {
  const pdf = new TextDecoder("latin1").decode(await page.pdf({ preferCSSPageSize: true }));
  return pdf.match(/\/Type\s*\/Page\b/g)!.length;
}

function deck(cells: Cells, edition: Edition = "teacher"): string {
  const source = notebook(...cells);
  cells.forEach(({ slide }, at) => slide && (source.cells[at].metadata.slideshow = { slide_type: slide }));
  return renderSlides([{ name: "a", notebook: source }], { ...options, edition }).get("a.html")!;
}

/** The words of a deck's slides in a browser, none of which is too full, without the first and the last one. */
async function wordsOf(cells: Cells, edition?: Edition): Promise<string[]> {
  let slides: Slide[] = [];
  await inBrowser(async (browser) => {
    slides = await slidesIn(await open(browser, deck([{ markdown: "# T" }, ...cells], edition)));
  });
  deepEqual(slides.filter(({ over }) => over > 1), []);
  return slides.slice(1, -1).map(({ text }) => text);
}

testWith(
  missing,
  "the course's slides hold all words, can be read from the last row, none is too full, and each prints on a page",
  async () => {
    const notebooks = await Promise.all(
      (await courseNotebooks()).map(async (name) => ({ name, notebook: await readNotebook(name) })),
    );
    await inBrowser(async (browser) => {
      for (const edition of ["student", "teacher"] as const) {
        const course = { title: "The course", edition };
        const decks = renderSlides(notebooks, course);
        for (const { document, file } of courseParts(notebooks, course, ".html")) {
          const page = await open(browser, decks.get(file)!, { query: "?print-pdf" });
          const slides = await slidesIn(page);
          const isBad = ({ over, zoom, smallest }: Slide) => over > 1 || zoom < 0.9 || smallest < 17.9;
          deepEqual(slides.filter(isBad), [], document.name);
          equal(await printedPages(page), slides.length, document.name);
          const shown = letters(await wordsWithout(page, ".headline, .label"));
          for (const { id, content } of document.blocks) {
            const { document: block } = parseHTML(`<body>${toHtml(content)}</body>`);
            for (const extra of block.querySelectorAll(".count, summary, .label, style")) extra.remove();
            ok(shown.includes(letters(block.body.textContent)), `${document.name} ${edition}: ${id}`);
          }
          await page.context().close();
        }
      }
    });
  },
);

testWith(missing, "what does not fit goes on below, under its heading", async () => {
  const slides = await wordsOf([{ markdown: "## Long" }, { code: "a();\n".repeat(30) }]);
  ok(slides.length > 1);
  for (const slide of slides) match(slide, /^Long ?a\(\);/);
  equal(slides.join().match(/a\(\);/g)!.length, 30);
});

testWith(missing, "an exercise and its place to work are on one slide", async () => {
  const solution = { code: "a\n".repeat(20), tags: ["solution"] };
  const cells = [{ markdown: "## B\n\nRead." }, { code: "// Swap them." }, solution, { code: "a();" }];
  deepEqual(await wordsOf(cells, "student"), ["B Read. // Swap them. a();"]);
});

testWith(missing, "long code is cut in front of a function", async () => {
  const source = `${"a();\n".repeat(14)}\nfunction b() {\n${"  a();\n".repeat(9)}}`;
  match((await wordsOf([{ markdown: "## Long" }, { code: source }]))[1], /^Long ?function b/);
});

testWith(missing, "a long table goes on with its head, a long list with its number", async () => {
  const rows = Array.from({ length: 40 }, (_, n) => `|r${n + 1}|\n`).join("");
  const tables = await wordsOf([{ markdown: `## R\n\n|head|\n|-|\n${rows}` }]);
  ok(tables.length > 1 && tables.every((slide) => /head r\d/.test(slide)), tables.join("\n"));
  deepEqual(tables.join(" ").match(/r\d+/g)!.length, 40);
  await inBrowser(async (browser) => {
    const list = Array.from({ length: 40 }, () => "1. entry\n").join("");
    const page = await open(browser, deck([{ markdown: `# T\n\n## L\n\n${list}` }]));
    equal(await page.evaluate(`[...document.querySelectorAll("ol")].at(-1).lastElementChild.value`), 40);
    ok(Number(await page.evaluate(`document.querySelectorAll("ol").length`)) > 1);
  });
});

testWith(missing, "an endless paragraph and an endless print lose no word", async () => {
  const sentence = "Some *words* of a sentence. ";
  const slides = await wordsOf([{ markdown: `## P\n\n${sentence.repeat(400)}` }]);
  ok(slides.length > 5);
  const text = slides.map((slide) => slide.replace(/^P ?/, "")).join(" ");
  equal(text.match(/Some words of a sentence\./g)!.length, 400);
  const print = Array.from({ length: 80 }, (_, n) => `${n + 1}: ${"long ".repeat(30)}`).join("\n");
  const printed = await wordsOf([{ markdown: "## P" }, { code: "1", outputs: [stream(print)] }]);
  deepEqual(printed.join(" ").match(/\d+(?=:)/g)!.map(Number), Array.from({ length: 80 }, (_, n) => n + 1));
});

testWith(missing, "a picture gets a slide with room rather than the rest of one", async () => {
  const svg = '<svg viewBox="0 0 760 300"><rect width="760" height="300"/></svg>';
  const cells = [{ markdown: "## A\n\n" + "Text.\n\n".repeat(6) }, {
    code: "1",
    outputs: [display({ "image/svg+xml": svg })],
  }];
  await inBrowser(async (browser) => {
    const page = await open(browser, deck([{ markdown: "# T" }, ...cells]));
    const width = Number(
      await page.evaluate(`document.querySelector(".picture svg").getBBox().width *
      document.querySelector(".picture svg").getScreenCTM().a / Reveal.getScale()`),
    );
    ok(width > 900, String(width));
  });
});

testWith(missing, "a tall picture and a wide table are whole on their slides", async () => {
  const tall =
    '<svg width="600" height="1600" viewBox="0 0 600 1600"><rect width="600" height="1600"/></svg>';
  const wide = `<table><tr>${"<td>1234567.89</td>".repeat(16)}</tr></table>`;
  const outputs = [display({ "image/svg+xml": tall }), display({ "text/html": wide })];
  await inBrowser(async (browser) => {
    const page = await open(
      browser,
      deck([{ markdown: "# T" }, { markdown: "## A" }, { code: "1", outputs }]),
    );
    await page.emulateMedia({ media: "print" });
    const inside = await page.evaluate(
      `[...document.querySelectorAll(".picture svg, .rich td:last-child")].map((it) => {
      const [own, all] = [it, it.closest(".page")].map((it) => it.getBoundingClientRect());
      return own.right < all.right + 1 && own.bottom < all.bottom + 1;
    })`,
    );
    deepEqual(inside, [true, true]);
  });
});

testWith(
  missing,
  "keys turn slides, fragments come one after the other, a link finds its heading",
  async () => {
    const cells = [{ markdown: "a\n\n[on](#There)", slide: "slide" }, {
      markdown: "b\n\nc",
      slide: "fragment",
    }, {
      markdown: "d",
      slide: "fragment",
    }, { markdown: "## There", slide: "slide" }];
    await inBrowser(async (browser) => {
      const page = await open(browser, deck([{ markdown: "# T" }, ...cells]));
      const shown = () =>
        page.evaluate(`[...Reveal.getCurrentSlide().querySelectorAll(".fragment.visible")]
      .map((it) => it.textContent.trim()).join("+") || Reveal.getCurrentSlide().innerText.trim()`);
      const seen: unknown[] = [];
      for (let press = 0; press < 4; press++) {
        await page.keyboard.press("ArrowRight");
        seen.push(String(await shown()).replace(/\s/g, ""));
      }
      deepEqual(seen, ["aon", "bc", "bc+d", "There"]);
      await page.keyboard.press("Home");
      await page.keyboard.press("ArrowRight");
      await page.getByText("on", { exact: true }).click();
      await page.waitForFunction(`Reveal.getCurrentSlide().innerText.includes("There")`);
    });
  },
);

testWith(
  missing,
  "without scripts a deck is a page with all that it holds, on screen and in print",
  async () => {
    const html = deck([
      { markdown: "# T" },
      { markdown: "## Long" },
      { code: "a();\n".repeat(60) + "last()" },
      {
        markdown: "a note",
        slide: "notes",
      },
    ]);
    await inBrowser(async (browser) => {
      const page = await open(browser, html, { javaScriptEnabled: false });
      const text = await page.locator("body").innerText();
      for (const words of ["T", "Long", "last()", "a note", "How these slides were made"]) {
        ok(text.includes(words), words);
      }
      equal(await page.locator(".line").last().isVisible(), true);
      ok(await printedPages(page) > 4);
    });
  },
);

testWith(missing, "no printed line stands alone on a slide, nor do two", async () => {
  const cells = [270, 330, 350, 370].flatMap((height) =>
    [21, 22, 41, 42].flatMap((count) => {
      const more = count > 40 ? "of a log in two columns" : "wide ".repeat(16);
      const lines = Array.from({ length: count }, (_, n) => `line${n} ${more}`).join("\n");
      const svg = `<svg viewBox="0 0 760 ${height}"><rect width="760" height="${height}"/></svg>`;
      const outputs = [stream(lines), display({ "image/svg+xml": svg })];
      return [{ markdown: "## A" }, { code: "1", tags: ["remove-input"], outputs }];
    })
  );
  const slides = await wordsOf(cells);
  const shown = slides.map((slide) => slide.match(/line\d+/g)?.length ?? 0);
  ok(shown.every((lines) => lines === 0 || lines > 2), `${shown}`);
});
