import assert from "node:assert/strict";
import { broken, notPortable, rules } from "./portable.ts";
import { notebookOf } from "../testdata/notebooks.ts";

const of = (code: string) => broken(code).map(({ rule, line }) => `${rule.what} ${line}`);

const examples: Record<string, string[]> = {
  "import.meta": ["console.log(import.meta.url)"],
  "a relative import": ['import { a } from "./a.ts"', 'await import("../b")', 'import "/c.ts"'],
  "an import by https:, jsr: or npm:": ['import a from "npm:a"', 'await import("https://a.b/c.ts")'],
  "await of a function that is called where it is written": [
    "await (async () => 1)()",
    "const a = await (async function () {})()",
  ],
  "for await outside of a function": ["for await (const a of b) c(a)"],
  using: ["using a = b()", "async function c() { await using a = b(); }"],
  export: ["export const a = 1", "export {}"],
  Deno: ["Deno.cwd()", "const { cwd } = Deno", "typeof Deno"],
  process: ["process.exit()", "console.log({ process })"],
  require: ['const a = require("a")'],
  tslab: ['import * as a from "tslab"'],
};

Deno.test("each rule of portable.ts finds what it is for", () => {
  assert.deepEqual(rules.map((rule) => rule.what), Object.keys(examples));
  for (const [what, codes] of Object.entries(examples)) {
    for (const code of codes) assert.deepEqual(of(`\n${code}`), [`${what} 2`], code);
  }
});

Deno.test("no rule of portable.ts finds what both kernels run", () => {
  for (
    const code of [
      'import { show } from "@course/lib"; import fs from "node:fs";',
      "async function a() { for await (const b of c) d(b); await (async () => 1)(); }",
      "const a = async () => 1; await a();",
      "a.Deno; a.process; ({ process: 1, Deno: 2 }); 'Deno'; // Deno",
      "const using = 1; console.log(using);",
      "this is no TypeScript (",
    ]
  ) assert.deepEqual(of(code), [], code);
});

Deno.test("notPortable() names notebook, cell, line and reason", () => {
  const [problem] = notPortable([{ path: "a/b.ipynb", notebook: notebookOf("1", "2\nDeno.cwd()") }]);
  assert.equal(
    problem,
    "b.ipynb, cell 2, line 2: Deno: there is none under tslab, which runs on Node; lib does what the course needs",
  );
});
