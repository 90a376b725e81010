import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Page } from "playwright-core";
import { courseNotebooks } from "../../common/project.ts";
import { hasTag } from "../../parameters/declaration.ts";
import { type CodeCell, type Output, readNotebook } from "../../notebook/notebook.ts";
import { faultsOf } from "../../testdata/axe.ts";
import { findChromium } from "../../testdata/chromium.ts";
import { tempFolder } from "../../testdata/notebooks.ts";
import { noChromium, testWith } from "../../testdata/needs.ts";
import { renderHandouts } from "../build/handouts.ts";
import type { Told } from "./engine.ts";

const missing = await noChromium;
const executablePath = await findChromium();
const slow = { sanitizeOps: false, sanitizeResources: false };

/** Calls `fn` with the pages of an edition of the course, opened from a disk. */
async function withPages(
  edition: "student" | "teacher",
  fn: (open: (number: string, hash?: string) => Promise<Page>) => Promise<void>,
): Promise<void> {
  using folder = tempFolder();
  const paths = await courseNotebooks();
  const notebooks = await Promise.all(
    paths.map(async (path) => ({ name: path, notebook: await readNotebook(path) })),
  );
  const set = await renderHandouts(notebooks, { title: "A course", formats: ["html"], editions: [edition] });
  for (const [name, content] of set) Deno.writeTextFileSync(join(folder.path, name), String(content));
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic"];
  const browser = await chromium.launch({ executablePath, args });
  const errors: string[] = []; // those of the page's own policy, too
  try {
    const most = Math.max(...[...set].filter(([name]) => name.endsWith(".html")).map(([, it]) => it.length));
    assert(most + set.get("live.js")!.length < 1_000_000, "a page and its script are 1 MB at the most");
    await fn(async (number, hash = "") => {
      const page = await browser.newPage();
      await page.addInitScript(() => {
        // All that a worker tells its page.
        const told: unknown[] = (globalThis as unknown as Told_).told = [];
        globalThis.MessageChannel = class extends MessageChannel {
          constructor() {
            super();
            this.port1.addEventListener("message", ({ data }) => told.push(data));
          }
        };
      });
      page.on("pageerror", (error) => errors.push(String(error)));
      page.on("console", (it) => it.type() === "error" && errors.push(it.text()));
      const name = [...set.keys()].find((name) => name.startsWith(number))!;
      await page.goto(pathToFileURL(join(folder.path, name)).href + hash);
      await page.waitForSelector(".alive");
      if (hash === "") await toldBy(page);
      return page;
    });
    assert.deepEqual(errors, []);
  } finally {
    await browser.close();
  }
}

interface Told_ {
  told: Told[];
}

/** Waits until nothing runs; returns all that was told, by the number of its cell. */
async function toldBy(page: Page): Promise<Map<number, Told[]>> {
  await page.waitForFunction(
    () => (globalThis as unknown as Told_).told.at(-1)?.kind === "idle",
    undefined,
    { timeout: 60_000 },
  );
  const told = await page.evaluate(() => (globalThis as unknown as Told_).told.splice(0));
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
  return Map.groupBy(told, (it) => "cell" in it ? it.cell : -1);
}

/** Outputs as a notebook has them. */
function outputsOf(told: Told[]): unknown[] {
  const outputs: { name?: string; text?: string; id?: string; data?: unknown; error?: unknown }[] = [];
  for (const it of told) {
    const last = outputs.at(-1);
    if (it.kind === "stream") {
      if (last?.text !== undefined && last.name === it.name) last.text += it.text;
      else outputs.push({ name: it.name, text: it.text });
    } else if (it.kind === "data") {
      const before = it.type === "update_display_data" && outputs.find(({ id }) => id === it.id);
      if (before) before.data = it.data;
      else outputs.push({ id: it.id, data: it.data });
    } else if (it.kind === "done" && it.error) outputs.push({ error: it.error });
  }
  return outputs.map(({ id: _, ...output }) => output);
}

