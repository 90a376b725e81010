import { equal, ok } from "node:assert/strict";
import { chromium } from "playwright-core";
import { findChromium } from "../../testdata/chromium.ts";
import { noChromium, testWith } from "../../testdata/needs.ts";
import { notebook } from "../testdata/fixtures.ts";
import { renderHtml } from "./html.ts";
import { css } from "./style.ts";

type Colours = Record<string, string>;

const pairs = [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)];
const [light, dark] = [2, 3].map((at): Colours =>
  Object.fromEntries(pairs.map((pair) => [pair[1], pair[at]]))
);

/** WCAG's contrast of two colours. */
function contrast(...colours: string[]): number {
  const [dim, bright] = colours.map(luminance).sort((a, b) => a - b);
  return (bright + 0.05) / (dim + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((channel) => channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

for (const [scheme, colours] of Object.entries({ light, dark })) {
  const text = Object.keys(colours).filter((name) => !["paper", "ground", "line", "focus"].includes(name));

  Deno.test(`css: every text colour can be read on both grounds in ${scheme}`, () => {
    for (const name of text) {
      for (const ground of ["paper", "ground"]) {
        const ratio = contrast(colours[name], colours[ground]);
        ok(ratio >= 4.5, `--${name} on --${ground}: ${ratio.toFixed(2)}`);
      }
    }
  });

  Deno.test(`css: the focus ring shows in ${scheme}`, () => {
    ok(contrast(colours.focus, colours.paper) >= 3);
  });
}

Deno.test("css: dark has a colour of its own for each of light's", () => {
  ok(pairs.length > 10);
  equal(css.match(/--[\w-]+: *#/g), null);
});

Deno.test("css: nothing comes from outside, and no variable is missing", () => {
  ok(!/url\(|@import/.test(css));
  for (const [, name] of css.matchAll(/var\(--([\w-]+)\)/g)) {
    ok(css.includes(`--${name}:`) || /^line(s|-number)$/.test(name), name);
  }
});

testWith(
  await noChromium,
  "Footnotes stand in the margin of a wide screen, and below the text elsewhere",
  async () => {
    const cells = notebook({ markdown: "# A\n\nb[^1] c\n\nd\n\n[^1]: e" }, { markdown: "## F" });
    const html = renderHtml([{ name: "a", notebook: cells }], { title: "A course", edition: "student" })
      .get("a.html")!;
    const browser = await chromium.launch({
      executablePath: await findChromium(),
      args: ["--no-sandbox", "--disable-gpu"],
    });
    try {
      for (const [width, isBeside] of [[1400, true], [800, false]] as const) {
        const page = await browser.newPage({ viewport: { width, height: 900 } });
        await page.setContent(html);
        const [text, note] = await Promise.all(
          [".prose > p >> nth=-1", ".footnotes"].map((it) => page.locator(it).boundingBox()),
        );
        ok(isBeside ? note!.x > text!.x + text!.width : note!.y > text!.y + text!.height, `${width}`);
      }
    } finally {
      await browser.close();
    }
  },
);

testWith(
  await noChromium,
  "Formulas stand apart, a long one moves in its own place, and lists nest evenly",
  async () => {
    const formulas = `$$a$$\n\n$$b$$\n\n$$${"a + ".repeat(60)}b$$`;
    const cells = notebook({
      markdown: `# A\n\n${formulas}\n\n- c\n  - d\n\n    e\n\n|long head|\n|-|\n|f|`,
    });
    const files = renderHtml([{ name: "a", notebook: cells }], { title: "A course", edition: "student" });
    const browser = await chromium.launch({
      executablePath: await findChromium(),
      args: ["--no-sandbox", "--disable-gpu"],
    });
    try {
      const page = await browser.newPage({ viewport: { width: 390, height: 900 } });
      await page.setContent(files.get("a.html")!);
      const boxOf = async (what: string) => (await page.locator(`.prose ${what}`).boundingBox())!;
      const [one, other] = await Promise.all(["math >> nth=0", "math >> nth=1"].map(boxOf));
      ok(other.y - one.y - one.height >= 10, "formulas touch each other");
      equal(await page.evaluate("document.documentElement.scrollWidth - innerWidth"), 0);
      const gap = await page.evaluate(
        "parseFloat(getComputedStyle(document.querySelector('li ul')).marginBottom)",
      );
      ok(Number(gap) < 10, `${gap} px below a list in another`);
      equal(await page.evaluate("getComputedStyle(document.querySelector('thead th')).whiteSpace"), "nowrap");
    } finally {
      await browser.close();
    }
  },
);
