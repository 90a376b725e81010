import assert from "node:assert/strict";
import { figuresWith, gridOf } from "../testdata/swept.ts";
import { rowOf, toCsv, toJson } from "./figures.ts";

const [one, two] = gridOf("name=a", "a=1,2").points;
const results = [
  { point: one, outcome: { ok: true, figures: figuresWith({ name: 'a "run", one' }) } as const },
  { point: two, outcome: { ok: false, error: "cell 2 failed: x, y\nz" } as const },
];

Deno.test("toCsv() writes a row for each point, and quotes fields that need it", () => {
  assert.equal(
    toCsv(results),
    "a,name,seed,status,run,stopped,total,bound,generated,processed,latency_first,latency_best,latency_mean," +
      "latency_max,deepest,error\n" +
      '1,a,1,ok,"a ""run"", one",false,2,1,2,2,0,0,0.5,1,1,\n' +
      '2,a,1,failed,,,,,,,,,,,,"cell 2 failed: x, y\nz"\n',
  );
});

Deno.test("toJson() writes all figures, or the error", () => {
  assert.deepEqual(JSON.parse(toJson(results)), [
    {
      values: { a: 1, name: "a", seed: 1 },
      ok: true,
      figures: results[0].outcome.ok && results[0].outcome.figures,
    },
    { values: { a: 2, name: "a", seed: 1 }, ok: false, error: "cell 2 failed: x, y\nz" },
  ]);
});

Deno.test("rowOf() quotes texts with commas in lists", () => {
  assert.deepEqual(rowOf(["names"], new Map([["names", ["a", "b, c"]]]), { total: 1 }), {
    names: '["a", "b, c"]',
    total: 1,
  });
});
