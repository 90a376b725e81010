import assert from "node:assert/strict";
import { cellModule } from "./cells.ts";
import { notebookOf } from "./testdata/notebook_of.ts";

Deno.test("cellModule() knows of each line which cell it comes from", () => {
  const { code, placeOf } = cellModule(notebookOf("const a = 1;", "const b = a;\nconsole.log(b);"));
  const line = code.split("\n").indexOf("console.log(b);") + 1;
  assert.deepEqual(placeOf(line), { cell: 4, line: 2 });
});

Deno.test("cellModule() leaves out text, and says nothing of lines of its own", () => {
  const { code, placeOf } = cellModule(notebookOf("1;"));
  assert.ok(!code.includes("Text."));
  assert.equal(placeOf(1), undefined);
});