function committed(output: Output): unknown {
  if (output.output_type === "stream") return { name: output.name, text: output.text };
  return "data" in output ? { data: output.data } : output;
}

testWith(missing, "A live page shows what the notebook shows, to the byte", async () => {
  await withPages("teacher", async (open) => {
    for (const path of await courseNotebooks()) {
      const { cells } = await readNotebook(path);
      const code = cells.filter((cell): cell is CodeCell => cell.cell_type === "code");
      const page = await open(path.slice(-40).match(/\d\d-/)![0]);
      await page.getByRole("button", { name: "Run all cells" }).click();
      const told = await toldBy(page);
      for (const [index, cell] of code.entries()) {
        const shown = outputsOf(told.get(index) ?? []);
        const wanted = cell.outputs.map(committed);
        const where = `${path}, cell ${index + 1}`;
        if (hasTag(cell, "real-time")) {
          const shape = (outputs: unknown[]) => outputs.map((it) => Object.keys(it as object)).sort();
          assert.deepEqual(shape(shown), shape(wanted), where);
        } else assert.deepEqual(shown, wanted, where);
      }
      await page.close();
    }
  });
}, slow);

const status = (page: Page) => page.locator(".bar p").innerText();
const textOf = (page: Page, block: string) => page.locator(`#cell-${block} .outputs`).innerText();

/** Writes a cell anew, by the keyboard, and runs it. */
async function write(page: Page, block: string, source: string): Promise<void> {
  await page.locator(`#cell-${block}`).getByRole("button", { name: "Edit" }).click();
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
    assert.match(await status(refused), /Cannot set producers to "99": give a whole number from 1 to 20\./);
    assert.match(await status(refused), /Cannot set items to "alert\(1\)": give a whole number/);
    assert.match(await status(refused), /"x", and this page has no such parameter/);
    assert.equal(await textOf(refused, "run"), runBefore);
  });
}, slow);

testWith(missing, "Cells are edited, run, stopped and reset; their text is kept", async () => {
  await withPages("student", async (open) => {
    const page = await open("03");
    await write(
      page,
      "producer-exercise",
      `async function generateData(num: number, data: Queue<Item>) {
  for (let idx = 1; idx <= num; idx++) {
    await data.put([idx * idx, now()]);
    generated(idx);
    await sleep(random() + 0.5);
  }
}`,
    );
    await toldBy(page);
    assert.match(await textOf(page, "producer-check"), /Exercise 3\.1 is right/);

    await write(page, "producer-exercise", "const a: number = 1;\nconst generateData = missing!;");
    await toldBy(page);
    assert.match(
      await textOf(page, "producer-exercise"),
      /ReferenceError: missing is not defined\s+at In\[\d+\]:2/,
    );
    assert.match(await textOf(page, "producer-check"), /Not run: it needs cell \d+, which has failed/);
    await write(page, "producer-exercise", "const a = 1;\nconst b = (;");
    await toldBy(page);
    assert.match(await textOf(page, "producer-exercise"), /SyntaxError: .*\s+at line 2/);
    await write(page, "producer-exercise", "enum Colour { red }");
    await toldBy(page);
    assert.match(await textOf(page, "producer-exercise"), /A page cannot run an enum/);

    for (const source of ["for (;;);", 'for (;;) console.log("flood");', "await new Promise(() => {});"]) {
      await write(page, "producer-exercise", source);
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
    await page.reload();
    assert.equal(await page.locator("textarea").count(), 0);

    await page.evaluate(() => {
      Storage.prototype.setItem = () => {
        throw new Error("full");
      };
    });
    await write(page, "producer-exercise", "1");
    assert.match(await status(page), /does not keep your edits/);
  });
}, slow);

testWith(missing, "A live page meets WCAG 2.2 AA by axe while it is worked with", async () => {
  await withPages("student", async (open) => {
    const page = await open("04", "#producers=3");
    await toldBy(page);
    await write(page, "main-exercise", "nonsense");
    await toldBy(page);
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
