import { deepEqual, equal, ok } from "node:assert/strict";
import { parseMarkdown } from "../document/markdown.ts";
import { Names } from "../document/names.ts";
import { room } from "./measure.ts";
import { proseItems } from "./prose_items.ts";

const context = { ids: new Names(), link: (href: string) => href, attachment: () => undefined };
const items = (source: string, byHeadings = true) => proseItems(parseMarkdown(source), context, byHeadings);

Deno.test("proseItems() makes an item of each paragraph, list, table and piece of code", () => {
  const kinds = items("a\n\n- b\n- c\n\n|d|\n|-|\n|e|\n\n```ts\nf\n```").map(({ html }) =>
    html.match(/^<(\w+)/)![1]
  );
  deepEqual(kinds, ["p", "ul", "div", "pre"]);
});

Deno.test("proseItems() starts a slide at h2, and nowhere where the author says where", () => {
  deepEqual(items("## A\n\n### B").map(({ starts }) => starts), ["slide", undefined]);
  equal(items("## A", false)[0].starts, undefined);
});

Deno.test("proseItems() keeps raw HTML in one piece, headings aside", () => {
  equal(items("## A\n\n<div>\n\na\n\n</div>\n\nb").length, 2);
});

Deno.test("proseItems() cuts a list that fills a slide, and goes on counting", () => {
  const cut = items(Array.from({ length: 40 }, (_, at) => `${at + 1}. entry`).join("\n"));
  equal(cut.length, 40);
  ok(cut[39].html.startsWith('<ol start="40">'));
});

Deno.test("proseItems() cuts an endless paragraph, losing no word", () => {
  const source = "Some *words* of a sentence. ".repeat(400).trim();
  const cut = items(source);
  ok(cut.length > 5 && cut.every(({ height }) => height <= room.height));
  equal(cut.map(({ html }) => html.replace(/<[^>]*>|\s/g, "")).join(""), source.replace(/[*\s]/g, ""));
});

Deno.test("proseItems() lets a paragraph that ends in a colon hold what follows", () => {
  const [colon, plain] = items("Thus:\n\nThus.");
  ok(colon.holds! > plain.holds!);
});
