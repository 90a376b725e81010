import assert from "node:assert/strict";
import { cellModule } from "./cells.ts";
import { notebookOf } from "../testdata/notebooks.ts";

Deno.test("cellModule() knows of each line which cell it comes from", () => {
  const { code, placeOf } = cellModule(notebookOf("const a = 1;", "const b = a;\nconsole.log(b);"));
  const line = code.split("\n").indexOf("console.log(b);") + 1;
  assert.deepEqual(placeOf(line), { cell: 2, line: 2 });
});

Deno.test("cellModule() leaves out text, and says nothing of lines of its own", () => {
  const notebook = notebookOf("1;");
  notebook.cells.unshift({ cell_type: "markdown", id: "text", metadata: {}, source: "Text." });
  const { code, placeOf } = cellModule(notebook);
  assert.ok(!code.includes("Text."));
  assert.equal(placeOf(1), undefined);
});
