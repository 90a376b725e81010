/** Tests of what a browser prints of the pages and the slides. @module */
import { equal, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { findChromium } from "../../testdata/chromium.ts";
import { noChromium, testWith } from "../../testdata/needs.ts";
import { tempFolder } from "../../testdata/notebooks.ts";
import { noPdfTools } from "../../testdata/readable.ts";
import { type CellSketch, notebook, stream } from "../testdata/fixtures.ts";
import { renderHtml } from "./html.ts";
import { renderSlides } from "../slides/slides.ts";

const chromium = await findChromium();
const missing = await noChromium ?? noPdfTools;

/** The text of each page that Chromium prints of a file, as soon as it has loaded. */
async function printed(html: string, query = ""): Promise<string[]> {
  using folder = tempFolder();
  const [page, pdf] = [join(folder.path, "a.html"), join(folder.path, "a.pdf")];
  Deno.writeTextFileSync(page, html);
  const flags = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-pdf-header-footer",
    `--print-to-pdf=${pdf}`,
  ];
  const profile = `--user-data-dir=${join(folder.path, "profile")}`;
  await new Deno.Command(chromium!, {
    args: [...flags, profile, pathToFileURL(page) + query],
    stderr: "null",
  })
    .output();
  const { stdout } = await new Deno.Command("pdftotext", { args: ["-layout", pdf, "-"] }).output();
  return new TextDecoder().decode(stdout).split("\f").slice(0, -1);
}

const options = { title: "A course", edition: "student" } as const;

for (const query of ["", "?print-pdf", "?view=print"]) {
  testWith(missing, `slides print one to a page, with ${query || "no query"}`, async () => {
    const source = notebook({ markdown: "# One" }, { markdown: "## Two\n\n- a\n- b" }, {
      markdown: "## Three",
    });
    const html = renderSlides([{ name: "a", notebook: source }], options).get("a.html")!;
    const pages = await printed(html, query);
    equal(pages.length, 4);
    ["One", "Two", "Three", "How these slides were made"].forEach((words, at) =>
      match(pages[at], RegExp(words))
    );
  });
}

testWith(missing, "a page prints hints, and nothing of what a check says", async () => {
  const cells: CellSketch[] = [
    { markdown: "<details><summary>A hint</summary>\n\ntake a sleep\n\n</details>", tags: ["hint"] },
    { code: "check()", tags: ["check"], outputs: [stream("not yet\n")] },
  ];
  const html = renderHtml([{ name: "a", notebook: notebook(...cells) }], options).get("a.html")!;
  const text = (await printed(html)).join("");
  ok(text.includes("take a sleep") && text.includes("check()") && !/not yet|Show what/.test(text), text);
});

testWith(missing, "a page prints what is folded away for learners to predict", async () => {
  const cells = [{ id: "predict", markdown: "What?" }, { code: "f()", outputs: [stream("printed\n")] }];
  const html = renderHtml([{ name: "a", notebook: notebook(...cells) }], options).get("a.html")!;
  const text = (await printed(html)).join("");
  ok(text.includes("printed") && !text.includes("Show the output"), text);
});

testWith(missing, "a page prints what made it together with the end of its text", async () => {
  for (const lines of [18, 19, 20, 21]) {
    await printsEndWithFoot({ markdown: "Filling.\n\n".repeat(lines) }, { markdown: "The end." });
  }
});

testWith(
  missing,
  "a page prints what made it together with a heading's text below a place to work",
  async () => {
    for (const lines of [37, 38, 39]) {
      await printsEndWithFoot(
        { markdown: "Filling.\n\n".repeat(lines) },
        { code: "1", tags: ["solution"] },
        { markdown: "## Where next\n\nThe end." },
      );
    }
  },
);

async function printsEndWithFoot(...cells: CellSketch[]): Promise<void> {
  const html = renderHtml([{ name: "a", notebook: notebook(...cells) }], options).get("a.html")!;
  const last = (await printed(html)).at(-1)!;
  match(last, /The end\.[^]*How this page was made/, last);
}
