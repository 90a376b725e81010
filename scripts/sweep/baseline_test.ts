import assert from "node:assert/strict";
import { differences } from "./baseline.ts";
import { figuresWith, gridOf, outcomesOf } from "./fixtures.ts";
import { groupsOf } from "./groups.ts";

Deno.test("differences() compares run by run, with the same seed", () => {
  const grid = gridOf("a=2", "seed=1..3");
  const outcomes = outcomesOf(grid, (values) => ({
    ok: true,
    // Whatever the seed does, a second one costs 5.
    figures: figuresWith({ total: 100 * Number(values.get("seed")) + (values.get("a") === 2 ? 5 : 0) }),
  }));
  const baseline = grid.baseline.map((point) => ({ point, outcome: outcomes.get(point.key)! }));
  const [{ total }] = differences(groupsOf(grid.points, grid.axes, outcomes), baseline);
  assert.deepEqual(total, { median: 205, from: 200, more: 5 });
});

Deno.test("differences() leaves out what failed", () => {
  const grid = gridOf("a=2", "seed=1..2");
  const outcomes = outcomesOf(grid, () => ({ ok: false, error: "no luck" }));
  const baseline = grid.baseline.map((point) => ({ point, outcome: outcomes.get(point.key)! }));
  assert.equal(differences(groupsOf(grid.points, grid.axes, outcomes), baseline)[0].total, undefined);
});
