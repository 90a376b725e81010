import assert from "node:assert/strict";
import { notebookOf } from "../testdata/notebooks.ts";
import { checkCells } from "./check_cells.ts";
import portable from "./portable.ts";

/** Returns the findings in code, each as a line number and a message. */
function broken(code: string): string[] {
  return Deno.lint.runPlugin(portable, "cell.ts", code).map(({ message, range }) =>
    `${code.slice(0, range[0]).split("\n").length} ${message}`
  );
}

const examples: Record<string, string[]> = {
  "import.meta": ["console.log(import.meta.url)"],
  "this import": [
    ...['import { a } from "./a.ts"', 'await import("../b")', 'import "/c.ts"'],
    ...['import a from "npm:a"', 'await import("https://a.b/c.ts")', 'import * as a from "tslab"'],
  ],
  "for await, or await of an immediately called function": [
    "await (async () => 1)()",
    "const a = await (async function () {})()",
    "for await (const a of b) c(a)",
  ],
  using: ["using a = b()", "async function c() { await using a = b(); }"],
  export: ["export const a = 1", "export {}"],
  "Deno, process, require": [
    ...["Deno.cwd()", "const { cwd } = Deno", "typeof Deno"],
    ...["process.exit()", "console.log({ process })", 'const a = require("a")'],
  ],
};

Deno.test("portable.ts finds code that only one kernel can run", () => {
  for (const [what, codes] of Object.entries(examples)) {
    for (const code of codes) {
      const found = broken(`\n${code}`);
      assert.equal(found.length, 1, code);
      assert(found[0].startsWith(`2 ${what}: `), found[0]);
    }
  }
});

Deno.test("portable.ts finds nothing in code that both kernels can run", () => {
  for (
    const code of [
      'import { show } from "@course/lib"; import fs from "node:fs";',
      "async function a() { for await (const b of c) d(b); await (async () => 1)(); }",
      "const a = async () => 1; await a();",
      "a.Deno; a.process; ({ process: 1, Deno: 2 }); 'Deno'; // Deno",
      "const using = 1; console.log(using);",
    ]
  ) assert.deepEqual(broken(code), [], code);
});

Deno.test("checkCells() names notebook, cell, line and reason of code that only one kernel can run", async () => {
  const notebook = notebookOf("console.log(1);", "console.log(2);\nDeno.cwd();");
  assert.deepEqual(await checkCells([{ path: "a/b.ipynb", notebook }]), [
    "b.ipynb, cell 2, line 2: Deno, process, require: they differ between the kernels; use lib and import",
  ]);
});
