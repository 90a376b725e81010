import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { CellError } from "./cell_error.ts";
import { readNotebook, writeNotebook } from "../notebook/notebook.ts";
import { partialPath, runFile } from "./run.ts";
import { notebookOf, outputsOf, printedBy, tempFolder } from "../testdata/notebooks.ts";

/** A folder with the notebook `ä b.ipynb` of these cells in it. */
async function folderWith(...sources: string[]) {
  const folder = tempFolder();
  const path = join(folder.path, "ä b.ipynb");
  await writeNotebook(path, notebookOf(...sources));
  const names = () => [...Deno.readDirSync(folder.path)].map(({ name }) => name).sort();
  return { path, names, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

Deno.test("runFile() writes outputs into the file", async () => {
  using folder = await folderWith("console.log('é')");
  await runFile(folder.path);
  assert.equal(printedBy(await readNotebook(folder.path), 1), "é\n");
  assert.deepEqual(folder.names(), ["ä b.ipynb"]);
});

Deno.test("runFile() leaves the file alone when a cell fails, and puts a marked partial one beside it", async () => {
  using folder = await folderWith("console.log(1)", "throw new Error('x')", "3");
  const before = Deno.readTextFileSync(folder.path);
  await assert.rejects(runFile(folder.path), (error) => {
    return error instanceof CellError &&
      error.message.endsWith(`what ran until then is in ${partialPath(folder.path)}.`);
  });
  assert.equal(Deno.readTextFileSync(folder.path), before);
  assert.deepEqual(folder.names(), ["ä b.ipynb", "ä b.partial.ipynb"]);
  const partial = await readNotebook(partialPath(folder.path));
  assert.deepEqual(partial.metadata.partial_run, { failed_cell: 2 });
  assert.match(partial.cells[0].source, /^\*\*This is a partial run\.\*\* It ended at cell 2/);
  assert.equal(printedBy(partial, 2), "1\n");
  assert.equal(outputsOf(partial, 3)[0].output_type, "error");
});

Deno.test("runFile() removes the partial notebook when a run succeeds", async () => {
  using folder = await folderWith("1");
  await writeNotebook(partialPath(folder.path), notebookOf());
  await runFile(folder.path);
  assert.deepEqual(folder.names(), [basename(folder.path)]);
});

Deno.test("runFile() writes nothing when it is stopped", async () => {
  using folder = await folderWith("await new Promise(() => {})");
  const before = Deno.readTextFileSync(folder.path);
  const controller = new AbortController();
  const onCell = () => void setTimeout(() => controller.abort(new Error("enough")), 50);
  await assert.rejects(runFile(folder.path, { signal: controller.signal, onCell }), /enough/);
  assert.equal(Deno.readTextFileSync(folder.path), before);
  assert.deepEqual(folder.names(), ["ä b.ipynb"]);
});
