import assert from "node:assert/strict";
import { checkCellFormat } from "./format_cells.ts";
import { notebookOf } from "../testdata/notebooks.ts";

Deno.test("checkCellFormat() names the cell, and shows how it should be", async () => {
  const problems = await checkCellFormat([
    { path: "a/good.ipynb", notebook: notebookOf("const a = 1;", "", `const long = "${"x".repeat(80)}";`) },
    { path: "a/bad.ipynb", notebook: notebookOf("const a = 1;", "const  b=2") },
  ]);
  assert.deepEqual(problems, ["bad.ipynb, cell 2: deno fmt would write it so:\nconst b = 2;"]);
});
