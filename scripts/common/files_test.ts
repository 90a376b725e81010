import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CourseError } from "./errors.ts";
import { fileStem, reasonOf, writeWhole } from "./files.ts";
import { noPermissions, testWith } from "../testdata/needs.ts";
import { tempFolder } from "../testdata/notebooks.ts";

const namesIn = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name);

Deno.test("writeWhole() writes text and bytes, and leaves nothing else behind", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "a.txt");
  await writeWhole(path, "first");
  await writeWhole(path, new TextEncoder().encode("é"));
  assert.equal(Deno.readTextFileSync(path), "é");
  assert.deepEqual(namesIn(folder.path), ["a.txt"]);
});

Deno.test("writeWhole() writes a file whose name is as long as the file system allows", async () => {
  using folder = tempFolder();
  const name = "長".repeat(85);
  await writeWhole(join(folder.path, name), "x");
  assert.deepEqual(namesIn(folder.path), [name]);
  await assert.rejects(
    writeWhole(join(folder.path, `${name}n`), "x"),
    /: file name too long\. Choose another place/,
  );
});

Deno.test("reasonOf() leaves codes and paths out of a system error's message", async () => {
  if (Deno.build.os === "windows") return;
  using folder = tempFolder();
  const path = join(folder.path, "link");
  Deno.symlinkSync(path, path);
  for (const read of [() => Deno.readTextFile(path), () => readFile(path)]) {
    await assert.rejects(read as () => Promise<unknown>, (error) => {
      return /^too many (levels of symbolic links|symbolic links encountered)$/i.test(reasonOf(error));
    });
  }
});

Deno.test("writeWhole() keeps permissions, and a link a link", async () => {
  if (Deno.build.os === "windows") return;
  using folder = tempFolder();
  const [path, link] = [join(folder.path, "a.txt"), join(folder.path, "link")];
  Deno.writeTextFileSync(path, "old", { mode: 0o640 });
  Deno.symlinkSync(path, link);
  await writeWhole(link, "new");
  assert.equal(Deno.readTextFileSync(path), "new");
  assert.equal(Deno.statSync(path).mode! & 0o777, 0o640);
  assert(Deno.lstatSync(link).isSymlink);
});

Deno.test("writeWhole() says that the folder is missing, or that the path is a folder", async () => {
  using folder = tempFolder();
  await assert.rejects(
    writeWhole(join(folder.path, "none", "a.txt"), "x"),
    (error) =>
      error instanceof CourseError &&
      /: no such file or directory\. Choose another place/.test(error.message),
  );
  await assert.rejects(writeWhole(folder.path, "x"), {
    message: `Cannot write ${folder.path}: is a directory. Choose another place, or make it writable.`,
  });
});

testWith(noPermissions, "writeWhole() says that it may not write", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "a.txt");
  Deno.writeTextFileSync(path, "old");
  Deno.chmodSync(folder.path, 0o500);
  try {
    await assert.rejects(
      writeWhole(path, "new"),
      /: permission denied\. Choose another place, or make it writable\.$/,
    );
    assert.deepEqual(namesIn(folder.path), ["a.txt"]);
    assert.equal(Deno.readTextFileSync(path), "old");
  } finally {
    Deno.chmodSync(folder.path, 0o700);
  }
});

Deno.test("writeWhole() leaves no file behind when the last step fails", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "a.txt");
  const rename = Deno.rename;
  Deno.rename = () => Promise.reject(new Error("the disk is full"));
  try {
    await assert.rejects(writeWhole(path, "x"), /a\.txt: the disk is full\. Choose another place/);
  } finally {
    Deno.rename = rename;
  }
  assert.deepEqual(namesIn(folder.path), []);
});

Deno.test("fileStem() removes folders, the extension and unsafe characters", () => {
  assert.equal(fileStem("notebooks/03-awaiting.ipynb"), "03-awaiting");
  assert.equal(fileStem('a"<b>:c?.ipynb'), "a-b-c-");
  assert.equal(fileStem("../..ipynb"), "notebook");
  assert.equal(fileStem("été à l'école.ipynb"), "été à l'école");
  assert(new TextEncoder().encode(fileStem("長".repeat(300))).length <= 200);
});
