import assert from "node:assert/strict";
import { join } from "node:path";
import { notebookOf, tempFolder } from "../testdata/notebooks.ts";
import { figuresWith, gridOf } from "../testdata/swept.ts";
import { fingerprint, openRecord } from "./record.ts";

const points = gridOf("a=1..3").points;
const done = { ok: true, figures: figuresWith() } as const;

Deno.test("A record keeps finished points, and drops failed ones when it is opened again", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "done.jsonl");
  {
    const record = await openRecord(path, "code");
    record.add(points[0], done);
    record.add(points[1], { ok: false, error: "no luck" });
    assert.deepEqual([...record.outcomes.keys()], [points[0].key, points[1].key]);
  }
  const again = await openRecord(path, "code");
  assert.deepEqual([...again.outcomes], [[points[0].key, done]]);
});

Deno.test("A record writes each point at once", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "done.jsonl");
  const record = await openRecord(path, "code");
  record.add(points[0], done);
  assert.equal(Deno.readTextFileSync(path).split("\n").length, 2);
});

Deno.test("A record begins anew where the code has changed", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "done.jsonl");
  {
    const record = await openRecord(path, "code");
    record.add(points[0], done);
  }
  const record = await openRecord(path, "other code");
  assert.equal(record.outcomes.size, 0);
  assert.equal(Deno.readTextFileSync(path), "");
});

Deno.test("A record ignores truncated lines and lines that are not points", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "done.jsonl");
  {
    const record = await openRecord(path, "code");
    for (const point of points) record.add(point, done);
  }
  const text = Deno.readTextFileSync(path);
  Deno.writeTextFileSync(path, `[]\nnull\n{"code":"code","key":"x","ok":false}\n${text.slice(0, -20)}`);
  const record = await openRecord(path, "code");
  assert.deepEqual([...record.outcomes.keys()], points.slice(0, 2).map(({ key }) => key));
});

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
