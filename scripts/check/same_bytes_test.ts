import assert from "node:assert/strict";
import { executeNotebook } from "../run/execute.ts";
import { formatNotebook, type Notebook, parseNotebook } from "../notebook/notebook.ts";
import { differences } from "./same_bytes.ts";
import { notebookOf } from "../testdata/notebooks.ts";

const runAgain = async (path: string, notebook: Notebook) =>
  differences(path, notebook, (await executeNotebook(notebook)).notebook);

Deno.test("differences() finds nothing where a notebook gives its outputs again", async () => {
  const executed = await executeNotebook(notebookOf("console.log(1);", "2 + 2"));
  const notebook = parseNotebook(formatNotebook(executed.notebook), "same.ipynb");
  assert.deepEqual(await runAgain("same.ipynb", notebook), []);
});

Deno.test("differences() names the cell whose output differs", async () => {
  const { notebook } = await executeNotebook(notebookOf("console.log(1);", "console.log(Math.random());"));
  const [problem] = await runAgain("notebooks/x.ipynb", notebook);
  assert.equal(problem, "x.ipynb, cell 2: output 1 differs from the committed one");
});

Deno.test("differences() passes over cells that are tagged real-time", async () => {
  const { notebook } = await executeNotebook(notebookOf("console.log(Math.random());"));
  notebook.cells[0].metadata.tags = ["real-time"];
  assert.deepEqual(await runAgain("x.ipynb", notebook), []);
});

Deno.test("differences() says that a notebook was never run", async () => {
  const [problem, wayOut] = await runAgain("x.ipynb", notebookOf("1"));
  assert.equal(problem, "x.ipynb, cell 1: it was never run");
  assert.match(wayOut, /deno task run x\.ipynb/);
});
