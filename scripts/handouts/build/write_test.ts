import { deepEqual, equal, rejects } from "node:assert/strict";
import { noPermissions, testWith } from "../../testdata/needs.ts";
import { inFolder } from "../testdata/fixtures.ts";
import { writeSet } from "./write.ts";

const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

Deno.test("writeSet() makes the folder and writes every file, folders included", () =>
  inFolder(async (folder) => {
    await writeSet(
      `${folder}/a é/b`,
      new Map<string, string | Uint8Array>([["x.html", "x"], ["y/z", new Uint8Array(3)]]),
    );
    equal(Deno.readTextFileSync(`${folder}/a é/b/x.html`), "x");
    equal(Deno.readFileSync(`${folder}/a é/b/y/z`).length, 3);
    deepEqual(names(`${folder}/a é/b`), ["x.html", "y"]);
  }));

Deno.test("writeSet() replaces its own files and leaves others alone", () =>
  inFolder(async (folder) => {
    Deno.writeTextFileSync(`${folder}/mine.txt`, "mine");
    Deno.writeTextFileSync(`${folder}/a.html`, "old");
    await writeSet(folder, new Map([["a.html", "new"]]));
    equal(Deno.readTextFileSync(`${folder}/a.html`), "new");
    deepEqual(names(folder), ["a.html", "mine.txt"]);
  }));

Deno.test("writeSet() undoes a set that can't be swapped in", () =>
  inFolder(async (folder) => {
    Deno.writeTextFileSync(`${folder}/a.html`, "old");
    Deno.mkdirSync(`${folder}/c.html`);
    const files = new Map([["a.html", "new"], ["b/b.html", "b"], ["c.html", "c"]]);
    await rejects(writeSet(folder, files), /Cannot write .*c\.html: it is a folder\./);
    equal(Deno.readTextFileSync(`${folder}/a.html`), "old");
    deepEqual(names(folder), ["a.html", "c.html"]);
  }));

Deno.test("writeSet() says so when the folder is a file", () =>
  inFolder(async (folder) => {
    Deno.writeTextFileSync(`${folder}/file`, "x");
    for (const path of ["file", "file/below"]) {
      await rejects(writeSet(`${folder}/${path}`, new Map([["a", "b"]])), {
        name: "CourseError",
        message: /it is a file/,
      });
    }
    equal(Deno.readTextFileSync(`${folder}/file`), "x");
  }));

testWith(
  noPermissions,
  "writeSet() says so when the folder can't be written to",
  () =>
    inFolder(async (folder) => {
      Deno.chmodSync(folder, 0o500);
      await rejects(writeSet(`${folder}/out`, new Map([["a", "b"]])), /there is no permission to write/);
      Deno.chmodSync(folder, 0o700);
    }),
);

Deno.test("writeSet() leaves nothing behind where a file can't be written", () =>
  inFolder(async (folder) => {
    const files = new Map([["a", "x"], ["n".repeat(300), "y"]]);
    await rejects(writeSet(`${folder}/out`, files), { name: "CourseError" });
    deepEqual(names(folder), []);
  }));

Deno.test("writeSet() writes nothing outside of its folder", () =>
  inFolder(async (folder) => {
    for (const name of ["../a", "/a", "a//b", "a\\b", ""]) {
      await rejects(writeSet(folder, new Map([[name, "x"]])), /is not a name inside the folder/);
    }
  }));
