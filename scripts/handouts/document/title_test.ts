import { equal } from "node:assert/strict";
import { buildDocument } from "./document.ts";
import { type CellSketch, notebook } from "../testdata/fixtures.ts";
import { titleBlock } from "./title.ts";

const find = (...cells: CellSketch[]) =>
  titleBlock(buildDocument(notebook(...cells), { name: "a", edition: "student" }))?.id;

Deno.test("titleBlock() finds what is left of the cell that the title came from", () => {
  equal(find({ markdown: "A badge" }, { markdown: "# A\n\nText" }, { markdown: "# B\n\nText" }), "cell-c2");
});

Deno.test("titleBlock() finds nothing where nothing is left, or there was no title", () => {
  equal(find({ markdown: "# A" }, { markdown: "# B\n\nText" }), undefined);
  equal(find({ markdown: "Text" }), undefined);
});
