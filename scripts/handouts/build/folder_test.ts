import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { noPermissions, testWith } from "../../testdata/needs.ts";
import { inFolder } from "../testdata/fixtures.ts";
import { replaceSet } from "./folder.ts";

const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
const set = (...names: string[]) => new Map(names.map((name) => [name, name]));

Deno.test("replaceSet() makes the folder and writes every file, folders included", () =>
  inFolder(async (folder) => {
    await replaceSet(
      `${folder}/a é/b`,
      new Map<string, string | Uint8Array>([["x.html", "x"], ["y/z", new Uint8Array(3)]]),
    );
    equal(Deno.readTextFileSync(`${folder}/a é/b/x.html`), "x");
    equal(Deno.readFileSync(`${folder}/a é/b/y/z`).length, 3);
    deepEqual(names(`${folder}/a é/b`), [".handouts.json", "x.html", "y"]);
    deepEqual(names(`${folder}/a é`), ["b"]);
  }));

Deno.test("replaceSet() leaves a folder alone that holds the set already, with what somebody has changed", () =>
  inFolder(async (top) => {
    const folder = `${top}/out`;
    const place = () => Deno.statSync(folder).ino;
    await replaceSet(folder, set("a", "b/b", "b/c"));
    Deno.writeTextFileSync(`${folder}/b/c`, "changed");
    await replaceSet(folder, set("a", "d"));
    const before = place();
    deepEqual(await replaceSet(folder, set("a", "d")), { written: 0, kept: ["b/c"] });
    equal(place(), before);
    await replaceSet(folder, set("a"));
    deepEqual([names(folder), place() === before], [[".handouts.json", "a", "b"], false]);
  }));

Deno.test("replaceSet() takes away what an earlier set had beside, empty folders too, and nothing else", () =>
  inFolder(async (top) => {
    const folder = `${top}/out`;
    await replaceSet(folder, set("teacher/a.html", "teacher/pdf/a.pdf", "index.html"));
    Deno.writeTextFileSync(`${folder}/teacher/mine.txt`, "mine");
    Deno.mkdirSync(`${folder}/.git/objects`, { recursive: true });
    Deno.symlinkSync("nowhere", `${folder}/link`);
    Deno.mkdirSync(`${folder}/md`);
    Deno.writeTextFileSync(`${folder}/md/notes.txt`, "notes");
    const done = await replaceSet(folder, set("index.html", "a.html", "md/a.md"));
    deepEqual(done, { written: 2, kept: [] });
    deepEqual(names(folder), [".git", ".handouts.json", "a.html", "index.html", "link", "md", "teacher"]);
    deepEqual(names(`${folder}/md`), ["a.md", "notes.txt"]);
    deepEqual(names(`${folder}/teacher`), ["mine.txt"]);
    deepEqual(names(`${folder}/.git`), ["objects"]);
    deepEqual(names(top), ["out"]);
  }));

Deno.test("replaceSet() leaves one set whole where two are written at once", () =>
  inFolder(async (folder) => {
    const sets = ["a", "b"].map((name) => set(...Array.from({ length: 200 }, (_, i) => `${name}/${i}`)));
    for (let i = 0; i < 5; i++) {
      await Promise.all(sets.map((files) => replaceSet(`${folder}/out`, files)));
      const [top, ...others] = names(`${folder}/out`).filter((name) => !name.startsWith("."));
      deepEqual([others, names(`${folder}/out/${top}`).length], [[], 200]);
    }
    await replaceSet(`${folder}/out`, sets[0]);
    deepEqual(names(folder), ["out"]);
  }));

Deno.test("replaceSet() replaces nobody else's file", () =>
  inFolder(async (top) => {
    const folder = `${top}/out`;
    Deno.mkdirSync(`${folder}/b.html`, { recursive: true });
    Deno.writeTextFileSync(`${folder}/index.html`, "mine");
    for (const name of ["index.html", "b.html", "index.html/below"]) {
      await rejects(
        replaceSet(folder, set("a.html", name)),
        /: it is none of our handouts, or [^.]*\. Move it away/,
      );
    }
    equal(Deno.readTextFileSync(`${folder}/index.html`), "mine");
    deepEqual(names(folder), ["b.html", "index.html"]);
    deepEqual(names(top), ["out"]);
  }));

Deno.test("replaceSet() counts what differs from what is there", () =>
  inFolder(async (top) => {
    const folder = `${top}/out`;
    const first = set("a.html", "b.html");
    await replaceSet(folder, first);
    const { written } = await replaceSet(folder, new Map([...first, ["b.html", "new"]]));
    equal(written, 1);
    equal(Deno.readTextFileSync(`${folder}/b.html`), "new");
  }));

