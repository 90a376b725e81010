import { deepEqual, equal, rejects } from "node:assert/strict";
import { inFolder } from "../testdata/fixtures.ts";
import { replaceSet } from "./replace.ts";

const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
const set = (...names: string[]) => new Map(names.map((name) => [name, name]));

Deno.test("replaceSet() takes away what an earlier set had beside, empty folders too, and nothing else", () =>
  inFolder(async (folder) => {
    await replaceSet(folder, set("teacher/a.html", "teacher/pdf/a.pdf", "index.html"));
    Deno.writeTextFileSync(`${folder}/teacher/mine.txt`, "mine");
    const done = await replaceSet(folder, set("index.html", "a.html"));
    deepEqual(done, { written: 2, removed: 2, kept: [] });
    deepEqual(names(folder), [".handouts.json", "a.html", "index.html", "teacher"]);
    deepEqual(names(`${folder}/teacher`), ["mine.txt"]);
  }));

Deno.test("replaceSet() replaces nobody else's file", () =>
  inFolder(async (folder) => {
    Deno.writeTextFileSync(`${folder}/index.html`, "mine");
    await rejects(
      replaceSet(folder, set("a.html", "index.html")),
      /index\.html: it is none of our handouts\. Move it away/,
    );
    equal(Deno.readTextFileSync(`${folder}/index.html`), "mine");
    deepEqual(names(folder), ["index.html"]);
  }));

Deno.test("replaceSet() writes only what differs from what is known to be there", () =>
  inFolder(async (folder) => {
    const first = set("a.html", "b.html");
    await replaceSet(folder, first);
    const { mtime } = Deno.statSync(`${folder}/a.html`);
    const { written } = await replaceSet(folder, new Map([...first, ["b.html", "new"]]), first);
    equal(written, 1);
    deepEqual(Deno.statSync(`${folder}/a.html`).mtime, mtime);
    equal(Deno.readTextFileSync(`${folder}/b.html`), "new");
  }));

Deno.test("replaceSet() neither removes nor replaces what somebody has worked in since", () =>
  inFolder(async (folder) => {
    await replaceSet(folder, set("ipynb/a.ipynb", "ipynb/b.ipynb", "index.html"));
    Deno.writeTextFileSync(`${folder}/ipynb/a.ipynb`, "my answer");
    const again = replaceSet(folder, set("ipynb/a.ipynb", "ipynb/b.ipynb", "index.html"));
    await rejects(again, /a\.ipynb: it has been changed since it was written\. Move it away/);
    const { removed, kept } = await replaceSet(folder, set("index.html"));
    deepEqual([removed, kept], [1, ["ipynb/a.ipynb"]]);
    equal(Deno.readTextFileSync(`${folder}/ipynb/a.ipynb`), "my answer");
    deepEqual(names(`${folder}/ipynb`), ["a.ipynb"]);
  }));

Deno.test("replaceSet() removes nothing that a forged list names outside of the folder", () =>
  inFolder(async (folder) => {
    Deno.writeTextFileSync(`${folder}/mine.txt`, "mine");
    Deno.mkdirSync(`${folder}/out`);
    Deno.writeTextFileSync(`${folder}/out/.handouts.json`, '{ "../mine.txt": "x", "a": 5, "/x": "y" }');
    await replaceSet(`${folder}/out`, set("a.html"));
    equal(Deno.readTextFileSync(`${folder}/mine.txt`), "mine");
  }));
