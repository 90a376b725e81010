import { deepEqual, equal, rejects } from "node:assert/strict";
import { replaceSet } from "./replace.ts";

async function inFolder(test: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
const set = (...names: string[]) => new Map(names.map((name) => [name, name]));

Deno.test("replaceSet() takes away what an earlier set had beside, empty folders too, and nothing else", () =>
  inFolder(async (folder) => {
    await replaceSet(folder, set("teacher/a.html", "teacher/pdf/a.pdf", "index.html"));
    Deno.writeTextFileSync(`${folder}/teacher/mine.txt`, "mine");
    const done = await replaceSet(folder, set("index.html", "a.html"));
    deepEqual(done, { written: 2, removed: 2 });
    deepEqual(names(folder), [".handouts.json", "a.html", "index.html", "teacher"]);
    deepEqual(names(`${folder}/teacher`), ["mine.txt"]);
  }));

Deno.test("replaceSet() replaces nobody else's file", () =>
  inFolder(async (folder) => {
    Deno.writeTextFileSync(`${folder}/index.html`, "mine");
    await rejects(replaceSet(folder, set("a.html", "index.html")), /it is not of an earlier set of handouts/);
    equal(Deno.readTextFileSync(`${folder}/index.html`), "mine");
    deepEqual(names(folder), ["index.html"]);
  }));

Deno.test("replaceSet() writes only what differs from what is known to be there", () =>
  inFolder(async (folder) => {
    const first = set("a.html", "b.html");
    await replaceSet(folder, first);
    Deno.writeTextFileSync(`${folder}/a.html`, "untouched");
    deepEqual(await replaceSet(folder, new Map([...first, ["b.html", "new"]]), first), {
      written: 1,
      removed: 0,
    });
    equal(Deno.readTextFileSync(`${folder}/a.html`), "untouched");
    equal(Deno.readTextFileSync(`${folder}/b.html`), "new");
  }));

Deno.test("replaceSet() removes nothing that a forged list names outside of the folder", () =>
  inFolder(async (folder) => {
    Deno.writeTextFileSync(`${folder}/mine.txt`, "mine");
    Deno.mkdirSync(`${folder}/out`);
    Deno.writeTextFileSync(`${folder}/out/.handouts.json`, '["../mine.txt", 5, "/x"]');
    await replaceSet(`${folder}/out`, set("a.html"));
    equal(Deno.readTextFileSync(`${folder}/mine.txt`), "mine");
  }));
