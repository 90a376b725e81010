import assert from "node:assert/strict";
import { figuresWith, gridOf, outcomesOf } from "./fixtures.ts";
import { failuresOf, figure, groupsOf, labelOf, layOut, spread } from "./groups.ts";

const grid = gridOf("a=1..3", "name=x,y", "seed=1..4");
const outcomes = outcomesOf(grid, (values) => {
  if (values.get("a") === 2 && values.get("seed") === 3) return { ok: false, error: "no luck" };
  return {
    ok: true,
    figures: figuresWith({ total: Number(values.get("a")) * 10 + Number(values.get("seed")) }),
  };
});
const groups = groupsOf(grid.points, grid.axes, outcomes);

Deno.test("groupsOf() puts points together that differ in their seed", () => {
  assert.deepEqual(groups.map(({ settings }) => labelOf(settings)), [
    "a = 1, name = x",
    "a = 1, name = y",
    "a = 2, name = x",
    "a = 2, name = y",
    "a = 3, name = x",
    "a = 3, name = y",
  ]);
  assert.deepEqual(groups.map(({ figures }) => figures.length), [4, 4, 3, 3, 4, 4]);
  assert.deepEqual(groups.map((group) => failuresOf(group).length), [0, 0, 1, 1, 0, 0]);
});

Deno.test("spread() is that of the points that did not fail and have the figure", () => {
  assert.equal(spread(groups[2], figure.total)?.median, 22);
  const none = { first: null, best: null, mean: null, max: null };
  const group = { ...groups[0], figures: [figuresWith({ latency: none }), figuresWith()] };
  assert.deepEqual([spread(group, figure.mean)?.least, spread(group, figure.mean)?.most], [0.5, 0.5]);
});

Deno.test("layOut() lays out along the parameter with the most values, the others in rows", () => {
  const { along, rows } = layOut(grid, groups);
  assert.equal(along?.name, "a");
  assert.deepEqual(rows.map(({ label, groups }) => [label, groups.length]), [["name = x", 3], [
    "name = y",
    3,
  ]]);
});

Deno.test("layOut() makes one group of a sweep over seeds", () => {
  const seeds = gridOf("seed=1..3");
  const layout = layOut(
    seeds,
    groupsOf(seeds.points, seeds.axes, outcomesOf(seeds, () => ({ ok: false, error: "" }))),
  );
  assert.equal(layout.along, undefined);
  assert.deepEqual(layout.rows.map(({ label, groups }) => [label, groups.length]), [["", 1]]);
});
