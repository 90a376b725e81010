import assert from "node:assert/strict";
import { join } from "node:path";
import { keptFolder } from "./kept.ts";
import { tempFolder } from "../testdata/notebooks.ts";

Deno.test("keptFolder() takes away what nobody has used for a day, and nothing else", async () => {
  using folder = tempFolder();
  const old = new Date(Date.now() - 2 * 24 * 60 * 60 * 1000);
  const make = async (name: string) => {
    const path = await keptFolder(folder.path, name, () => Promise.resolve());
    Deno.utimeSync(path, old, old);
  };
  await make("used");
  await make("unused");
  await keptFolder(folder.path, "used", () => assert.fail("it is there"));
  await make("new");
  const names = [...Deno.readDirSync(folder.path)].map(({ name }) => name).sort();
  assert.deepEqual(names, ["new", "used"]);
  assert.equal(
    await keptFolder(folder.path, "new", () => assert.fail("it is there")),
    join(folder.path, "new"),
  );
});
