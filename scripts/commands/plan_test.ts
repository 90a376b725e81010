import assert from "node:assert/strict";
import { join } from "node:path";
import { CellError } from "../run/cell_error.ts";
import { readNotebook, writeNotebook } from "../notebook/notebook.ts";
import { readAssignment } from "../parameters/assign.ts";
import { planRun, runPlanned } from "./plan.ts";
import { notebookOf, printedBy, tempFolder } from "../testdata/notebooks.ts";

const source = 'const items: number = 2; // whole, 1 to 9: items\nconst name: string = "a";';

/** Returns a folder with the notebook `a.ipynb`, whose last cell is `code`. */
async function folderWith(code: string) {
  const folder = tempFolder();
  const path = join(folder.path, "a.ipynb");
  await writeNotebook(path, notebookOf([source, "parameters"], code));
  const out = join(folder.path, "runs");
  const runs = () => [...Deno.readDirSync(out)].map(({ name }) => name).sort();
  const plan = (given: string[], file = {}) =>
    planRun(path, new Map([...Object.entries(file), ...given.map(readAssignment)]), out);
  return { path, out, runs, plan, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

Deno.test("runPlanned() writes the notebook and its page, named for what changed, and leaves the original", async () => {
  using folder = await folderWith("console.log(items, name);");
  const before = Deno.readTextFileSync(folder.path);
  const plan = await folder.plan(["items=3"], { name: "b" });
  const { place } = plan;
  await runPlanned(plan);
  assert.equal(Deno.readTextFileSync(folder.path), before);
  assert.deepEqual(folder.runs(), ["a-items=3,name=b.html", "a-items=3,name=b.ipynb"]);
  const notebook = await readNotebook(`${place}.ipynb`);
  assert.equal(printedBy(notebook, 3), "3 b\n");
  assert.deepEqual((notebook.metadata.papermill as { parameters: unknown }).parameters, {
    name: "b",
    items: 3,
  });
  const html = Deno.readTextFileSync(`${place}.html`);
  assert(html.includes("This run has items = 3, name = b. The text was written for items = 2, name = a."));
  assert(html.includes("3 b") && !html.includes('href="index.html"'));
});

Deno.test("runPlanned() writes no path of this machine", async () => {
  using folder = await folderWith("1");
  const plan = await folder.plan(["items=3"]);
  await runPlanned(plan);
  assert(!Deno.readTextFileSync(`${plan.place}.ipynb`).includes(folder.out));
  assert(!Deno.readTextFileSync(`${plan.place}.html`).includes(folder.out));
});

Deno.test("runPlanned() keeps a partial notebook when a cell fails, and removes it after a successful run", async () => {
  using folder = await folderWith("console.log('on'); Deno.statSync('mended');");
  await assert.rejects(runPlanned(await folder.plan(["items=6"])), (error) => {
    return error instanceof CellError && error.message.includes("a-items=6.partial.ipynb");
  });
  assert.deepEqual(folder.runs(), ["a-items=6.partial.ipynb"]);
  const partial = await readNotebook(join(folder.out, "a-items=6.partial.ipynb"));
  assert.match(partial.cells[0].source, /This is a partial run/);
  assert.equal(printedBy(partial, 4), "on\n");
  Deno.writeTextFileSync(join(folder.path, "../mended"), "");
  await runPlanned(await folder.plan(["items=6"]));
  assert.deepEqual(folder.runs(), ["a-items=6.html", "a-items=6.ipynb"]);
});

Deno.test("runPlanned() says that it cannot create the folder", async () => {
  using folder = await folderWith("1");
  Deno.writeTextFileSync(folder.out, "");
  await assert.rejects(runPlanned(await folder.plan(["items=3"])), {
    message: `Cannot write into the folder ${folder.out}: file exists. Choose another with --out.`,
  });
});

Deno.test("planRun() distinguishes lists whose strings contain commas", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "a.ipynb");
  await writeNotebook(path, notebookOf(['const names = ["a"];', "parameters"]));
  const [one, other] = await Promise.all(['["a,b"]', '["a","b"]'].map(async (names) => {
    return (await planRun(path, new Map([["names", names]]), folder.path)).place;
  }));
  assert.notEqual(one, other);
});
