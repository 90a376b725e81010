import assert from "node:assert/strict";
import { join } from "node:path";
import { tempFolder } from "../testdata/notebooks.ts";
import { figuresWith, gridOf } from "./fixtures.ts";
import { SweepRecord } from "./record.ts";

const points = gridOf("a=1..3").points;
const done = { ok: true, figures: figuresWith() } as const;

Deno.test("SweepRecord keeps what is done, and tries again what failed", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "done.jsonl");
  {
    using record = await SweepRecord.open(path, "code");
    await record.add(points[0], done);
    await record.add(points[1], { ok: false, error: "no luck" });
    assert.deepEqual([...record.outcomes.keys()], [points[0].key, points[1].key]);
  }
  using again = await SweepRecord.open(path, "code");
  assert.deepEqual([...again.outcomes], [[points[0].key, done]]);
});

Deno.test("SweepRecord writes each point at once", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "done.jsonl");
  using record = await SweepRecord.open(path, "code");
  await record.add(points[0], done);
  assert.equal(Deno.readTextFileSync(path).split("\n").length, 2);
});

Deno.test("SweepRecord begins anew where the code has changed", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "done.jsonl");
  {
    using record = await SweepRecord.open(path, "code");
    await record.add(points[0], done);
  }
  using record = await SweepRecord.open(path, "other code");
  assert.equal(record.outcomes.size, 0);
  assert.equal(Deno.readTextFileSync(path), "");
});

Deno.test("SweepRecord passes over lines that are cut off or no points", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "done.jsonl");
  {
    using record = await SweepRecord.open(path, "code");
    for (const point of points) await record.add(point, done);
  }
  const text = Deno.readTextFileSync(path);
  Deno.writeTextFileSync(path, `[]\nnull\n{"code":"code","key":"x","figures":{}}\n${text.slice(0, -20)}`);
  using record = await SweepRecord.open(path, "code");
  assert.deepEqual([...record.outcomes.keys()], points.slice(0, 2).map(({ key }) => key));
});
