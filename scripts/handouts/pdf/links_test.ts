import { equal } from "node:assert/strict";
import { linksOf } from "./links.ts";

const here = { file: "01.pdf", anchors: new Set(["step-one"]) };
const there = { file: "02 b.pdf", anchors: new Set(["the-end"]) };
const link = linksOf(new Map([["01.ipynb", here], ["02 b.ipynb", there]]), here);

Deno.test("linksOf() leads to notebooks and their headings", () => {
  equal(link("02%20b.ipynb"), 'to("02 b.pdf","02 b.pdf",');
  equal(link("02%20b.ipynb#The-End"), 'to("02 b.pdf#the-end","02 b.pdf",');
  equal(link("#Step-one"), 'to("01.pdf#step-one","01.pdf",');
});

Deno.test("linksOf() leads to the notebook where the heading is unknown, and nowhere on the same page", () => {
  equal(link("02%20b.ipynb#nothing"), 'to("02 b.pdf","02 b.pdf",');
  equal(link("#nothing"), undefined);
});

Deno.test("linksOf() keeps addresses of the web, and refuses what could run", () => {
  equal(link('https://a.b/"#c'), 'web("https://a.b/\\"#c",');
  equal(link("data.csv"), 'link("data.csv",');
  for (const href of ["javascript:alert(1)", "file:///etc/passwd", "", `https://${"a".repeat(9000)}`]) {
    equal(link(href), undefined, href.slice(0, 20));
  }
});
