import { deepEqual, equal, ok } from "node:assert/strict";
import { join } from "node:path";
import { executeNotebook } from "../../run/execute.ts";
import { root } from "../../common/project.ts";
import { notebookOf, printedBy, tempFolder } from "../../testdata/notebooks.ts";
import { replaceSet } from "../build/folder.ts";
import { supplies } from "./supplies.ts";

const lesson = 'import { EventLoop, sleep, timeline } from "@course/lib";';
const { imports } = JSON.parse(Deno.readTextFileSync(join(root, "deno.json")));

Deno.test("supplies() holds nothing for notebooks that import nothing of the project's", () => {
  deepEqual([...supplies(["1 + 1", 'import { join } from "node:path";'])], []);
  deepEqual([...supplies(['import * as own from "../lib/own";', 'import "../lib/loop.ts";'])], []);
});

Deno.test("supplies() pins what the library imports as the project does", () => {
  const pinned = JSON.parse(supplies([lesson]).get("deno.json")!).imports;
  deepEqual(Object.keys(pinned).slice(0, 2), ["@course/lib", "@observablehq/plot"]);
  for (const [name, version] of Object.entries(pinned)) equal(version, imports[name]);
  ok(!("playwright-core" in pinned));
});

Deno.test("supplies() takes a package that a notebook alone imports", () => {
  const files = supplies(['const { parse } = await import("yaml");']);
  deepEqual([...files], [["deno.json", JSON.stringify({ imports: { yaml: imports.yaml } }, null, 2) + "\n"]]);
});

Deno.test("supplies() copies the library without its tests, in one order", () => {
  const names = [...supplies([lesson]).keys()].slice(1);
  ok(names.includes("lib/mod.ts") && names.includes("lib/plots/timeline.ts"));
  deepEqual(names.filter((name) => /test/.test(name)), []);
  deepEqual(names, [...names].sort());
});

Deno.test("supplies() lets a notebook run in a folder of its own", async () => {
  using folder = tempFolder();
  await replaceSet(folder.path, supplies([lesson]));
  const source =
    `${lesson}\nconst loop = new EventLoop();\nloop.runUntilComplete(loop.createTask(sleep, 2));\n` +
    "console.log(typeof timeline);";
  const { notebook } = await executeNotebook(notebookOf(source), { path: join(folder.path, "a.ipynb") });
  equal(printedBy(notebook, 1), "function\n");
});
