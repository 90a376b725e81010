import assert from "node:assert/strict";
import { keptFolder } from "./kept.ts";
import { tempFolder } from "../testdata/notebooks.ts";

Deno.test("keptFolder() takes away what nobody has used for a day, and nothing else", async () => {
  using folder = tempFolder();
  const old = new Date(Date.now() - 2 * 24 * 60 * 60 * 1000);
  const make = (name: string) => keptFolder(folder.path, name, () => Promise.resolve());
  for (const path of [await make("used"), await make("unused")]) Deno.utimeSync(path, old, old);
  await make("used");
  await make("new");
  assert.deepEqual([...Deno.readDirSync(folder.path)].map(({ name }) => name).sort(), ["new", "used"]);
});
