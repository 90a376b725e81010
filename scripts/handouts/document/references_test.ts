import { deepEqual, equal, ok } from "node:assert/strict";
import { inFolder } from "../testdata/fixtures.ts";
import { Files, linkTo } from "./references.ts";

const pages = new Map([["02 b.ipynb", { file: "02 b.html", anchors: new Set(["the-queue"]) }]]);
const here = { file: "01.html", top: "the-title", anchors: new Set(["step-one"]) };
const told: string[] = [];
const link = linkTo({ pages, here, tell: (it) => told.push(it) });

Deno.test("linkTo() leads from notebook to page, to the heading that is meant", () => {
  equal(link("02%20b.ipynb"), "02%20b.html");
  equal(link("../notebooks/02%20b.ipynb#The-Queue"), "02%20b.html#the-queue");
  equal(link("#Step-one"), "#step-one");
  equal(link("02%20b%2Eipynb?raw=1"), "02%20b.html");
});

Deno.test("linkTo() leads to the top of a page where its title is meant, and tells of headings that are not there", () => {
  equal(link("#The-Title"), "01.html");
  told.length = 0;
  equal(link("02%20b.ipynb#Nowhere"), "02%20b.html#Nowhere");
  equal(link("#"), "#");
  deepEqual(told, ["the link 02%20b.ipynb#Nowhere leads to no heading."]);
});

Deno.test("linkTo() leads nowhere where a notebook has no page", () => {
  equal(link("03.ipynb"), "");
  equal(link("%zz.ipynb#a"), "");
  equal(link("03%2Eipynb?raw=1"), "");
});

Deno.test("linkTo() leaves every other link as it is", () => {
  for (const href of ["https://a.b/02%20b.ipynb", "/02 b.ipynb", "#Elsewhere", "a.html", ""]) {
    equal(link(href), href);
  }
});

Deno.test("Files finds what lies beside a notebook in all spellings, and tells of what does not", async () => {
  await inFolder((folder) => {
    Deno.mkdirSync(`${folder}/a/pic`, { recursive: true });
    for (const name of ["secret", "a/pic/100%.png", "a/pic/a#b.PNG", "a/pic/q.csv", "a/my cat.svg"]) {
      Deno.writeTextFileSync(`${folder}/${name}`, name);
    }
    Deno.symlinkSync(`${folder}/secret`, `${folder}/a/inside.txt`);
    Deno.writeTextFileSync(`${folder}/a/b.ipynb`, "");
    Deno.symlinkSync(`${folder}/a/b.ipynb`, `${folder}/a/link.dat`);
    const told: string[] = [];
    const find = new Files([`${folder}/a/x.ipynb`]).finder(`${folder}/a/x.ipynb`, (it) => told.push(it));
    const names = ["pic/100%.png", "pic/100%25.png", "./pic/a%23b.PNG?x=1", "pic/q.csv#row=1"]
      .map((href) => find(href)?.name);
    deepEqual(names, ["pic/100%.png", "pic/100%.png", "pic/a#b.PNG", "pic/q.csv"]);
    ok(find("my%20cat.svg")?.url?.startsWith("data:image/svg+xml,"));
    deepEqual(
      ["../secret", "inside.txt", "no.png", "pic/", "link.dat", "https://a.b/c.png", ""].map(find),
      Array(7).fill(undefined),
    );
    deepEqual(told, [
      "the file ../secret lies outside of the course, and stays there.",
      "the file inside.txt lies outside of the course, and stays there.",
      "the file no.png is not there.",
      "the file pic/ is no file.",
      "the file link.dat is a notebook that does not go along.",
    ]);
    return Promise.resolve();
  });
});
