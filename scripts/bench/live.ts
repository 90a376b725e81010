/**
 * Measures live pages in Chromium: their size; the median times from opening to alive, and from the first and the second move
 * of a control to the last output; and the largest run that the course allows, with the longest time for which the page
 * stands still.
 *
 *     deno run -A scripts/bench/live.ts [START…]
 *
 * @param START prefixes of the names of the pages to measure: `02`
 * @module
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium, type Page } from "playwright-core";
import { courseNotebooks } from "../common/course.ts";
import { renderHandouts } from "../handouts/build/handouts.ts";
import type { LiveData } from "../handouts/live/data.ts";
import { readNotebook } from "../notebook/notebook.ts";
import { findChromium } from "../testdata/chromium.ts";
import { tempFolder } from "../testdata/notebooks.ts";

const TIMES = 7;

/** The measurements in the page. */
interface Measured {
  alive: number;
  /** The times at which cells were done since the last move. */
  done: number[];
  isIdle: boolean;
  idle?: () => void;
}

function measure() {
  const measured = (globalThis as unknown as { measured: Measured }).measured = {
    alive: NaN,
    done: [],
    isIdle: false,
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
        if (data?.kind === "done") measured.done.push(performance.now());
        if (data?.kind !== "idle") return;
        measured.isIdle = true;
        measured.idle?.();
      });
    }
  };
}

/**
 * Sets parameters. Returns the milliseconds to the last output and to the last but one, and the longest time without a new
 * frame.
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
    await page.waitForFunction(() => (globalThis as unknown as { measured: Measured }).measured.isIdle);
    return page;
  };
  /** Two addresses that each move a control: that of the seed, or else of the first number except the speed. */
  const moves = (page: Page) =>
    page.evaluate(() => {
      const { parameters }: LiveData = JSON.parse(document.querySelector("#live")!.textContent);
      const numbers = parameters!.declared.filter(({ name, value }) => name !== "speed" && Number(value) > 2);
      const moved = numbers.find(({ name }) => name === "seed") ?? numbers[0];
      return moved ? [1, 2].map((less) => `#${moved.name}=${Number(moved.value) - less}`) : [];
    });
  console.log("                                  kB  gzip | alive  first   next  (ms)");
  const wanted = [...set.keys()].filter((name) =>
    Deno.args.length === 0 || Deno.args.some((it) => name.startsWith(it))
  );
  for (const name of wanted) {
    const content = String(set.get(name));
    const size = `${name.padEnd(31)} ${kB(content)} ${kB(gzipSync(content))}`;
    if (!/^\d/.test(name)) {
      console.log(size);
      continue;
    }
    const [alive, first, next]: number[][] = [[], [], []];
    for (let i = 0; i < TIMES; i++) {
      const page = await open(name);
      alive.push(await page.evaluate(() => (globalThis as unknown as { measured: Measured }).measured.alive));
      const addresses = await moves(page);
      for (const [at, hash] of addresses.entries()) [first, next][at].push((await move(page, hash)).all);
      await page.close();
    }
    console.log(
      `${size} | ${
        [alive, first, next].map((times) => times.length > 0 ? ms(median(times)) : "    –").join("  ")
      }`,
    );
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
