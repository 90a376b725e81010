import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { courseNotebooks } from "../../common/course.ts";
import { hasTag } from "../../parameters/declaration.ts";
import { type CodeCell, type Output, readNotebook } from "../../notebook/notebook.ts";
import { faultsOf } from "../../testdata/axe.ts";
import { findFirefox } from "../../testdata/chromium.ts";
import { withFirefox } from "../../testdata/firefox.ts";
import { tempFolder } from "../../testdata/notebooks.ts";
import { noChromium, noFirefox, testWith } from "../../testdata/needs.ts";
import { listenIn, toldBy, withPages, writePages } from "../testdata/live_pages.ts";
import type { WorkerMessage } from "./engine.ts";
import { type ShownOutput, take } from "./outputs.ts";

const missing = await noChromium;
const slow = { sanitizeOps: false, sanitizeResources: false };

/** Outputs as a notebook has them. */
function outputsOf(told: WorkerMessage[]): unknown[] {
  const outputs: ShownOutput[] = [];
  for (const it of told) if (it.kind === "output") take(outputs, it);
  return outputs.map(({ output }) => committed(output!));
}

function committed(output: Output): unknown {
  if (output.output_type === "stream") return { name: output.name, text: output.text };
  return "data" in output ? { data: output.data } : output;
}

/** Compares what a notebook's page has told, all of its cells having run, with the notebook. */
async function compare(path: string, told: Map<number, WorkerMessage[]>): Promise<void> {
  const { cells } = await readNotebook(path);
  const code = cells.filter((cell): cell is CodeCell => cell.cell_type === "code");
  for (const [index, cell] of code.entries()) {
    const own = told.get(index) ?? [];
    if (own.some((it) => it.kind === "skip" && it.keeps)) continue; // a page cannot run it, and shows what is committed
    const shown = outputsOf(own);
    const wanted = cell.outputs.map(committed);
    const where = `${path}, cell ${index + 1}`;
    if (hasTag(cell, "real-time")) {
      const shape = (outputs: unknown[]) => outputs.map((it) => Object.keys(it as object)).sort();
      assert.deepEqual(shape(shown), shape(wanted), where);
    } else assert.deepEqual(shown, wanted, where);
  }
}

testWith(missing, "A live page shows what the notebook shows, to the byte", async () => {
  await withPages("teacher", async (open) => {
    for (const path of await courseNotebooks()) {
      const page = await open(basename(path, ".ipynb"));
      await page.getByRole("button", { name: "Run all cells" }).click();
      await compare(path, await toldBy(page));
      await page.close();
    }
  });
}, slow);

testWith(await noFirefox, "A live page shows the same in Firefox, to the byte", async () => {
  using folder = tempFolder();
  await writePages(folder.path, "teacher");
  await withFirefox((await findFirefox())!, String(listenIn), async (tab) => {
    for (const path of await courseNotebooks()) {
      const name = basename(path, ".ipynb");
      await tab.open(pathToFileURL(join(folder.path, `${name}.html`)).href);
      const all = await tab.evaluate(`new Promise((done) => {
        document.querySelector('[aria-label^="Run all"]').click();
        told.length = 0;
        const look = setInterval(() => {
          if (told.at(-1)?.kind !== "idle") return;
          clearInterval(look);
          done(JSON.stringify(told));
        }, 20);
      })`);
      const told: WorkerMessage[] = JSON.parse(all);
      await compare(path, Map.groupBy(told, (it) => "cell" in it ? it.cell : -1));
    }
  });
}, slow);

const status = (page: Page) => page.locator(".bar p").innerText();
const textOf = (page: Page, block: string) => page.locator(`#cell-${block} .outputs`).innerText();

/** The number of cells that are not as the notebook has them. */
const edited = (page: Page) => page.getByRole("button", { name: /^Reset cell/ }).count();

/** Writes a cell anew, by the keyboard, and runs it. */
async function write(page: Page, block: string, source: string): Promise<void> {
  await page.locator(`#cell-${block} textarea`).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(source);
  await page.keyboard.press("Shift+Enter");
}

/** The blocks of cells that were run. */
async function blocksRun(page: Page): Promise<string[]> {
  const told = await toldBy(page);
  const ids = await page.locator(".cell:is(.code, .work):has(pre.code)").evaluateAll((all) =>
    all.map(({ id }) => id)
  );
  return [...told].filter(([, all]) => all.some(({ kind }) => kind === "start")).map(([at]) => ids[at]);
}

