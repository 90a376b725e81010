import assert from "node:assert/strict";
import { join } from "node:path";
import { printed } from "../../lib/testdata/testing.ts";
import { writeNotebook } from "../notebook/notebook.ts";
import { executeNotebook } from "../run/execute.ts";
import { notebookOf, tempFolder } from "../testdata/notebooks.ts";
import { checkNotebooks } from "./check.ts";

Deno.test("check continues with the other notebooks if some are broken, and says which it has checked", async () => {
  using folder = tempFolder();
  const metadata = { kernelspec: { language: "typescript", name: "deno", display_name: "Deno" } };
  const write = async (name: string, ...cells: Parameters<typeof notebookOf>) => {
    const { notebook } = await executeNotebook({ ...notebookOf(...cells), metadata });
    const path = join(folder.path, name);
    await writeNotebook(path, notebook);
    return path;
  };
  const cut = join(folder.path, "cut.ipynb");
  Deno.writeTextFileSync(cut, '{"cells": [');
  const merged = join(folder.path, "merged.ipynb");
  Deno.writeTextFileSync(merged, '{\n "cells": [\n<<<<<<< HEAD\n');
  const paths = [
    cut,
    merged,
    await write("good.ipynb", "const one = 1;\nconsole.log(one);"),
    await write("throws.ipynb", ['throw new Error("no luck");', "raises-exception"]),
    await write("types.ipynb", 'const one: number = "one";', ["console.log(1);", "solutoin"]),
    await write("syntax.ipynb", ["const = 1;", "raises-exception"]),
    await write("parameters.ipynb", ["const sum = 1 + 2;", "parameters"]),
    await write("random.ipynb", "console.log(Math.random());"),
  ];
  const throws = Deno.readTextFileSync(paths[3]);
  Deno.writeTextFileSync(paths[3], throws.replace('"raises-exception"', '"other"'));
  let checks: boolean[] = [];
  const { lines } = await printed(async () => {
    checks = await checkNotebooks(paths, AbortSignal.timeout(60_000));
  });
  const said = lines.join("\n");
  assert.deepEqual(checks, [false, true, false, false, true, false], said);
  for (
    const line of [
      /^FAILED {2}notebooks: nbformat 4 and syntax .*\n +Cannot read .*cut\.ipynb: it ends too early/m,
      /^ok {6}notebooks: format of their cells, in the 5 of 8 that can be read \(/m,
      /^ +Cannot read .*merged\.ipynb: it contains an unresolved git merge conflict\./m,
      /^ +types\.ipynb, cell 1, line 1: Type .* \(TS2322\)$/m,
      /^ +Cannot read the parameters of parameters\.ipynb, cell 1, line 1: "const sum = 1 \+ 2;"/m,
      /^ +syntax\.ipynb, cell 1, line 1: /m,
      /^ +types\.ipynb, cell 2 has the tag solutoin, which does nothing: is solution meant\?$/m,
      /^ +random\.ipynb, cell 1: output 1 differs from the committed one$/m,
      /^ +.*throws\.ipynb.*no luck/m,
    ]
  ) assert.match(said, line);
  assert.doesNotMatch(said, /good\.ipynb/);
});

Deno.test("check stops when it is interrupted", async () => {
  const ended = AbortSignal.abort(new Error("enough"));
  const { lines } = await printed(() => assert.rejects(checkNotebooks([], ended), /enough/));
  assert.deepEqual(lines, []);
});
