import assert from "node:assert/strict";
import { checkCellFormat, checkCells } from "./check_cells.ts";
import { notebookOf } from "../testdata/notebooks.ts";

Deno.test("checkCells() names notebook, cell and line of a type error", async () => {
  const good = { path: "a/good.ipynb", notebook: notebookOf("const fine = 1;") };
  const bad = {
    path: "b/bad.ipynb",
    notebook: notebookOf("const one = 1;", 'console.log(one);\nconst two: number = "two";'),
  };
  const problems = await checkCells([good, bad]);
  assert.equal(problems.length, 1, problems.join("\n"));
  assert.match(
    problems[0],
    /^bad\.ipynb, cell 2, line 2: Type 'string' is not assignable to type 'number'\. \(TS2322\)$/,
  );
});

Deno.test("checkCells() reports what the linter finds, except unused variables", async () => {
  const notebook = notebookOf("const unused = 1;", "async function f() {\n  return 1;\n}");
  const problems = await checkCells([{ path: "lint.ipynb", notebook }]);
  assert.equal(problems.length, 1, problems.join("\n"));
  assert.match(problems[0], /^lint\.ipynb, cell 2, line 1: .*'f' has no 'await'.* \(require-await\)$/);
});

Deno.test("checkCells() reports a missing module once, without the name of its own folder", async () => {
  const notebook = notebookOf('import { x } from "none-such";\nconsole.log(x);');
  const problems = await checkCells([{ path: "a.ipynb", notebook }]);
  assert.equal(problems.length, 1, problems.join("\n"));
  assert.match(
    problems[0],
    /^a\.ipynb, cell 1, line 1: Import "none-such" not a dependency[^\/]* \(TS2307\)$/,
  );
});

Deno.test("checkCells() resolves the library's bare name", async () => {
  const source = 'import { Queue } from "@course/lib";\nconst item: number = new Queue<number>().get();';
  const problems = await checkCells([{ path: "lib.ipynb", notebook: notebookOf(source) }]);
  assert.match(problems.join("\n"), /^lib\.ipynb, cell 1, line 2: .*Future<number>.* \(TS2322\)$/);
});

Deno.test("checkCellFormat() names the cell, and shows how it should look", async () => {
  const problems = await checkCellFormat([
    { path: "a/good.ipynb", notebook: notebookOf("const a = 1;", "", `const long = "${"x".repeat(80)}";`) },
    { path: "a/bad.ipynb", notebook: notebookOf("const a = 1;", "const  b=2") },
  ]);
  assert.deepEqual(problems, ["bad.ipynb, cell 2: deno fmt would format it as\nconst b = 2;"]);
});
