/// <reference lib="dom" />
import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { root } from "../common/project.ts";
import { deno } from "../common/command.ts";
import { findChromium } from "../testdata/chromium.ts";
import { noChromium, testWith } from "../testdata/needs.ts";
import { tempFolder } from "../testdata/notebooks.ts";

const course = (...args: string[]) =>
  deno(["run", "-A", join(root, "scripts/course.ts"), "progress", ...args]);

Deno.test("deno task progress prints a table, and writes it as CSV and as a page", async () => {
  using folder = tempFolder();
  const class5 = join(folder.path, "class 5");
  for (const name of ["<b>Anna", "Cem"]) {
    Deno.mkdirSync(join(class5, name), { recursive: true });
    Deno.copyFileSync(
      join(root, "notebooks/01-the-broken-sync-call.ipynb"),
      join(class5, name, "one.ipynb"),
    );
  }
  Deno.mkdirSync(join(class5, "Ben"));
  Deno.writeTextFileSync(join(class5, "Ben", "two.ipynb"), "{");
  const [csv, html] = [join(folder.path, "a.csv"), join(folder.path, "a.html")];
  const { code, stdout } = await course(class5, "--csv", csv, "--html", html);
  assert.equal(code, 0);
  assert.match(
    stdout,
    /^student +1\. +2\..* green +notes\n<b>Anna +✗✗✗ +··· .* +0\nBen +··· +··· .* +0 +Cannot read .*two/,
  );
  assert.match(Deno.readTextFileSync(csv), /^student,1\.1,.*,notes\n<b>Anna,✗,✗,✗,(,)+0,\nBen,/);
  const page = Deno.readTextFileSync(html);
  assert.match(page, /<td><\/td><td>Cannot read .*two.*<\/td><td>Ben<\/td>/);
  assert.ok(!page.includes(">notes</th>")); // they would make each row as high as the longest of them
  assert.ok(
    /<td>1\.1<\/td><td>expected: totalTime is 1\.5[^<]*<\/td><td>&lt;b&gt;Anna, Cem<\/td>/.test(page) &&
      !page.includes("<b>Anna"),
  );
});

testWith(
  await noChromium,
  "The page of deno task progress is no wider than a screen, or a phone",
  async () => {
    using folder = tempFolder();
    for (let i = 1; i <= 30; i++) {
      const student = join(folder.path, `${"Dmitri Schostakowitsch ".repeat(i % 3 + 1)}${i}`);
      Deno.mkdirSync(student);
      Deno.writeTextFileSync(join(student, "a.ipynb"), "{");
    }
    const html = join(folder.path, "a.html");
    await course(folder.path, "--html", html);
    const browser = await chromium.launch({
      executablePath: await findChromium(),
      args: ["--no-sandbox", "--disable-gpu"],
    });
    try {
      for (const width of [1280, 390]) {
        const page = await browser.newPage({ viewport: { width, height: 900 } });
        await page.goto(pathToFileURL(html).href);
        const overflow = await page.locator(".scroll").evaluateAll((all) =>
          all.map((it) => it.scrollWidth - it.clientWidth)
        );
        assert.deepEqual(overflow, [0, 0], `${width} px`);
        const lines = await page.locator("td + td:not(:empty)").evaluateAll((all) =>
          all.slice(0, 12).map((mark) => {
            const range = document.createRange();
            range.selectNodeContents(mark);
            return range.getClientRects().length;
          })
        );
        if (width > 390) assert.deepEqual(lines, Array(12).fill(1), "marks of a notebook stand in one line");
      }
    } finally {
      await browser.close();
    }
  },
);

Deno.test("deno task progress checks that it can write before it runs anything", async () => {
  using folder = tempFolder();
  Deno.writeTextFileSync(join(folder.path, "a.ipynb"), "{");
  const { code, stdout, stderr } = await course(folder.path, "--csv", join(folder.path, "x", "a.csv"));
  assert.deepEqual([code, stdout], [1, ""]);
  assert.match(stderr, /^Cannot write .*a\.csv: no such file or directory\./);
});

Deno.test("deno task progress refuses a folder without notebooks", async () => {
  using folder = tempFolder();
  const whys = { "": "there are no notebooks \\(\\.ipynb\\) in it", x: "no such file or directory" };
  for (const [name, why] of Object.entries(whys)) {
    const { code, stderr } = await course(join(folder.path, name));
    assert.equal(code, 1);
    assert.match(stderr, new RegExp(`^Cannot read .*: ${why}\\.`, "m"));
  }
});
