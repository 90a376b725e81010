import assert from "node:assert/strict";
import { renderPage } from "../handouts/html/html.ts";
import { checkNotebook } from "../notebook/notebook.ts";
import { figuresWith, gridOf, outcomesOf } from "../testdata/swept.ts";
import type { Grid, Point } from "./grid.ts";
import type { Outcome } from "./pool.ts";
import { reportOf } from "./report.ts";

/** The page of the report on a grid with these outcomes. */
function pageOf(grid: Grid, outcome: (values: Point["values"]) => Outcome): string {
  const outcomes = outcomesOf(grid, outcome);
  const results = (points: Point[]) => points.map((point) => ({ point, outcome: outcomes.get(point.key)! }));
  const about = { title: "A <title>", notebook: "a.ipynb", command: "deno task sweep a.ipynb" };
  const report = reportOf(grid, results(grid.points), about);
  const notebook = checkNotebook(report, "sweep.ipynb");
  return renderPage({ name: "sweep.ipynb", notebook }, { title: "A course", edition: "student" });
}

const fine = (values: Point["values"]): Outcome => {
  const a = Number(values.get("a"));
  return {
    ok: true,
    figures: figuresWith({ total: 10 * a, bound: 9 * a, depth: [[0, a], [10 * a, 0]], deepest: a }),
  };
};
const bad = (): Outcome => ({ ok: false, error: "cell 2 failed: <b>no luck</b>" });

Deno.test("reportOf() reports totals, latencies and the queue", () => {
  const page = pageOf(gridOf("a=1..3", "seed=1..4"), fine);
  for (
    const told of [
      "Total time: 10.00 s (a = 1) to 30.00 s (a = 3)",
      "Mean latency: 0.50 s<",
      "Items in line, at the most: 1 to 3",
      "the median of the bounds",
      "12 runs of",
      'href="points.csv"',
    ]
  ) assert(page.includes(told), told);
});

Deno.test("reportOf() draws the least, the median and the most for each value, in a picture for each row", () => {
  const page = pageOf(gridOf("a=1..3", "name=x,y", "seed=1..5"), (values) => {
    const total = Number(values.get("a")) * (10 + Number(values.get("seed")));
    return { ok: true, figures: figuresWith({ total, bound: 1 }) };
  });
  for (const name of ["x", "y"]) {
    assert(page.includes(`Total time, name = &quot;${name}&quot;: 13.00 s (a = 1) to 39.00 s (a = 3)`), name);
  }
  for (
    const told of ["median: 13 at 1, 26 at 2, 39 at 3", "the least: 11 at 1, 22 at 2", "the most: 15 at 1"]
  ) {
    assert.equal(page.split(told).length - 1, 4, told); // twice in each of two pictures
  }
});

Deno.test("reportOf() draws the queue in steps, at the times at which items come and go", () => {
  const depth: [number, number][] = [[0, 2], [10, 0]];
  const page = pageOf(gridOf("a=1"), () => ({ ok: true, figures: figuresWith({ depth, deepest: 2 }) }));
  assert(page.includes("Items in line, at the most: 2<"));
  assert.match(page, /1 run of [^\n]*, with the values below/);
  assert.match(page, / d="M[\d.]+,([\d.]+)L([\d.]+),\1L\2,[\d.]+"/);
});

Deno.test("reportOf() numbers values that are not whole numbers", () => {
  const page = pageOf(gridOf("name=fast,slow", "seed=1..2"), fine);
  assert(page.includes("name (1: &quot;fast&quot;, 2: &quot;slow&quot;)"));
});

Deno.test("reportOf() is self-contained: no resources from outside, no scripts, all text escaped", () => {
  const page = pageOf(
    gridOf("a=1,2", 'name=<i>,"x"', "seed=1..2"),
    (values) => values.get("a") === 2 ? bad() : fine(values),
  );
  assert(page.startsWith("<!doctype html>"));
  assert(!/<script|<link [^>]*href="(?!data:)|src="http|@import|url\(http/.test(page));
  assert(!page.includes("<i>") && !page.includes("<b>no luck") && !page.includes("<title>A <title>"));
});

Deno.test("reportOf() lists failures with their values", () => {
  const page = pageOf(
    gridOf("a=1..2", "seed=1..2"),
    (values) => values.get("seed") === 2 ? bad() : fine(values),
  );
  for (
    const told of [
      "2 of 4 failed",
      ">1 of 2</td>",
      "<td>2</td><td>2</td><td>cell 2 failed: &lt;b&gt;no luck",
    ]
  ) {
    assert(page.includes(told), told);
  }
});

Deno.test("reportOf() draws nothing if all runs failed", () => {
  const page = pageOf(gridOf("a=1..2"), bad);
  assert(page.includes("2 of 2 failed") && !page.includes("<svg"));
});

Deno.test("reportOf() gives the same bytes for the same figures", () => {
  const grid = gridOf("a=1..2", "seed=1..2");
  assert.equal(pageOf(grid, fine), pageOf(grid, fine));
});

Deno.test("reportOf() stays small with 10,000 points", () => {
  const page = pageOf(gridOf("a=1..100", "seed=1..100"), fine);
  assert(page.length < 1_500_000, String(page.length));
});

Deno.test("reportOf() accepts runs without items, latencies or time", () => {
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
  assert(page.includes("Mean latency: none could be measured") && !page.includes("NaN"));
  assert(!page.includes("0.000000"));
});
