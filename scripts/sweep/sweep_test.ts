import assert from "node:assert/strict";
import { join } from "node:path";
import { Interrupted } from "../common/interrupt.ts";
import { writeNotebook } from "../notebook/notebook.ts";
import { readAssignment } from "../parameters/assign.ts";
import { notebookOf, tempFolder } from "../testdata/notebooks.ts";
import { until } from "../testdata/until.ts";
import { parametersSource, reportSource, sweptNotebook } from "../testdata/swept.ts";
import { sweepNotebook } from "./sweep.ts";

/** A folder with a notebook to sweep; each point that runs `code` appends its `items` to the file `ran`. */
async function folderWith(code = "") {
  const folder = tempFolder();
  const path = join(folder.path, "a.ipynb");
  const note = "Deno.writeTextFileSync('ran', `${items} `, { append: true });";
  await writeNotebook(path, sweptNotebook(`${note}\n${code}`));
  const ran = () =>
    Deno.readTextFileSync(join(folder.path, "ran")).trim().split(" ").map(Number).sort((a, b) => a - b);
  const sweep = (given: string[], options: { out?: string; timeout?: number; signal?: AbortSignal } = {}) => {
    const { signal = new AbortController().signal, ...rest } = options;
    return sweepNotebook(path, new Map(given.map(readAssignment)), {
      out: join(folder.path, "runs"),
      timeout: 20,
      signal,
      ...rest,
    });
  };
  return { path, ran, sweep, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

Deno.test("sweepNotebook() runs every point until it reports, and writes a document, CSV and JSON", async () => {
  using folder = await folderWith();
  const { folder: written, results, reused } = await folder.sweep(["items=1..3", "seed=0..1"]);
  assert.deepEqual(results.map(({ outcome }) => outcome.ok && outcome.figures.total), [
    1,
    1.01,
    2,
    2.01,
    3,
    3.01,
  ]);
  assert.equal(reused, 0);
  assert(written.endsWith("a-sweep-items=1..3,seed=0..1"));
  assert.deepEqual([...Deno.readDirSync(written)].map(({ name }) => name).sort(), [
    "done.jsonl",
    "index.html",
    "points.csv",
    "points.json",
    "sweep.ipynb",
  ]);
  assert.match(Deno.readTextFileSync(join(written, "points.csv")), /^items,seed,name,status,/);
});

Deno.test("sweepNotebook() reports failures in their place: what throws, hangs, or ends the kernel", async () => {
  using folder = await folderWith(
    "if (items === 1) throw new Error('no luck'); if (items === 3) for (;;); if (items === 4) Deno.exit(7);",
  );
  const { results } = await folder.sweep(["items=1..5"], { timeout: 10 });
  assert.deepEqual(results.map(({ outcome }) => outcome.ok ? outcome.figures.total : outcome.error), [
    "cell 2 failed: Error: no luck",
    2.01,
    "cell 2 failed: it ran for longer than 10 s; look for a loop that does not end, or give it more with --timeout",
    "cell 2 failed: the kernel ended with exit code 7",
    5.01,
  ]);
});

Deno.test("sweepNotebook() refuses a notebook that cannot report anything", async () => {
  using folder = await folderWith();
  await writeNotebook(folder.path, notebookOf([parametersSource, "parameters"], "1"));
  const message = "Cannot sweep a.ipynb: no cell reports a run. " +
    "Add await report(run); below the experiment.";
  await assert.rejects(folder.sweep(["items=1..4"]), { message });
});

Deno.test("sweepNotebook() records that a point reported nothing, and runs the others", async () => {
  using folder = await folderWith();
  const code = `if (items === 2) throw new Error("no luck");\n${reportSource}`;
  const cell = [code, "raises-exception"] as [string, string];
  await writeNotebook(folder.path, notebookOf([parametersSource, "parameters"], cell));
  const { results } = await folder.sweep(["items=1..3"]);
  assert.deepEqual(results.map(({ outcome }) => outcome.ok || outcome.error), [
    true,
    "no cell reported a run",
    true,
  ]);
});

Deno.test("sweepNotebook() runs no skipped cell, and does not count it as one that reports", async () => {
  using folder = await folderWith();
  const skipped = ["throw new Error('skipped');", "skip-execution"] as [string, string];
  await writeNotebook(folder.path, notebookOf([parametersSource, "parameters"], skipped, reportSource));
  const [{ outcome }] = (await folder.sweep(["items=1"])).results;
  assert(outcome.ok);
  const reports = [reportSource, "skip-execution"] as [string, string];
  await writeNotebook(folder.path, notebookOf([parametersSource, "parameters"], reports));
  await assert.rejects(folder.sweep(["items=1"]), /no cell reports a run/);
});

Deno.test("sweepNotebook() resumes an interrupted sweep", async () => {
  using folder = await folderWith("await new Promise((go) => setTimeout(go, 30));");
  const controller = new AbortController();
  const stopped = folder.sweep(["items=10..40"], { signal: controller.signal }).catch((error) => error);
  const ran = () => Deno.readTextFile(join(folder.path, "..", "ran")).catch(() => "");
  await until(async () => (await ran()).split(" ").length > 6);
  controller.abort(new Interrupted("SIGINT", 130));
  const { message } = await stopped;
  const told =
    /^Interrupted by SIGINT\. (\d+) of 31 points are kept in .*; the same command goes on from there\.$/;
  const kept = Number(told.exec(message)?.[1]);
  assert(kept >= 3 && kept < 31, message);
  const { results, reused } = await folder.sweep(["items=10..40"]);
  assert.equal(reused, kept);
  assert(results.every(({ outcome }) => outcome.ok));
  const again = folder.ran().filter((items, i, all) => all[i - 1] === items);
  assert(again.length <= navigator.hardwareConcurrency, `${again} ran twice`);
});

Deno.test("sweepNotebook() writes the same bytes after an interruption, and runs nothing twice", async () => {
  using folder = await folderWith();
  const read = (written: string) =>
    ["index.html", "points.csv", "points.json", "sweep.ipynb"].map((name) =>
      Deno.readTextFileSync(join(written, name))
    );
  const first = await folder.sweep(["items=1..4"]);
  const files = read(first.folder);
  const lines = Deno.readTextFileSync(join(first.folder, "done.jsonl")).split("\n");
  Deno.writeTextFileSync(
    join(first.folder, "done.jsonl"),
    lines.slice(0, 2).join("\n") + "\n" + lines[2].slice(0, 50),
  );
  const second = await folder.sweep(["items=1..4"]);
  assert.equal(second.reused, 2);
  assert.deepEqual(read(second.folder), files);
  assert.equal(folder.ran().length, 6);
});

Deno.test("sweepNotebook() keeps the results of another notebook of the same name", async () => {
  using folder = await folderWith();
  const out = join(folder.path, "..", "runs");
  const first = await folder.sweep(["items=1..2"]);
  const before = Deno.readTextFileSync(join(first.folder, "points.csv"));
  using other = await folderWith("// another");
  const second = await other.sweep(["items=1..2"], { out });
  assert(second.folder.endsWith("a-2-sweep-items=1..2"), second.folder);
  assert.equal(Deno.readTextFileSync(join(first.folder, "points.csv")), before);
  assert.deepEqual([
    (await folder.sweep(["items=1..2"])).reused,
    (await other.sweep(["items=1..2"], { out })).reused,
  ], [2, 2]);
});

Deno.test("sweepNotebook() runs all points again if the notebook's code has changed", async () => {
  using folder = await folderWith();
  await folder.sweep(["items=1..2"]);
  await writeNotebook(folder.path, sweptNotebook("// other"));
  assert.equal((await folder.sweep(["items=1..2"])).reused, 0);
});

const faults: [given: string[], notebook: ReturnType<typeof notebookOf> | undefined, message: RegExp][] = [
  [
    ["produces=1..2"],
    undefined,
    /^Cannot set produces: a\.ipynb has no such parameter\. It has items, seed, name\.$/,
  ],
  [
    ["items=5..1"],
    undefined,
    /^Cannot sweep items over 5\.\.1: it is not a range\. Write one from [^\n]* as 1\.\.5,/,
  ],
  [["items=1..2000000"], undefined, /^Cannot sweep items over 1\.\.2000000: that is 2000000 values/],
  [
    ["items=1..2"],
    notebookOf("1"),
    /^Cannot set parameters of a\.ipynb: it has no cell tagged "parameters"\./,
  ],
];
for (const [given, notebook, message] of faults) {
  Deno.test(`sweepNotebook() refuses ${given}${notebook ? " of another notebook" : ""} before it runs anything`, async () => {
    using folder = await folderWith();
    if (notebook) await writeNotebook(folder.path, notebook);
    await assert.rejects(folder.sweep(given), (error: Error) => {
      return message.test(error.message) && !error.message.includes("\n");
    });
    assert.throws(() => folder.ran());
  });
}
