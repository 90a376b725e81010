import { deepEqual, equal, notEqual, throws } from "node:assert/strict";
import { experiment } from "./experiment.ts";
import { random, seeded } from "./random.ts";

async function draws(seed?: number): Promise<number[]> {
  const numbers: number[] = [];
  await experiment("draws", { seed, quiet: true }, () => {
    for (let i = 0; i < 5; i++) numbers.push(random());
  });
  return numbers;
}

Deno.test("random() draws the same numbers for the same seed, and others for others", async () => {
  deepEqual(await draws(7), await draws(7));
  deepEqual(await draws(), await draws(1));
  notEqual((await draws(7))[0], (await draws(8))[0]);
});

Deno.test("random() draws these very numbers, on any machine", async () => {
  deepEqual((await draws(1)).slice(0, 3), [0.2578987693414092, 0.18510598200373352, 0.7707627373747528]);
});

Deno.test("random() draws evenly from 0 up to 1", () => {
  const draw = seeded(1);
  const counts = new Array(10).fill(0);
  for (let i = 0; i < 10_000; i++) counts[Math.floor(draw() * 10)]++;
  equal(counts.every((count) => count > 900 && count < 1100), true);
});

Deno.test("random() has neighbouring seeds begin far apart", () => {
  const first = [0, 1, 2, 3].map((seed) => seeded(seed)());
  for (let i = 1; i < 4; i++) equal(Math.abs(first[i] - first[i - 1]) > 0.01, true);
});

Deno.test("random() refuses a seed that is no whole number, and needs an experiment", () => {
  for (const seed of [-1, 1.5, NaN, 2 ** 32, "1" as unknown as number]) {
    throws(
      () => seeded(seed),
      /^LessonError: Cannot use .* as a seed: give a whole number from 0 to 4294967295/,
    );
  }
  throws(() => random(), /^LessonError: Cannot draw a random number: no experiment is running\./);
});
