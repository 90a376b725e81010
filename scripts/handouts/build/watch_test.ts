import { equal } from "node:assert/strict";
import { join } from "node:path";
import { watchFolders } from "./watch.ts";
import { tempFolder } from "../../testdata/notebooks.ts";

Deno.test("watchFolders() tells once of several writes, and of notebooks only", async () => {
  using folder = tempFolder();
  const end = new AbortController();
  let calls = 0;
  const watching = watchFolders([folder.path], () => {
    calls++;
    end.abort();
    return Promise.resolve();
  }, end.signal);
  Deno.writeTextFileSync(join(folder.path, "notes.txt"), "x");
  for (const text of ["1", "2", "3"]) Deno.writeTextFileSync(join(folder.path, "a.ipynb"), text);
  await watching;
  equal(calls, 1);
});

Deno.test("watchFolders() ends at once when the signal was given before", async () => {
  using folder = tempFolder();
  await watchFolders([folder.path], () => Promise.reject(), AbortSignal.abort());
});
