import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { CellError } from "./cell_error.ts";
import { formatNotebook, readNotebook, writeNotebook } from "../notebook/notebook.ts";
import { partialPath, runFile } from "./run.ts";
import { root } from "../common/project.ts";
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

Deno.test("runFile() keeps the file if a cell fails, and writes a marked partial one beside it", async () => {
  using folder = await folderWith("console.log(1)", "throw new Error('x')", "3");
  const before = Deno.readTextFileSync(folder.path);
  await assert.rejects(runFile(folder.path), (error) => {
    return error instanceof CellError &&
      error.message.endsWith(`what ran until then is in ${partialPath(folder.path)}.`);
  });
  assert.equal(Deno.readTextFileSync(folder.path), before);
  assert.deepEqual(folder.names(), ["ä b.ipynb", "ä b.partial.ipynb"]);
  const partial = await readNotebook(partialPath(folder.path));
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

Deno.test("runFile() does not overwrite a notebook saved during the run", async () => {
  using folder = await folderWith(
    "Deno.writeTextFileSync('ä b.ipynb', Deno.readTextFileSync('new'));\n'ran'",
  );
  const saved = formatNotebook(notebookOf("'mine'"));
  Deno.writeTextFileSync(join(folder.path, "..", "new"), saved);
  await assert.rejects(runFile(folder.path), {
    message: `${folder.path} was changed while it ran, and stays as it is now. ` +
      `What ran is in ${partialPath(folder.path)}; run it again.`,
  });
  assert.equal(Deno.readTextFileSync(folder.path), saved);
  assert.match(JSON.stringify(outputsOf(await readNotebook(partialPath(folder.path)), 1)), /ran/);
});

Deno.test("runFile() runs a notebook of format 4.2, and keeps the format", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "a.ipynb");
  Deno.copyFileSync(join(root, "scripts/notebook/testdata/vscode-new-4.2.ipynb"), path);
  await runFile(path);
  const text = Deno.readTextFileSync(path);
  assert.match(
    text,
    /^\{\n "cells": \[\n {2}\{\n {3}"cell_type": "markdown",\n {3}"metadata": \{\},\n {3}"source": "# VS Code"/,
  );
  assert.deepEqual([JSON.parse(text).nbformat_minor, text.includes('"id"')], [2, false]);
});

Deno.test("runFile() leaves a cell tagged skip-execution unchanged", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "a.ipynb");
  Deno.copyFileSync(join(import.meta.dirname!, "testdata", "run-skip-execution.ipynb"), path);
  const before = (await readNotebook(path)).cells;
  await runFile(path);
  assert.deepEqual((await readNotebook(path)).cells, before);
});

Deno.test(
  "runFile() reports before the run that it cannot write",
  { ignore: Deno.build.os !== "linux" },
  async () => {
    using folder = await folderWith("Deno.writeTextFileSync('ran', '')");
    await assert.rejects(
      runFile(folder.path, { output: "/proc/a.ipynb" }),
      /^CourseError: Cannot write \/proc\/a\.ipynb: /,
    );
    assert.deepEqual(folder.names(), ["ä b.ipynb"]);
  },
);
