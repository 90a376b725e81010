// Notebook 4: programs that start producers and consumers.
import { count, seconds } from "../words.ts";
import { expect, expectCount, expectSame } from "./expect.ts";
import { exercise, type Named, type Stage } from "./stage.ts";

/** Runs a program that starts producers and consumers, and expects all that it must do. */
async function runMain(given: Named, stage: Stage): Promise<void> {
  const { producers, consumers = 1, items } = given;
  const main = Object.values(given).find((it) => typeof it === "function");
  await stage.run(() => main(...Object.values(stage.numbers)));
  const all = producers * items;
  const { generated, processed, lanes } = stage.execution.run;
  const [makers, users] = ["producer", "consumer"].map((role) => lanes.filter((lane) => lane.role === role));
  expectCount(generated, all, "item", "to be generated");
  const happened = `${processed} processed, ${stage.left} left in the queue`;
  expect(processed === all, `${count(all, "item")} to be processed`, happened);
  expectCount(makers.length, producers, "task", "of generateData");
  const ended = stage.of("end").map(({ task }) => task);
  for (const { name, slices: [{ start }] } of makers) {
    expectSame(start, 0, "all producers start at once", `${name} started after # s`);
    const expected = "the program waits until every producer has ended";
    expect(ended.includes(name), expected, `it ended before ${name} did`, "give all tasks to gather");
  }
  const worked = users.reduce((sum, { busy }) => sum + busy, 0);
  const took = `${count(processed, "item")} took ${seconds(worked, 2)} in all`;
  const hint = "leave generateData and processData as they are, and wait until all of their tasks have ended";
  expect(worked > 0.5 * processed - 1e-6, "processData takes half a second for each item", took, hint);
  const wanted = Math.min(consumers, all);
  const each = "or more, each of which processes something";
  expectCount(Math.min(users.length, wanted), wanted, "consumer", each);
}

const boundedCases = [[1, 1, 1], [3, 3, 1], [3, 10, 2], [4, 10, 5]];
const oddShares = [[4, 1, 3], [2, 2, 3], [1, 3, 7], [3, 2, 7], [4, 3, 5]];
const manyCases = [[1, 1, 1], [1, 2, 1], [1, 2, 2], ...oddShares, [3, 2, 20]];

/** The exercises of notebook 4. */
export const programs = {
  "4.1": exercise("main(producers, items)", [[1, 1], [2, 1], [2, 3], [3, 5], [2, 20]], runMain),
  "4.2": exercise("mainBounded(producers, items, limit)", boundedCases, async (given, stage) => {
    await runMain(given, stage);
    const size = stage.most > given.limit ? "never more than #" : "room for #";
    expectSame(stage.most, given.limit, `${size} in the queue`, "it held up to #");
  }),
  "4.3": exercise("mainMany(producers, consumers, items)", manyCases, runMain),
  "4.4": exercise("mainQuick(producers, items)", [[5, 20]], async (given, stage) => {
    await runMain(given, stage);
    const { total, latency: { max } } = stage.execution.run;
    expect(total <= 25, "it ends within 25 s", `it took ${seconds(total, 2)}`);
    expect(max <= 1, "no item waits for longer than 1 s", `one waited ${seconds(max, 2)}`);
  }),
};
