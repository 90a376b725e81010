/** Live pages of the course in Chromium, for tests. @module */
import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { courseNotebooks } from "../../common/course.ts";
import { readNotebook } from "../../notebook/notebook.ts";
import { findChromium } from "../../testdata/chromium.ts";
import { tempFolder } from "../../testdata/notebooks.ts";
import type { Files } from "../build/formats.ts";
import { renderHandouts } from "../build/handouts.ts";
import type { Edition } from "../document/tags.ts";
import type { WorkerMessage } from "../live/engine.ts";

const executablePath = await findChromium();

/** Writes the pages of an edition of the course into a folder. */
export async function writePages(folder: string, edition: Edition, singleFile = false): Promise<Files> {
  const paths = await courseNotebooks();
  const notebooks = await Promise.all(
    paths.map(async (path) => ({ name: path, notebook: await readNotebook(path) })),
  );
  const options = { title: "A course", formats: ["html" as const], editions: [edition], singleFile };
  const set = await renderHandouts(notebooks, options);
  for (const [name, content] of set) Deno.writeTextFileSync(join(folder, name), String(content));
  return set;
}

/** Calls `fn` with the pages of an edition of the course, opened from a disk. */
export async function withPages(
  edition: Edition,
  fn: (
    open: (name: string, hash?: string, options?: BrowserContextOptions) => Promise<Page>,
  ) => Promise<void>,
  singleFile = false,
): Promise<void> {
  using folder = tempFolder();
  const set = await writePages(folder.path, edition, singleFile);
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic"];
  const browser = await chromium.launch({ executablePath, args });
  const errors: string[] = []; // those of the page's own policy, too
  try {
    const most = Math.max(...[...set].filter(([name]) => name.endsWith(".html")).map(([, it]) => it.length));
    const [script, limit] = [set.get("live.js")?.length ?? 0, singleFile ? 2_500_000 : 1_000_000];
    assert(
      most + script < limit,
      "a page and its script are 1 MB at the most, a whole course of thirteen is 2.5 MB",
    );
    const context = await browser.newContext();
    await fn(async (start, hash = "", options) => {
      const page = await (options ? await browser.newContext(options) : context).newPage();
      await page.addInitScript(listenIn);
      page.on("pageerror", (error) => errors.push(String(error)));
      page.on("console", (it) => it.type() === "error" && errors.push(it.text()));
      const name = [...set.keys()].find((name) => name.startsWith(start)) ?? start;
      await page.goto(pathToFileURL(resolve(folder.path, name)).href + hash);
      if (options?.javaScriptEnabled === false) return page;
      await page.waitForSelector(".alive");
      if (/^\d/.test(start) && hash === "") await toldBy(page);
      return page;
    });
    assert.deepEqual(errors, []);
  } finally {
    await browser.close();
  }
}

/** Keeps all that a worker tells its page. */
export function listenIn() {
  const told: unknown[] = (globalThis as unknown as Told_).told = [];
  globalThis.MessageChannel = class extends MessageChannel {
    constructor() {
      super();
      this.port1.addEventListener("message", ({ data }) => data?.kind && told.push(data));
    }
  };
}

interface Told_ {
  told: WorkerMessage[];
}

/** Waits until nothing runs; returns all that was told, by the number of its cell. */
export async function toldBy(page: Page): Promise<Map<number, WorkerMessage[]>> {
  await page.waitForFunction(
    () => (globalThis as unknown as Told_).told.at(-1)?.kind === "idle",
    undefined,
    { timeout: 60_000 },
  );
  const told = await page.evaluate(() => (globalThis as unknown as Told_).told.splice(0));
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
  return Map.groupBy(told, (it) => "cell" in it ? it.cell : -1);
}
