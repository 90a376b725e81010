import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { courseNotebooks } from "../../common/project.ts";
import { hasTag } from "../../parameters/declaration.ts";
import { type CodeCell, type Output, readNotebook } from "../../notebook/notebook.ts";
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
  fn: (open: (number: string, hash?: string) => Promise<Page>, browser: Browser) => Promise<void>,
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
  try {
    await fn(async (number, hash = "") => {
      const page = await browser.newPage();
      await page.addInitScript(() => {
        // All that a worker tells its page.
        const told: unknown[] = (globalThis as unknown as Told_).told = [];
        // deno-lint-ignore no-explicit-any
        const scope = globalThis as any;
        scope.Worker = class extends scope.Worker {
          constructor(url: string) {
            super(url);
            // deno-lint-ignore no-explicit-any
            (this as any).addEventListener("message", ({ data }: { data: unknown }) => told.push(data));
          }
        };
      });
      page.on("pageerror", (error) => console.error(error));
      page.on("console", (it) => it.type() === "error" && console.error(it.text()));
      const name = [...set.keys()].find((name) => name.startsWith(number))!;
      await page.goto(pathToFileURL(join(folder.path, name)).href + hash);
      await page.waitForSelector(".alive");
      return page;
    }, browser);
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
