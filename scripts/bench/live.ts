/**
 * Measures live pages in Chromium: their size, the time from opening to alive, and from a control's move to the last
 * output, the median of some; and the greatest run that the course allows, with how long the page stands still meanwhile.
 *
 *     deno run -A scripts/bench/live.ts
 *
 * @module
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium, type Page } from "playwright-core";
import { courseNotebooks } from "../common/course.ts";
import { renderHandouts } from "../handouts/build/handouts.ts";
import { readNotebook } from "../notebook/notebook.ts";
import { findChromium } from "../testdata/chromium.ts";
import { tempFolder } from "../testdata/notebooks.ts";

const TIMES = 7;

/** What is measured inside of the page. */
interface Measured {
  alive: number;
  /** When each cell was done, since the last move. */
  done: number[];
  idle?: () => void;
}

function measure() {
  const measured = (globalThis as unknown as { measured: Measured }).measured = {
    alive: NaN,
    done: [],
  } as Measured;
  new MutationObserver((_, observer) => {
    if (!document.documentElement?.classList.contains("alive")) return;
    measured.alive = performance.now();
    observer.disconnect();
  }).observe(document, { subtree: true, attributes: true, childList: true });
  globalThis.MessageChannel = class extends MessageChannel {
    constructor() {
      super();
      this.port1.addEventListener("message", ({ data }) => {
        if (data.kind === "done") measured.done.push(performance.now());
        if (data.kind === "idle") measured.idle?.();
      });
    }
  };
}

/**
 * Sets parameters; returns the milliseconds to the last output, to the last but one, and the longest ones without a picture
 * of the screen.
 */
async function move(page: Page, hash: string): Promise<{ all: number; before: number; still: number }> {
  return await page.evaluate(async (hash) => {
    const { measured } = globalThis as unknown as { measured: Measured };
    const start = performance.now();
    let [last, still] = [start, 0];
    const watch = (now: number) => {
      still = Math.max(still, now - last);
      last = now;
      if (measured.idle) requestAnimationFrame(watch);
    };
    requestAnimationFrame(watch);
    await new Promise<void>((idle) => {
      Object.assign(measured, { idle, done: [] });
      location.hash = hash;
    });
    measured.idle = undefined;
    await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
    return { all: performance.now() - start, before: measured.done.at(-2)! - start, still };
  }, hash);
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1];
const kB = (content: string | Uint8Array) => (content.length / 1000).toFixed(0).padStart(5);
const ms = (value: number) => value.toFixed(0).padStart(5);

using folder = tempFolder();
const paths = await courseNotebooks();
const notebooks = await Promise.all(
  paths.map(async (path) => ({ name: path, notebook: await readNotebook(path) })),
);
const set = await renderHandouts(notebooks, { title: "A course", formats: ["html"], editions: ["teacher"] });
for (const [name, content] of set) Deno.writeTextFileSync(join(folder.path, name), String(content));
const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic"],
});
try {
  const open = async (name: string) => {
    const page = await browser.newPage();
    await page.addInitScript(measure);
    await page.goto(pathToFileURL(join(folder.path, name)).href);
    await page.waitForSelector(".alive");
    return page;
  };
  console.log("                               kB  gzip | alive   move  (ms)");
  for (const [name, content] of set) {
    const size = `${name.padEnd(28)} ${kB(String(content))} ${kB(gzipSync(String(content)))}`;
    if (!/^\d/.test(name)) {
      console.log(size);
      continue;
    }
    const [alive, moves]: number[][] = [[], []];
    for (let i = 0; i < TIMES; i++) {
      const page = await open(name);
      alive.push(await page.evaluate(() => (globalThis as unknown as { measured: Measured }).measured.alive));
      await move(page, "#seed=1");
      moves.push((await move(page, "#seed=2")).all);
      await page.close();
    }
    console.log(`${size} | ${ms(median(alive))}  ${ms(median(moves))}`);
  }
  const page = await open([...set.keys()].find((name) => name.startsWith("04"))!);
  await move(page, "#seed=1");
  const { all, before, still } = await move(page, "#producers=20&items=1000");
  console.log(
    `20 producers of 1,000 items: all but the last cell in ${
      ms(before)
    } ms. That one runs them fifty times, in`,
  );
  console.log(`${ms(all - before)} ms more. The page stood still for ${ms(still)} ms at the most.`);
} finally {
  await browser.close();
}
