import assert from "node:assert/strict";
import { cellModule } from "./cells.ts";
import { notebookOf } from "../testdata/notebooks.ts";

Deno.test("cellModule() maps each line to its cell", () => {
  const { code, lines } = cellModule(notebookOf("const a = 1;", "const b = a;\nconsole.log(b);"));
  const line = code.split("\n").indexOf("console.log(b);");
  assert.equal(lines[line].place, "cell 2, line 2");
});

Deno.test("cellModule() leaves out text, and gives its own lines no place", () => {
  const notebook = notebookOf("1;");
  notebook.cells.unshift({ cell_type: "markdown", id: "text", metadata: {}, source: "Text." });
  const { code, lines } = cellModule(notebook);
  assert.ok(!code.includes("Text."));
  assert.equal(lines[0].place, undefined);
});
