import assert from "node:assert/strict";
import { join } from "node:path";
import { cachedFolder } from "./cache.ts";
import { tempFolder } from "../testdata/notebooks.ts";

Deno.test("cachedFolder() removes only folders that have not been used for a day", async () => {
  using folder = tempFolder();
  const old = new Date(Date.now() - 2 * 24 * 60 * 60 * 1000);
  const make = (name: string) => cachedFolder(folder.path, name, () => Promise.resolve());
  for (const path of [await make("used"), await make("unused")]) Deno.utimeSync(path, old, old);
  await make("used");
  await make("new");
  assert.deepEqual([...Deno.readDirSync(folder.path)].map(({ name }) => name).sort(), ["new", "used"]);
});

Deno.test("cachedFolder() says in a sentence that its folder cannot be created", async () => {
  using folder = tempFolder();
  const parent = join(folder.path, "file");
  Deno.writeTextFileSync(parent, "");
  await assert.rejects(cachedFolder(parent, "made", () => Promise.resolve()), {
    name: "CourseError",
    message: `Cannot write into the folder ${parent}: file exists. ` +
      "Make the course's folder writable, or work in a copy of it.",
  });
});
