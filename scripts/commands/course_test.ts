import assert from "node:assert/strict";
import { notebookOf } from "../testdata/notebooks.ts";
import { tableOf } from "./handouts.ts";

Deno.test("course tells the cells and the seconds of each notebook, and their sum", () => {
  const run = (name: string, seconds: number, ...sources: string[]) => ({
    name,
    executed: { notebook: notebookOf(...sources), seconds, cellSeconds: new Map() },
  });
  assert.equal(
    tableOf([run("a.ipynb", 1, "1"), run("b.ipynb", 10.5, "1", "2")]),
    [
      "notebook                     cells  kernel time",
      "a.ipynb                          1       1.00 s",
      "b.ipynb                          2      10.50 s",
      "sum (they ran side by side)      3      11.50 s",
    ].join("\n"),
  );
});