Deno.test("replaceSet() neither removes nor replaces what somebody has worked in since, nor what lies with it", () =>
  inFolder(async (top) => {
    const folder = `${top}/out`;
    const first = set("ipynb/a.ipynb", "ipynb/b.ipynb", "ipynb/lib/mod.ts", "md/a.md", "index.html");
    await replaceSet(folder, first);
    Deno.writeTextFileSync(`${folder}/ipynb/a.ipynb`, "my answer");
    const changed = /a\.ipynb: [^.]* has been changed since it was written\. Move it away/;
    await rejects(replaceSet(folder, first), changed);
    for (let times = 0; times < 2; times++) {
      const { kept } = await replaceSet(folder, set("index.html", `${times}.html`));
      deepEqual(kept, ["ipynb/a.ipynb"]);
      equal(Deno.readTextFileSync(`${folder}/ipynb/a.ipynb`), "my answer");
      deepEqual(names(`${folder}/ipynb`), ["a.ipynb", "b.ipynb", "lib"]);
      deepEqual(names(folder), [".handouts.json", `${times}.html`, "index.html", "ipynb"]);
    }
    await rejects(replaceSet(folder, first), changed);
    Deno.renameSync(`${folder}/ipynb/a.ipynb`, `${top}/mine.ipynb`);
    await replaceSet(folder, first);
    deepEqual(names(`${folder}/ipynb`), ["a.ipynb", "b.ipynb", "lib"]);
  }));

Deno.test("replaceSet() knows its files again where its list is lost", () =>
  inFolder(async (top) => {
    const folder = `${top}/out`;
    const lose = () => Deno.removeSync(`${folder}/.handouts.json`);
    await replaceSet(folder, set("a/1", "a/2"));
    lose();
    deepEqual((await replaceSet(folder, set("a/1", "a/2"))).written, 0);
    lose();
    deepEqual((await replaceSet(folder, set("a/1", "a/2", "b"))).written, 1);
    await replaceSet(folder, set("b"));
    deepEqual([names(top), names(folder)], [["out"], [".handouts.json", "b"]]);
  }));

Deno.test("replaceSet() removes nothing that a forged list names outside of the folder", () =>
  inFolder(async (folder) => {
    Deno.writeTextFileSync(`${folder}/mine.txt`, "mine");
    Deno.mkdirSync(`${folder}/out`);
    Deno.writeTextFileSync(`${folder}/out/.handouts.json`, '{ "../mine.txt": "x", "a": 5, "/x": "y" }');
    await replaceSet(`${folder}/out`, set("a.html"));
    equal(Deno.readTextFileSync(`${folder}/mine.txt`), "mine");
  }));

Deno.test("replaceSet() follows a link to the folder", () =>
  inFolder(async (top) => {
    Deno.mkdirSync(`${top}/far`);
    Deno.symlinkSync(`${top}/far`, `${top}/out`);
    await replaceSet(`${top}/out`, set("a.html"));
    ok(Deno.lstatSync(`${top}/out`).isSymlink);
    deepEqual(names(`${top}/far`), [".handouts.json", "a.html"]);
  }));

Deno.test("replaceSet() refuses a folder that is a file, lies in one, or holds the project", () =>
  inFolder(async (folder) => {
    Deno.writeTextFileSync(`${folder}/file`, "x");
    await rejects(
      replaceSet(`${folder}/file`, set("a")),
      /: it is a file\. Choose another folder with --out\.$/,
    );
    await rejects(replaceSet(`${folder}/file/below`, set("a")), /file exists|not a directory/);
    Deno.symlinkSync("nowhere", `${folder}/lost`);
    await rejects(replaceSet(`${folder}/lost`, set("a")), /: not a directory\./);
    Deno.symlinkSync(Deno.cwd(), `${folder}/link`);
    for (const path of [".", "..", "/", `${folder}/link`]) {
      await rejects(replaceSet(path, set("a")), { name: "CourseError", message: / lies in it\. Choose/ });
    }
    equal(Deno.readTextFileSync(`${folder}/file`), "x");
  }));

testWith(
  noPermissions,
  "replaceSet() says so when the folder can't be written to",
  () =>
    inFolder(async (folder) => {
      Deno.chmodSync(folder, 0o500);
      await rejects(replaceSet(`${folder}/out`, set("a")), /permission denied/);
      Deno.chmodSync(folder, 0o700);
    }),
);

