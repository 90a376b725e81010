import assert from "node:assert/strict";
import { experiment, sleepSync } from "./mod.ts";
import { generated, processed } from "./lines.ts";
import { reportOf, type RunFigures, runType } from "./report.ts";

const quiet = { quiet: true, seed: 3 };

/** A run that makes items, waits, and uses them. */
function runOf(items: number, name = "a run") {
  return experiment(name, quiet, () => {
    for (let idx = 1; idx <= items; idx++) generated(idx);
    sleepSync(2);
    for (let idx = 1; idx <= items; idx++) {
      processed(idx, 2);
      sleepSync(0.5);
    }
  });
}

/** The figures as programs get them. */
async function figuresOf(run: ReturnType<typeof runOf>): Promise<RunFigures> {
  return reportOf(await run).bundle[runType] as RunFigures;
}

Deno.test("report() tells the figures in a sentence", async () => {
  assert.equal(
    String(reportOf(await runOf(2, "two items"))),
    "two items: 2 items processed in 3.0 s (bound 2.0 s); an item waited 2.00 s on average, 2.00 s at the most",
  );
  assert.equal(String(reportOf(await runOf(0))), "a run: 0 items processed in 2.0 s (bound 2.0 s)");
});

Deno.test("report() hands over name, seed, times, counts, latencies and the queue's depth", async () => {
  assert.deepEqual(await figuresOf(runOf(2)), {
    name: "a run",
    seed: 3,
    speed: "Infinity",
    stopped: false,
    total: 3,
    bound: 2,
    generated: 2,
    processed: 2,
    latency: { first: 2, best: 2, mean: 2, max: 2 },
    deepest: 2,
    depth: [[0, 2], [2, 1], [2.5, 0]],
  });
});

Deno.test("report() gives JSON that reads back, also of a run without items", async () => {
  const figures = await figuresOf(runOf(0));
  assert.deepEqual(figures.latency, { first: null, best: null, mean: null, max: null });
  assert.deepEqual(JSON.parse(JSON.stringify(figures)), figures);
});

Deno.test("report() thins the depth to 200 pairs at the most, and still knows how deep it was", async () => {
  const figures = await figuresOf(runOf(501));
  assert.ok(figures.depth.length > 150 && figures.depth.length <= 200);
  assert.equal(figures.deepest, 501);
  assert.equal(Math.max(...figures.depth.map(([, size]) => size)), 501);
  assert.deepEqual(figures.depth.at(-1), [252, 0]);
});

Deno.test("report() of the same run gives the same bytes", async () => {
  assert.equal(JSON.stringify(await figuresOf(runOf(5))), JSON.stringify(await figuresOf(runOf(5))));
});
