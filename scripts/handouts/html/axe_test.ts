import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { readNotebook } from "../../notebook/notebook.ts";
import { courseNotebooks } from "../../common/course.ts";
import { faultsOf } from "../../testdata/axe.ts";
import { findChromium } from "../../testdata/chromium.ts";
import { noChromium, testWith } from "../../testdata/needs.ts";
import { renderHtml } from "./html.ts";
import { renderIndex } from "./index_page.ts";

const executablePath = await findChromium();

testWith(
  await noChromium,
  "The course's web pages meet WCAG 2.2 AA by axe, in light and dark, on a desktop and on a phone",
  async () => {
    const notebooks = await Promise.all(
      (await courseNotebooks()).map(async (path) => ({ name: path, notebook: await readNotebook(path) })),
    );
    const options = { title: "The course", edition: "teacher" } as const;
    const pages = renderHtml(notebooks, options);
    const headings = [{ level: 2, text: "A heading", id: "a" }];
    const links = [{ label: "Slides", href: "slides.html" }];
    const entries = [{ label: "A page", href: "page.html", text: "About it.", links, headings }];
    pages.set("index.html", renderIndex(options, { entries, books: links }));
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
    try {
      for (const colorScheme of ["light", "dark"] as const) {
        for (const width of [1280, 390]) {
          const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
          const page = await context.newPage();
          for (const [name, html] of pages) {
            await page.setContent(html);
            assert.deepEqual(await faultsOf(page), [], `${name}, ${colorScheme}, ${width} px`);
            const wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
            assert.ok(Number(wide) <= 0, `${name} scrolls sideways at ${width} px`);
          }
          await context.close();
        }
      }
    } finally {
      await browser.close();
    }
  },
);