Deno.test("replaceSet() leaves nothing behind where a file can't be written", () =>
  inFolder(async (folder) => {
    await rejects(replaceSet(`${folder}/out`, set("a", "n".repeat(300))), { name: "CourseError" });
    deepEqual(names(folder), []);
  }));

Deno.test("replaceSet() leaves the old set where the new one can't take its place", () =>
  inFolder(async (top) => {
    const folder = `${top}/out`;
    await replaceSet(folder, set("a"));
    const rename = Deno.renameSync;
    Deno.renameSync = (from, to) => {
      if (to === folder) throw new Error("it is in use");
      rename(from, to);
    };
    try {
      await rejects(replaceSet(folder, set("b")), /Cannot write the handouts into .*: it is in use\./);
    } finally {
      Deno.renameSync = rename;
    }
    deepEqual([names(top), names(folder)], [["out"], [".handouts.json", "a"]]);
  }));

Deno.test("replaceSet() writes nothing outside of its folder", () =>
  inFolder(async (folder) => {
    for (const name of ["../a", "/a", "a//b", "a\\b", ""]) {
      await rejects(replaceSet(`${folder}/out`, set(name)), /is not a name inside the folder/);
    }
    deepEqual(names(folder), []);
  }));

/** A program that writes the sets A and B in turns, for ever. */
const writer = `
import { replaceSet } from ${JSON.stringify(import.meta.resolve("./folder.ts"))};
const names = Array.from({ length: 300 }, (_, i) => \`\${i % 7}/\${i}.html\`);
for (let turn = 0;; turn++) {
  await replaceSet(Deno.args[0], new Map(names.map((name) => [name, "AB"[turn % 2]])));
  if (turn === 0) Deno.writeTextFileSync(Deno.args[0] + "/3/mine.txt", "mine");
  console.log(turn);
}`;

Deno.test("replaceSet(), killed at any moment, leaves the old set or the new one, and the next run clears up", () =>
  inFolder(async (top) => {
    const folder = `${top}/out`;
    const program = `${top}/writer.ts`;
    Deno.writeTextFileSync(program, writer);
    const seen = new Set<string>();
    for (let times = 0; times < 12; times++) {
      const child = new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", program, folder],
        stdout: "piped",
        stderr: "inherit",
      }).spawn();
      const reader = child.stdout.getReader();
      for (let turns = 0; turns < 2; turns++) await reader.read();
      await new Promise((go) => setTimeout(go, times * 7));
      child.kill("SIGKILL");
      await child.status;
      await reader.cancel();

      const left = names(top).filter((name) => name.startsWith(".out"));
      const whole = names(top).includes("out") ? folder : `${top}/.out.old`;
      const contents = Array.from(
        { length: 300 },
        (_, i) => Deno.readTextFileSync(`${whole}/${i % 7}/${i}.html`),
      );
      equal(new Set(contents).size, 1, `a mixture, with ${left} beside`);
      for (const name of left) seen.add(name);

      await replaceSet(folder, new Map([["3/1.html", "C"]]));
      deepEqual(names(top), ["out", "writer.ts"]);
      deepEqual(names(folder), [".handouts.json", "3"]);
      deepEqual(names(`${folder}/3`), ["1.html", "mine.txt"]);
    }
    ok(seen.size > 0, "no kill came in the middle");
  }));

Deno.test("replaceSet() puts back an old set that was on its way when the run was killed", () =>
  inFolder(async (top) => {
    const folder = `${top}/out`;
    await replaceSet(folder, set("a/1", "a/2"));
    Deno.writeTextFileSync(`${folder}/a/mine.txt`, "mine");
    // Killed between the two renames.
    Deno.renameSync(folder, `${top}/.out.old`);
    Deno.mkdirSync(`${top}/.out.new`);
    await replaceSet(folder, set("a/1", "a/2", "b"));
    deepEqual(names(top), ["out"]);
    deepEqual(names(`${folder}/a`), ["1", "2", "mine.txt"]);
    // Killed before what is not ours has moved along.
    Deno.renameSync(folder, `${top}/.out.old`);
    Deno.mkdirSync(folder);
    Deno.writeTextFileSync(`${folder}/new`, "new");
    Deno.writeTextFileSync(`${folder}/.handouts.json`, "{}");
    await replaceSet(folder, set("c"));
    deepEqual(names(top), ["out"]);
    deepEqual(names(`${folder}/a`), ["mine.txt"]);
    deepEqual(names(folder), [".handouts.json", "a", "c", "new"]);
  }));
