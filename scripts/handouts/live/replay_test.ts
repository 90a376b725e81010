import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { faultsOf } from "../../testdata/axe.ts";
import { noChromium, testWith } from "../../testdata/needs.ts";
import { withPages } from "../testdata/live_pages.ts";

const missing = await noChromium;
const slow = { sanitizeOps: false, sanitizeResources: false };

const sentence = (page: Page) => page.locator(".sentence").innerText();
/** Resolves when nothing moves any more, but for what scrolling moves. */
const rest = (page: Page) =>
  page.evaluate(async () => {
    const moving = document.getAnimations().filter(({ timeline }) => timeline === document.timeline);
    await Promise.allSettled(moving.map(({ finished }) => finished));
  });
/** The lit line of the cell of a function, and the other lines at which a task stands. */
const lines = (page: Page, cell: string) =>
  page.locator(`#cell-${cell} .stands`).evaluateAll((all) =>
    all.map((it) => `${it.className}: ${it.textContent}`)
  );

testWith(missing, "A timeline is replayed by keys, and each task's line is lit in its own cell", async () => {
  await withPages("teacher", async (open) => {
    const page = await open("03");
    const picture = await page.locator("#cell-timeline .picture").first().innerHTML();
    await page.locator("#cell-timeline").getByRole("button", { name: "Replay this run step by step" })
      .click();
    await page.waitForSelector(".course-replay .player");
    assert.equal(
      await sentence(page),
      "0.00 s: generateData starts, puts item 1 in and sleeps until 0.98 s (line 5).",
    );
    assert.equal(await page.locator("#cell-timeline .picture").first().innerHTML(), picture);
    assert.deepEqual(await lines(page, "producer-solution"), [
      "line stands producer lit: " + "    await sleep(random() + 0.5);\n",
    ]);
    for (const key of ["ArrowRight", "ArrowRight"]) await page.keyboard.press(key);
    assert.match(
      await sentence(page),
      /^0\.50 s: processData wakes and waits for an item \(line 3\)\. Nobody is ready/,
    );
    assert.deepEqual(await lines(page, "consumer-solution"), [
      "line stands consumer lit: " + "    const [value, time] = await data.get();\n",
    ]);
    assert.match(page.url(), /#step=3$/);
    const chips = (place: number) => page.locator(".course-replay .chips").nth(place).innerText();
    assert.deepEqual(await Promise.all([0, 1, 2, 3, 4].map(chips)), [
      "processData: none there",
      "",
      "generateData: to 0.98",
      "",
      "",
    ]);
    await page.keyboard.press("End");
    assert.match(await sentence(page), /^\d+\.\d\d s: The run is over\.$/);
    const cursor = page.locator(".course-replay .cursor");
    assert.equal(await cursor.evaluate((it: SVGElement) => it.style.translate), "704px"); // where the axis ends
    const colours = () =>
      page.evaluate(() =>
        ["body", ".player"].map((it) => getComputedStyle(document.querySelector(it)!).backgroundColor)
      );
    await page.emulateMedia({ colorScheme: "dark" });
    assert.deepEqual(new Set(await colours()).size, 1, "the player is as dark as its page");
    await page.setViewportSize({ width: 390, height: 900 });
    const boxOf = async (part: string) => (await page.locator(`.course-replay ${part}`).boundingBox())!;
    const [on, step, scrubber] = await Promise.all([".on", ".step", "input"].map(boxOf));
    assert(step.y > on.y && step.y < on.y + on.height, "the step's number stands beside the buttons");
    assert(scrubber.width > 280, `the scrubber has a row of its own, but is ${scrubber.width} px wide`);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("End");
    await rest(page); // the cursor glides
    const seen = await cursor.evaluate((it) => it.getBoundingClientRect().x);
    assert(seen > 0 && seen < 390, `the cursor is at ${seen} of 390 px`);
    await page.keyboard.press("Home");
    assert.match(await sentence(page), /^0\.00 s: generateData starts/);
    await rest(page); // a chip that fades in has little contrast
    await page.locator(".player").evaluate((it) => it.scrollIntoView()); // it was below the bar when the page got narrow
    assert.deepEqual(await faultsOf(page), []);
    await page.locator("h1").click();
    await page.locator(".course-replay .places > span").first().click(); // any part of it takes the keys
    await page.keyboard.press("ArrowRight");
    assert.match(await sentence(page), /^0\.00 s: processData starts/);
    assert.equal(
      await page.getByRole("button", { name: "One step back" }).getAttribute("title"),
      "One step back",
    );
    await page.locator("#cell-timeline").getByRole("button", { name: "Replay this run step by step" })
      .click();
    assert.equal(await page.locator(".course-replay, .stands").count(), 0);
  });
}, slow);

testWith(
  missing,
  "The address opens a replay at its step, for the values that it sets; an edited cell is replayed as edited",
  async () => {
    await withPages("teacher", async (open) => {
      const page = await open("03", "#items=2&step=4");
      await page.waitForSelector(".course-replay .player");
      assert.match(await sentence(page), /^0\.98 s: generateData wakes, puts item 2 in and sleeps/);
      assert.match(await page.locator(".course-replay .step").innerText(), /^Step 4 of \d+$/);
      assert.equal(await page.locator(".course-replay a.step").getAttribute("href"), "#items=2&step=4");
      await page.locator("#cell-producer-solution textarea").focus();
      await page.keyboard.press("Control+a");
      await page.keyboard.insertText(`async function generateData(num: number, data: Queue<Item>) {

  await data.get();
}`);
      await page.keyboard.press("Shift+Enter");
      await page.waitForFunction(() =>
        document.querySelector(".sentence")?.textContent?.includes("never end")
      );
      assert.match(
        await sentence(page),
        /This run can never end: generateData and processData wait for an item/,
      );
      assert.equal(await page.locator("#cell-producer-solution .stands.other").count(), 1);
    });
  },
  slow,
);
