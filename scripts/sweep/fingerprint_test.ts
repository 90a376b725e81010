import assert from "node:assert/strict";
import { join } from "node:path";
import { notebookOf, tempFolder } from "../testdata/notebooks.ts";
import { fingerprint } from "./fingerprint.ts";

Deno.test("fingerprint() changes with the notebook's code and tags, not with its text and outputs", () => {
  using folder = tempFolder();
  const of = (...cells: Parameters<typeof notebookOf>) => fingerprint(notebookOf(...cells), folder.path);
  const one = of("1");
  assert.notEqual(of("2"), one);
  assert.notEqual(of(["1", "real-time"]), one);
  const written = notebookOf("1");
  written.cells.push({ cell_type: "markdown", id: "text", metadata: {}, source: "Text." });
  written.cells[0] = { ...written.cells[0], execution_count: 7 } as typeof written.cells[0];
  assert.equal(fingerprint(written, folder.path), one);
});

Deno.test("fingerprint() changes with the library's code, not with its tests", () => {
  using folder = tempFolder();
  const of = () => fingerprint(notebookOf("1"), folder.path);
  const write = (name: string, text: string) => Deno.writeTextFileSync(join(folder.path, name), text);
  const empty = of();
  Deno.mkdirSync(join(folder.path, "plots"));
  write("plots/a.ts", "1");
  const one = of();
  assert.notEqual(one, empty);
  write("plots/a.ts", "2");
  assert.notEqual(of(), one);
  write("plots/a.ts", "1");
  write("a_test.ts", "1");
  assert.equal(of(), one);
});