testWith(missing, "Controls run what depends on them, and the address keeps their values", async () => {
  await withPages("teacher", async (open) => {
    const page = await open("04");
    const runBefore = await textOf(page, "run");
    await page.getByRole("slider", { name: "producers", exact: true }).fill("3");
    const all = await blocksRun(page);
    assert(all.includes("cell-run") && all.includes("cell-many"), String(all));
    assert.notEqual(await textOf(page, "run"), runBefore);
    assert.match(page.url(), /#producers=3$/);
    assert.match(
      await status(page),
      /The outputs are for producers = 3; the text speaks of .* producers = 2\./,
    );
    assert.doesNotMatch(await status(page), /Not solved yet/, "the solutions stand in the page");

    const [slider, field] = (["slider", "spinbutton"] as const).map((role) =>
      page.getByRole(role, { name: "producers", exact: true })
    );
    assert.equal(await field.inputValue(), "3");
    for (const [typed, taken] of [["4", "4"], ["21", "4"], ["3", "3"]]) {
      await field.fill(typed);
      await page.keyboard.press("Enter");
      await page.waitForURL(RegExp(`#producers=${taken}$`));
      assert.deepEqual([await slider.inputValue(), await field.inputValue()], [taken, taken]);
    }
    await toldBy(page);

    await page.emulateMedia({ media: "print" });
    assert.match(await page.locator(".bar").innerText(), /^The outputs are for producers = 3; .*$/);
    await page.emulateMedia({ media: null });

    await page.getByRole("textbox", { name: "seed", exact: true }).fill("7");
    await page.keyboard.press("Tab");
    const some = await blocksRun(page);
    assert(some.includes("cell-run") && !some.includes("cell-many"), String(some));

    await page.getByRole("button", { name: "Reset values" }).click();
    await toldBy(page);
    assert.equal(await textOf(page, "run"), runBefore);
    assert.match(page.url(), /#$/);

    const other = await open("04", "#producers=3");
    await toldBy(other);
    assert.notEqual(await textOf(other, "run"), runBefore);
    const refused = await open("04", "#producers=99&items=alert(1)&x=2");
    await toldBy(refused);
    assert.match(await status(refused), /Cannot set producers to 99: give a whole number from 1 to 20\./);
    assert.match(await status(refused), /Cannot set items to "alert\(1\)": give a whole number/);
    assert.match(await status(refused), /"x", and this page has no such parameter/);
    assert.equal(await textOf(refused, "run"), runBefore);
  });
}, slow);

const solution = `async function generateData(num: number, data: Queue<Item>) {
  for (let idx = 1; idx <= num; idx++) {
    await data.put([idx * idx, now()]);
    generated(idx);
    await sleep(random() + 0.5);
  }
}`;

testWith(missing, "Cells are edited, run, stopped and reset; their text is kept", async () => {
  await withPages("student", async (open) => {
    const page = await open("03");
    const replays = page.locator("#cell-timeline").getByRole("button", { name: "Replay" });
    assert.match(await textOf(page, "timeline"), /With the exercises solved:/);
    assert.equal(await replays.count(), 0);
    for (let i = 0; i < 2; i++) {
      await page.locator("#cell-producer-check").getByRole("button", { name: "Run" }).click();
      await toldBy(page);
      assert.match(await textOf(page, "producer-check"), /not yet/);
      assert.doesNotMatch(await textOf(page, "producer-check"), /what the last check saw/);
    }
    await write(page, "producer-exercise", solution);
    await toldBy(page);
    assert.match(await textOf(page, "producer-check"), /Exercise 3\.1 is right/);
    assert.equal(await replays.count(), 1);

    await write(page, "producer-exercise", "const a: number = 1;\nconst generateData = missing!;");
    await toldBy(page);
    assert.match(
      await textOf(page, "producer-exercise"),
      /ReferenceError: missing is not defined\s+at In\[\d+\]:2/,
    );
    assert.match(await textOf(page, "producer-check"), /Not run: it needs cell \d+, which has failed/);
    const wrong = page.locator(".line.wrong");
    assert.deepEqual(await wrong.allInnerTexts(), ["const generateData = missing!;\n"]);
    await write(page, "producer-exercise", "const a = 1;\nconst b = (;");
    await toldBy(page);
    assert.match(await textOf(page, "producer-exercise"), /SyntaxError: .*\s+at line 2/);
    await write(page, "producer-exercise", "enum Colour { red }");
    await toldBy(page);
    assert.match(await textOf(page, "producer-exercise"), /A page cannot run an enum/);

    for (const source of ["for (;;);", 'for (;;) console.log("flood");', "await new Promise(() => {});"]) {
      await write(page, "producer-exercise", source);
      await page.locator(".running").waitFor();
      await page.getByRole("button", { name: "Stop" }).click();
      await page.locator("#cell-producer-exercise .outputs", { hasText: "Stopped." }).waitFor();
    }
    await write(page, "producer-exercise", "[1, { a: 2 }]");
    await toldBy(page);
    assert.equal(await textOf(page, "producer-exercise"), "[ 1, { a: 2 } ]");

    await page.reload();
    await toldBy(page);
    const code = page.locator("#cell-producer-exercise textarea");
    assert.equal(await code.inputValue(), "[1, { a: 2 }]");
    assert.match(await status(page), /Your edits are here/);
    await page.locator("#cell-producer-exercise").getByRole("button", { name: "Reset" }).click();
    await toldBy(page);
    assert.match(await code.inputValue(), /async function generateData/);
    assert.match(await textOf(page, "producer-check"), /not yet/);
    await code.focus();
    await page.keyboard.press("Control+z");
    assert.equal(await code.inputValue(), "[1, { a: 2 }]");
    await page.locator("#cell-producer-exercise").getByRole("button", { name: "Reset" }).click();
    await toldBy(page);
    await page.reload();
    await page.locator(".bar").waitFor();
    assert.equal(await edited(page), 0);

    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Copy the code of cell 1", exact: true }).press("Enter");
    await page.locator(".bar p", { hasText: "Copied the code of cell 1." }).waitFor();
    assert.match(
      await page.evaluate(() => navigator.clipboard.readText()),
      /^import \{ .* from "@course\/lib";$/m,
    );

    await page.evaluate(() => {
      Storage.prototype.setItem = () => {
        throw new Error("full");
      };
    });
    await write(page, "producer-exercise", "1");
    assert.match(await status(page), /does not keep your edits/);
  });
}, slow);

testWith(
  missing,
  "Cells behind one that is stopped keep their outputs, and say that they have not run",
  async () => {
    await withPages("student", async (open) => {
      const page = await open("03");
      await page.getByRole("button", { name: "Run cell 5" }).click();
      await toldBy(page);
      const before = await textOf(page, "producer-check");
      await write(page, "producer-exercise", "for (;;);");
      await page.locator("#cell-producer-exercise.running").waitFor();
      await page.getByRole("button", { name: "Run cell 1", exact: true }).click();
      assert.equal(await page.locator(".waiting:is(#cell-imports, #cell-producer-check)").count(), 2);
      await page.getByRole("button", { name: "Stop" }).click();
      const note = "Not run: the run ended first.";
      for (const block of ["imports", "producer-check"]) {
        await page.locator(`#cell-${block} .outputs`, { hasText: note }).waitFor();
      }
      assert((await textOf(page, "producer-check")).startsWith(before));
      assert.doesNotMatch(await textOf(page, "producer-exercise"), /Not run/);
      assert.equal(await page.locator(".waiting, .running").count(), 0);
      await write(page, "producer-exercise", solution);
      await toldBy(page);
      assert.match(await textOf(page, "producer-check"), /Exercise 3\.1 is right[^]*\.$/);
      assert.doesNotMatch(await textOf(page, "producer-check"), /Not run/);
    });
  },
  slow,
);

testWith(missing, "An editor completes lib's names, with a line on each, and those of the page", async () => {
  await withPages("student", async (open) => {
    const page = await open("03");
    const cell = page.locator("#cell-producer-exercise");
    const [code, options] = [cell.locator("textarea"), cell.locator("[role=option]:visible")];
    const type = async (text: string) => {
      await page.keyboard.press("Control+a");
      await page.keyboard.type(text);
    };
    await code.focus();
    await type("const soon = 1;\nawait slee");
    assert.match((await options.allInnerTexts()).join("\n"), /^sleep\s*Waits for seconds[^\n]*\.\nsleepSync/);
    const active = await code.getAttribute("aria-activedescendant");
    assert.equal(await page.locator(`#${active}[aria-selected=true] b`).innerText(), "sleep");
    const [list, text] = [await cell.getByRole("listbox").boundingBox(), await code.boundingBox()];
    assert(Math.abs(list!.y - text!.y - text!.height) < 4 && list!.x > text!.x, "it is below the word");
    assert.deepEqual(await faultsOf(page), []);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    assert.equal(await code.inputValue(), "const soon = 1;\nawait sleepSync");
    assert.equal(await options.count(), 0);
    await page.keyboard.press("Control+z");
    assert.equal(await code.inputValue(), "const soon = 1;\nawait slee");

    await type("coun");
    assert.deepEqual(await options.locator("b").allInnerTexts(), ["count", "counter", "countPlainly"]);
    await options.last().click();
    assert.equal(await code.inputValue(), "countPlainly");
    for (const none of ["// slee", '"slee', "it.slee", "sleep", "s", "1sl"]) {
      await type(none);
      assert.equal(await options.count(), 0, none);
    }
    await type("const soon = 1; so");
    assert.deepEqual(await options.locator("b").allInnerTexts(), ["soon"]);
    await page.keyboard.press("Escape");
    assert.equal(await options.count(), 0);
    assert(await code.evaluate((it) => it === document.activeElement));
    await type("slee");
    assert.equal(await options.count(), 2);
    await page.keyboard.press("Shift+Enter");
    await toldBy(page);
    assert.equal(await options.count(), 0);
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Control+Space");
    assert(await options.count() > 60);
    await page.setViewportSize({ width: 390, height: 900 });
    await type("slee");
    assert(await cell.getByRole("listbox").evaluate((it) => it.scrollWidth <= it.clientWidth), "all is read");
  });
}, slow);

testWith(
  missing,
  "Code that fills the memory leaves the page and its edits, which are not run",
  async () => {
    await withPages("student", async (open) => {
      const page = await open("03");
      await write(page, "producer-exercise", "for (;;);");
      await page.locator(".running").waitFor();
      // Of a process that has ended a page sees that nothing answers. (A real end takes ten seconds and 4 GB.)
      await page.locator("iframe").evaluate((frame) => (frame as HTMLIFrameElement).srcdoc = "gone");
      await page.locator("#cell-producer-exercise .outputs", { hasText: "The code ran out of memory" })
        .waitFor();
      await write(page, "producer-exercise", "1 + 1");
      await toldBy(page);
      assert.equal(await textOf(page, "producer-exercise"), "2");

      // A browser without such processes loses the page as a whole, in the midst of a cell.
      await write(page, "producer-exercise", "for (;;);");
      await page.locator(".running").waitFor();
      await page.evaluate(() =>
        addEventListener("pagehide", (event) => event.stopImmediatePropagation(), true)
      );
      const marks = await page.evaluate(() => ({ ...localStorage }));
      await page.close();
      const again = await open("index.html");
      await again.evaluate((marks) => Object.assign(localStorage, marks), marks);
      const back = await open("03", "#items=3");
      await toldBy(back);
      assert.match(
        await status(back),
        /ended while cell \d+ was running\. Your edits are here, but nothing has run yet/,
      );
      assert.equal(await back.locator("#cell-producer-exercise textarea").inputValue(), "for (;;);");
    });
  },
  slow,
);

testWith(
  missing,
  "A page is downloaded with its edits, reset, and followed by another tab",
  async () => {
    await withPages("student", async (open) => {
      const [page, other] = [await open("04"), await open("04")];
      const given = (await page.locator("#cell-main-exercise code").textContent())!.trimEnd();
      await write(page, "main-exercise", "function main() {}");
      await toldBy(page);
      await other.getByRole("button", { name: /^Reset cell/ }).waitFor();
      assert.equal(await other.locator("#cell-main-exercise textarea").inputValue(), "function main() {}");
      await page.getByRole("slider", { name: "producers", exact: true }).fill("3");
      await toldBy(page);
      assert.match(
        await status(page),
        /Not solved yet: 4\.1, 4\.2, 4\.3 and 4\.4\. Outputs that depend on this show what your code does so far\./,
      );

      const waiting = page.waitForEvent("download");
      await page.getByRole("button", { name: "Download" }).click();
      const download = await waiting;
      assert.equal(download.suggestedFilename(), "04-a-second-producer.ipynb");
      const { cells, metadata } = await readNotebook(await download.path());
      const source = await readNotebook((await courseNotebooks()).find((path) => path.includes("04-"))!);
      assert.deepEqual(metadata.kernelspec, source.metadata.kernelspec);
      assert.equal(cells.find(({ id }) => id === "main-exercise")?.source, "function main() {}");
      assert.equal(cells[0].source, source.cells[0].source);
      assert(!JSON.stringify(cells).includes("main-solution"));

      const folded = page.locator("details", { hasText: "Show the code" }).first();
      const code = folded.locator("textarea");
      const foldedGiven = await code.inputValue();
      await folded.locator("summary").click();
      await code.fill("1");
      await folded.locator("summary").click();
      await page.getByRole("button", { name: "Reset all" }).click();
      await toldBy(page);
      assert.match(page.url(), /#$/);
      assert.equal(await page.locator("#cell-main-exercise textarea").inputValue(), given);
      assert.equal(await code.inputValue(), foldedGiven);
      await page.reload();
      await page.locator(".bar").waitFor();
      assert.equal(await edited(page), 0);
    });
  },
  slow,
);

testWith(
  missing,
  "The index shows where one has been and what is solved, and finds words",
  async () => {
    await withPages("student", async (open) => {
      const page = await open("03");
      await write(page, "producer-exercise", solution);
      await toldBy(page);
      const index = await open("index.html");
      assert.match(
        await index.locator(".course > li", { hasText: "3 ·" }).innerText(),
        /You have been here\. ✓ Solved 1 of 3: 3\.1\./,
      );
      assert.doesNotMatch(await index.locator(".course > li").first().innerText(), /been here/);
      await index.getByRole("searchbox", { name: "Search all pages" }).fill("wait");
      assert.match(await index.locator(".search a").first().innerText(), /\bwait\b/);
      await index.getByRole("searchbox", { name: "Search all pages" }).fill("SERVER sensor");
      assert.match(await index.locator(".search").innerText(), /1 found\s+5 · What we gained: /);
      await index.emulateMedia({ media: "print" });
      assert.equal(await index.locator(".search").isVisible(), false);
      await index.emulateMedia({ media: null });
      await index.locator(".search a").click();
      await index.waitForURL(/05-.*#cell-stands-for$/);
      const plain = await open("index.html", "", { javaScriptEnabled: false });
      assert.equal(await plain.locator("input, button").count(), 0);
    });
  },
  slow,
);

testWith(missing, "A page bears odd code and addresses, and being saved", async () => {
  await withPages("student", async (open) => {
    const page = await open("04", "#producers=3");
    await toldBy(page);
    const changed = await textOf(page, "many");
    await page.locator(".contents").getByText("A close race").click(); // a heading's address says nothing of values
    assert.match(await status(page), /producers = 3/);
    assert.equal(await textOf(page, "many"), changed);
    await page.goBack();
    assert.match(page.url(), /#producers=3$/);
    await page.evaluate(() => location.hash = "#producers=4");
    await toldBy(page);
    await page.goBack();
    await toldBy(page);
    assert.equal(await textOf(page, "many"), changed);

    const before = await textOf(page, "timeline");
    for (
      const [source, said] of [
        ['import { readFileSync } from "node:fs";', /A page cannot run this cell: it has no node:fs\./],
        ["await fetch('https://example.com')", /it has no fetch\./],
      ] as const
    ) {
      await write(page, "timeline", source);
      await toldBy(page);
      assert.match(await textOf(page, "timeline"), said);
      assert((await textOf(page, "timeline")).startsWith(before.slice(0, 100)), "outputs are kept");
    }
    for (
      const [source, said] of [
        ["spread", /spread is not defined: cell \d+, below this one, defines it/],
        ["abstract class A { abstract p: string; abstract m(): void }\nA.name", /^"A"$/],
        ["class B { @deco m() {} }", /A page cannot run .* a decorator, .*\.\s+at line 1/],
        ["document.body.remove()", /document is not defined/],
        ['console.log("<b>1</b><script>1</" + "script>")', /^<b>1<\/b><script>1<\/script>$/],
        ["delete globalThis.$page; globalThis.queueMicrotask = 1; 7", /^7$|Error/],
        ["const items = 3; items", /^3$/],
        ["const a = 1\nawait null\nconst f = () => a\nawait f()\na", /^1$/],
        [
          'console.log(new Map([["a", -0]]), new Set([1n]), new Date(0), /a/, () => 1)',
          /^Map\(1\) \{ "a" => -0 \} Set\(1\) \{ 1n \} 1970-01-01T00:00:00.000Z \/a\/ \[Function/,
        ],
        ['"text"', /^"text"$/],
        ["null", /^$/],
        [
          "setTimeout(() => missing)\nawait new Promise((go) => setTimeout(go, 9))",
          /Uncaught ReferenceError: missing/,
        ],
        [
          `import { experiment, lane } from "@course/lib";
const nap = () => new Promise((done) => setTimeout(done, 1000));
async function work(name: string) {
  lane(name);
  for await (const _ of [0, nap()]) nap();
  await nap().then(nap).finally(nap);
}
const run = await experiment("", { plain: true, quiet: true }, () => Promise.all(["A", "B"].map(work)));
run.steps.map(({ lane }) => lane).join("")`,
          /^"ABABABAABBABAB"$/,
        ],
        ["items = 7", /TypeError: .*items/],
        ["import.meta", /SyntaxError: Cannot use 'import\.meta' outside a module/],
        ["const a = 1;\na = 2;", /TypeError: Assignment to constant variable\.\s+at In\[\d+\]:2$/],
        ["const e = () => new Error();\nawait 1; [e()]", /at e \(In\[\d+\]:1\)\s+at In\[\d+\]:2 \]$/],
        ["const Promise = 1, console = 2;\nPromise", /^1$/],
        ["b;\nconst b = 1;", /ReferenceError: Cannot access 'b' before initialization\s+at In\[\d+\]:1/],
      ] as const
    ) {
      await write(page, "timeline", source);
      await toldBy(page);
      assert.match((await textOf(page, "timeline")).trim(), said, source);
    }
    await page.getByRole("button", { name: "Reset all" }).click();
    await toldBy(page);
    const servers = await open("12");
    const kept = await textOf(servers, "connect");
    await servers.locator("#cell-connect").getByRole("button", { name: "Run" }).click();
    await toldBy(servers);
    const now = await textOf(servers, "connect");
    assert(now.startsWith(kept) && /A page cannot run this cell/.test(now), now);

    await write(page, "main-exercise", "function main() { return 1; }");
    await toldBy(page);
    using folder = tempFolder();
    const saved = join(folder.path, "saved.html");
    await Deno.writeTextFile(saved, await page.content());
    await Deno.copyFile(join(fileURLToPath(page.url()), "..", "live.js"), join(folder.path, "live.js"));
    const again = await open(saved);
    await toldBy(again);
    assert.equal(await again.locator(".bar").count(), 1);
    assert.equal(await again.getByRole("slider", { name: "producers", exact: true }).count(), 1);
    await again.getByRole("slider", { name: "producers", exact: true }).fill("3");
    await toldBy(again);
    assert.equal(await textOf(again, "many"), changed);
    await Deno.writeTextFile(saved, await (await open("index.html")).content());
    const index = await open(saved);
    assert.equal(await index.getByRole("searchbox").count(), 1);
  });
}, slow);

testWith(
  missing,
  "A function that is defined anew is the new one for all cells below; a broken worker is replaced",
  async () => {
    await withPages("student", async (open) => {
      const page = await open("01");
      const writeAll = async (...cells: [block: string, source: string][]) => {
        for (const [block, source] of cells) {
          await write(page, block, source);
          await toldBy(page);
        }
      };
      const [above, anew, below] = ["producer", "broken", "lines"];
      await writeAll(
        [above, "function g() { return 1; }\nfunction f() { return g(); }\nf()"],
        [anew, "function g() { return 2; }\nf()"],
        [below, "f()"],
      );
      const shown = () => Promise.all([above, anew, below].map((block) => textOf(page, block)));
      assert.deepEqual(await shown(), ["1", "2", "2"]);
      await writeAll([above, "let v = 1;\nconst f = () => v;"], [anew, "v = 2;\nf()"]);
      assert.equal(await textOf(page, anew), "2");
      await writeAll([above, "function g() { return 1; }\nfunction f() { return g(); }\nf()"]);
      await writeAll([anew, "function g() { return 3; }\nf()"]);
      assert.deepEqual(await shown(), ["1", "3", "3"]);
      await writeAll([anew, "f()"]);
      assert.deepEqual(await shown(), ["1", "1", "1"]);

      await writeAll(
        [above, "const f = () => {\n  const a = 1;\n  throw new Error(`no`);\n};"],
        [anew, "1;\nf();"],
      );
      assert.deepEqual(await page.locator(`#cell-${anew} .line.wrong`).allInnerTexts(), ["f();\n"]);
      await writeAll([above, "function f() { return 1; }"], [anew, "1"]);

      await writeAll([below, "close()"]);
      assert.match(await textOf(page, below), /A page cannot run this cell: it has no close\./);

      await write(page, below, "globalThis.close()");
      await page.locator(".bar p", { hasText: "replaced what the page itself needs" }).waitFor();
      await writeAll([below, "f()"]);
      assert.equal(await textOf(page, below), "1");
    });
  },
  slow,
);

testWith(missing, "A cell that cannot be compiled has failed, for what needs it", async () => {
  await withPages("student", async (open) => {
    const page = await open("01");
    const check = () => textOf(page, "receipt-check");
    const run = async (name: string) => {
      await page.getByRole("button", { name }).click();
      await toldBy(page);
    };
    const later = (value: string) =>
      `const { a } = { a: 1 };\nfunction later(value: number) { return ${value}`;
    await write(page, "receipt-exercise", later("Promise.resolve(value); }"));
    await toldBy(page);
    assert.match(await check(), /Exercise 1\.3 is right/);
    await page.locator("#cell-receipt-exercise textarea").fill(later("Promise.resolve(value; }"));
    await run("Run cell 16");
    assert.equal(await check(), "Not run: it needs cell 15, which has failed.");
    assert.match(await textOf(page, "receipt-exercise"), /SyntaxError: .*\s+at line 2/);
    await write(page, "silence", "a");
    await toldBy(page);
    await page.reload();
    await toldBy(page);
    await run("Run all");
    assert.equal(await check(), "Not run: it needs cell 15, which has failed.");
    assert.equal(await textOf(page, "silence"), "Not run: it needs cell 15, which has failed.");
    await write(page, "receipt-exercise", later("import.meta; }"));
    await toldBy(page);
    assert.equal(await check(), "Not run: it needs cell 15, which has failed.");
    await write(page, "receipt-exercise", later("Promise.resolve(value); }"));
    await toldBy(page);
    assert.match(await check(), /Exercise 1\.3 is right/);
    assert.equal(await textOf(page, "silence"), "1");
    await write(
      page,
      "imports",
      "import {\n  check,\n  Queue as Line,\n} from '@course/lib';\nconst setTimeout = (;",
    );
    await toldBy(page);
    assert.equal(await check(), "Not run: it needs cell 1, which has failed.");
  });
}, slow);

testWith(missing, "An answer that keeps the thread is ended by its check, and is not right", async () => {
  await withPages("student", async (open) => {
    const page = await open("01");
    const later = (body: string) =>
      `function later(value: number) { ${body} return Promise.resolve(value); }`;
    const solved = async () => await page.evaluate(() => Object.entries(localStorage).join("\n"));
    await write(page, "receipt-exercise", later(""));
    await toldBy(page);
    assert.match(await solved(), /green,\["1\.3"\]/);
    for (const body of ["while (true) {}", "(async () => { for (;;) await null; })();"]) {
      await write(page, "receipt-exercise", later(body));
      await page.locator("#cell-receipt-check.running").waitFor();
      await page.locator("#cell-receipt-check:not(.running)", { hasText: /1\.3, not yet: .*a loop/ })
        .waitFor();
      assert.match(await status(page), /not yet: .*still running/);
      assert.doesNotMatch(await solved(), /1\.3/);
    }
    await write(page, "receipt-exercise", later(""));
    await toldBy(page);
    assert.match(await textOf(page, "receipt-check"), /Exercise 1\.3 is right/);
    // After its check a cell may take what time it likes.
    const busy = "const end = performance.now() + 8000;\nwhile (performance.now() < end);\n1";
    await write(page, "receipt-check", `await check("1.3", { later });\n${busy}`);
    await toldBy(page);
    assert.match(await textOf(page, "receipt-check"), /Exercise 1\.3 is right[^]*1$/);
  });
}, slow);

testWith(missing, "What a cell shows is sealed off from its page, as in the handout", async () => {
  const svg = '<svg id="content" onload="alert()"><g id="contents" class="site"/></svg>';
  const styled = svg.replace("<g", "<style>.site{display:none}</style><g");
  const html = `<style>h1{display:none}</style><p id="content">a</p><a href="#content">b</a>`;
  await withPages("student", async (open) => {
    const page = await open("00");
    await write(
      page,
      "run",
      `({ [Symbol.for("Jupyter.display")]: () => (${JSON.stringify({ "text/html": html })}) })`,
    );
    await toldBy(page);
    const outputs = page.locator("#cell-run .outputs");
    assert.equal(await outputs.locator("a").getAttribute("href"), "#content-1");
    assert.equal(await page.locator("h1, .site").filter({ visible: true }).count(), 2);
    for (const drawing of [svg, styled]) {
      await write(
        page,
        "run",
        `({ [Symbol.for("Jupyter.display")]: () => (${JSON.stringify({ "image/svg+xml": drawing })}) })`,
      );
      await toldBy(page);
      assert.equal(await outputs.locator(drawing === svg ? "svg g#contents-1" : "img.paper").count(), 1);
      assert.equal(await outputs.locator("[onload], .site, style").count(), 0);
      assert.equal(await page.locator("h1, .site").filter({ visible: true }).count(), 2);
    }
    const ids = await page.locator("[id]").evaluateAll((all) => all.map(({ id }) => id));
    assert.deepEqual(ids, [...new Set(ids)]);
    await write(page, "run", '({ [Symbol.for("Jupyter.display")]: () => ({ "text/markdown": "*c* <b>" }) })');
    await toldBy(page);
    assert.equal(await outputs.innerText(), "*c* <b>");
  });
}, slow);

testWith(missing, "A live page meets WCAG 2.2 AA by axe while it is worked with", async () => {
  await withPages("student", async (open) => {
    const page = await open("04", "#producers=3");
    await toldBy(page);
    await write(page, "main-exercise", "nonsense");
    await toldBy(page);
    const index = await open("index.html");
    await index.getByRole("searchbox").fill("queue");
    assert.deepEqual(await faultsOf(index), []);
    for (const colorScheme of ["light", "dark"] as const) {
      for (const width of [1280, 390]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        const faults = await faultsOf(page);
        assert.deepEqual(faults, [], `${colorScheme}, ${width} px`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert(wide <= 0, `it scrolls sideways at ${width} px`);
      }
    }
  });
}, slow);

testWith(missing, "One file of a course has all that its folder has, a page at a time", async () => {
  const outputs = (page: Page) =>
    page.locator(".outputs").evaluateAll((all) => all.map(({ innerHTML }) => innerHTML));
  const names = (await courseNotebooks()).map((path) => basename(path, ".ipynb"));
  const given: string[][] = [];
  await withPages("student", async (open) => {
    for (const name of names) given.push(await outputs(await open(name)));
  });
  await withPages("student", async (open) => {
    const page = await open("index.html");
    const link = page.locator(".course h2 a", { hasText: "4 ·" });
    await link.click();
    await page.locator("#\\30 4-a-second-producer h1").waitFor();
    await toldBy(page);
    assert.match(await page.title(), /^4 · .* · A course$/);
    assert.equal(await page.evaluate(() => scrollY), 0);
    const changed = page.locator("[id$='/cell-run'] .outputs");
    const before = await changed.innerHTML();
    await page.getByRole("slider", { name: "producers", exact: true }).fill("3");
    await toldBy(page);
    assert.notEqual(await changed.innerHTML(), before);
    assert.match(page.url(), /index\.html#04-a-second-producer\/producers=3$/);
    const code = page.getByRole("textbox", { name: "Code of cell 1", exact: true });
    await code.focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.insertText("\n// mine");
    const address = page.url();
    await page.getByRole("link", { name: "Previous" }).click();
    await page.locator("h1", { hasText: "3 ·" }).waitFor();
    assert.equal(await edited(page), 0);
    await page.goBack();
    await page.locator("h1", { hasText: "4 ·" }).waitFor();
    await toldBy(page);
    assert.equal(page.url(), address);
    assert.match(await status(page), /producers = 3/);
    assert.match(await code.inputValue(), /mine$/);
    await page.locator(".site a").click();
    await page.locator(".course").waitFor();
    const item = page.locator(".course > li", { hasText: "4 ·" });
    assert.match(await item.innerText(), /You have been here/);
    assert.deepEqual(await faultsOf(page), []);
    await page.getByRole("searchbox").fill("SERVER sensor");
    await page.locator(".search a").click();
    await page.waitForURL(/#05-.*\/cell-stands-for$/);
    await page.locator("h1", { hasText: "5 ·" }).waitFor();
    const top = await page.locator("[id$='/cell-stands-for']").evaluate((it) =>
      it.getBoundingClientRect().top
    );
    assert(top >= 0 && top < 100, `the place that was found is at ${top} px`);

    await page.goto(page.url().replace(/#.*/, ""));
    const titles = page.locator("h1");
    assert.equal(await titles.count(), 1);
    await page.evaluate(() => {
      addEventListener("beforeprint", () => document.title = `${document.querySelectorAll("h1").length}`);
    });
    await page.pdf();
    assert.equal(await page.title(), `${1 + names.length}`, "the first page prints them all");
    assert.equal(await titles.count(), 1);

    const plain = await open("index.html", "", { javaScriptEnabled: false });
    assert.equal(await plain.locator("h1:visible").count(), 1 + names.length);
    const ids = await plain.locator("[id]").evaluateAll((all) => all.map(({ id }) => id));
    assert.deepEqual(ids, [...new Set(ids)]);
    const links = await plain.locator("a[href^='#']").evaluateAll((all) =>
      all.map((it) => decodeURIComponent((it as HTMLAnchorElement).hash.slice(1)))
    );
    assert.deepEqual(links.filter((link) => !ids.includes(link)), []);
    assert.equal(await plain.locator("a[href*='.html']").count(), 0);
    for (const [at, name] of names.entries()) {
      const alone = await open("index.html", `#${name}`);
      const shown = await outputs(alone);
      assert(shown.length === given[at].length && shown.every((it, n) => it === given[at][n]), name);
    }
  }, true);
}, slow);
