import { equal } from "node:assert/strict";
import { pageLinks } from "./links.ts";

const here = { file: "01.html", anchors: new Set(["step-one"]) };
const link = pageLinks(
  new Map([["02 b.ipynb", { file: "02 b.html", anchors: new Set(["the-queue"]) }]]),
  here,
);

Deno.test("pageLinks() leads from notebook to page, to the heading that is meant", () => {
  equal(link("02%20b.ipynb"), "02%20b.html");
  equal(link("../notebooks/02%20b.ipynb#The-Queue"), "02%20b.html#the-queue");
  equal(link("#Step-one"), "#step-one");
});

Deno.test("pageLinks() leads nowhere where a notebook has no page", () => {
  equal(link("03.ipynb"), "");
  equal(link("%zz.ipynb#a"), "");
});

Deno.test("pageLinks() leaves every other link as it is", () => {
  for (
    const href of [
      "https://a.b/02%20b.ipynb",
      "/02 b.ipynb",
      "#Elsewhere",
      "a.html",
      "",
    ]
  ) {
    equal(link(href), href);
  }
});
