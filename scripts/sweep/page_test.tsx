import assert from "node:assert/strict";
import { figuresWith, gridOf, outcomesOf } from "./fixtures.ts";
import type { Grid, Point } from "./grid.ts";
import { groupsOf } from "./groups.ts";
import { renderSweep } from "./page.tsx";
import type { Outcome } from "./point.ts";

/** The document of a grid whose points come out so. */
function pageOf(grid: Grid, outcome: (values: Point["values"]) => Outcome): string {
  const outcomes = outcomesOf(grid, outcome);
  const results = (points: Point[]) => points.map((point) => ({ point, outcome: outcomes.get(point.key)! }));
  return renderSweep({
    title: "A <title>",
    notebook: "a.ipynb",
    grid,
    results: results(grid.points),
    groups: groupsOf(grid.points, grid.axes, outcomes),
    baseline: results(grid.baseline),
    command: "deno task sweep a.ipynb",
  });
}

const fine = (values: Point["values"]): Outcome => {
  const a = Number(values.get("a"));
  return {
    ok: true,
    figures: figuresWith({ total: 10 * a, bound: 9 * a, depth: [[0, a], [10 * a, 0]], deepest: a }),
  };
};
const bad = (): Outcome => ({ ok: false, error: "cell 2 failed: <b>no luck</b>" });

Deno.test("renderSweep() tells totals, latencies, the queue, differences and every run", () => {
  const page = pageOf(gridOf("a=1..3", "seed=1..4"), fine);
  for (
    const told of [
      "Total time: 10.0 s (a = 1) to 30.0 s (a = 3)",
      "Mean latency: 0.50 s, whatever the setting",
      "Items in line, at the most: 1 (a = 1) to 3 (a = 3)",
      "bound (median): no schedule ends sooner",
      "+20.00",
      "+200 %",
      "All 12 runs",
      'href="points.csv"',
    ]
  ) assert(page.includes(told), told);
});

Deno.test("renderSweep() stands alone: nothing from outside, no scripts, all text escaped", () => {
  const page = pageOf(
    gridOf("a=1,2", 'name=<i>,"x"', "seed=1..2"),
    (values) => values.get("a") === 2 ? bad() : fine(values),
  );
  assert(page.startsWith("<!doctype html>"));
  assert(!/<script|<link [^>]*href="(?!data:)|src="http|@import|url\(http/.test(page));
  assert(!page.includes("<i>") && !page.includes("<b>no luck") && !page.includes("<title>A <title>"));
});

Deno.test("renderSweep() tells failures in their place", () => {
  const page = pageOf(
    gridOf("a=1..2", "seed=1..2"),
    (values) => values.get("seed") === 2 ? bad() : fine(values),
  );
  for (
    const told of [
      "2 of them failed",
      ">1 of 2</span>",
      "✕ 1",
      "a = 2, seed = 2: ",
      "cell 2 failed: &lt;b>no luck",
    ]
  ) {
    assert(page.includes(told), told);
  }
});

Deno.test("renderSweep() has no pictures where all has failed", () => {
  const page = pageOf(gridOf("a=1..2"), bad);
  assert(page.includes("2 of them failed") && !page.includes("<svg"));
});

Deno.test("renderSweep() gives the same bytes for the same figures", () => {
  const grid = gridOf("a=1..2", "seed=1..2");
  assert.equal(pageOf(grid, fine), pageOf(grid, fine));
});

Deno.test("renderSweep() stays small with 10,000 points", () => {
  const page = pageOf(gridOf("a=1..100", "seed=1..100"), fine);
  assert(page.length < 1_500_000, String(page.length));
});

Deno.test("renderSweep() takes runs without items, latencies and time", () => {
  const latency = { first: null, best: null, mean: null, max: null };
  const page = pageOf(gridOf("a=1..2", "seed=1..2"), () => {
    return {
      ok: true,
      figures: figuresWith({
        total: 0,
        bound: 0,
        generated: 0,
        processed: 0,
        latency,
        depth: [],
        deepest: 0,
      }),
    };
  });
  assert(page.includes("No mean latency could be measured") && !page.includes("NaN"));
});
