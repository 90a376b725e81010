// Notebooks 4 and 5: programs that start tasks, or promises.
import { isAwaitable } from "../arguments.ts";
import { count } from "../words.ts";
import { type Exercise, exercise, expect, expectCount, expectTime, inSeconds, onLoop } from "./expect.ts";
import type { Named, Stage } from "./stage.ts";

/** Writes a result as JSON, with its promises in words. */
const jsonOf = (result: unknown): string =>
  JSON.stringify(result, (_, it) => isAwaitable(it) ? "a promise" : it) ?? "nothing";

/** Expects all that a program which starts producers must do. */
function expectTasks(stage: Stage, { producers, consumers = 1, items }: Named): void {
  const all = producers * items;
  const { generated, processed, lanes } = stage.performance.run;
  const [makers, users] = ["producer", "consumer"].map((role) => lanes.filter((lane) => lane.role === role));
  expectCount(generated, all, "item", "to be generated");
  const happened = `${processed} processed, ${stage.left} left in the queue`;
  expect(processed === all, `${count(all, "item")} to be processed`, happened);
  expectCount(makers.length, producers, "task", "of generateData");
  for (const { name, slices: [{ start }] } of makers) {
    expect(start === 0, "all producers start at once", `${name} started after ${inSeconds(start)}`);
  }
  const worked = users.reduce((sum, { busy }) => sum + busy, 0);
  const took = `${count(processed, "item")} took ${inSeconds(worked)} in all`;
  const hint = "leave generateData and processData as they are, and wait until all of their tasks have ended";
  expect(worked > 0.5 * processed - 1e-6, "processData takes half a second for each item", took, hint);
  const ended = stage.of("end").map(({ task }) => task);
  const early = makers.find(({ name }) => !ended.includes(name));
  const before = `it ended before ${early?.name} did`;
  expect(!early, "the program waits until every producer has ended", before, "give all tasks to gather");
  const wanted = Math.min(consumers, all);
  expectCount(
    Math.min(users.length, wanted),
    wanted,
    "consumer",
    "or more, each of which processes something",
  );
}

const mainCases = [[1, 1], [2, 1], [2, 3], [3, 5], [2, 20]];
const oddShares = [[4, 1, 3], [2, 2, 3], [1, 3, 7], [3, 2, 7], [4, 3, 5]];
const manyCases = [[1, 1, 1], [1, 2, 1], [1, 2, 2], ...oddShares, [3, 2, 20]];

/** The exercises of notebook 4, and the others of notebook 5. */
export const programs: Record<string, Exercise> = {
  "4.1": exercise("main(producers, items)", mainCases, { holds: expectTasks }),
  "4.2": exercise("mainBounded(producers, items, limit)", [[1, 1, 1], [3, 3, 1], [3, 10, 2], [4, 10, 5]], {
    holds(stage, numbers) {
      expectTasks(stage, numbers);
      const { most, numbers: { limit } } = stage;
      const expected = most > limit
        ? `never more than ${limit} in the queue`
        : `room for ${limit} in the queue`;
      expect(most === limit, expected, `it held up to ${most}`);
    },
  }),
  "4.3": exercise("mainMany(producers, consumers, items)", manyCases, { holds: expectTasks }),
  "4.4": exercise("mainQuick(producers, items)", [[5, 20]], {
    holds(stage, numbers) {
      expectTasks(stage, numbers);
      const { total, latency: { max } } = stage.performance.run;
      expect(total <= 25, "it ends within 25 s", `it took ${inSeconds(total)}`);
      expect(max <= 1, "no item waits for longer than 1 s", `one waited ${inSeconds(max)}`);
    },
  }),
  "5.1": exercise("breakfast()", [[]], {
    run: ({ breakfast }) => onLoop((loop) => [[breakfast, loop]]),
    holds(stage) {
      const [[served], all] = [stage.performance.result as unknown[], '["tea","toast","eggs"]'];
      const open = [served].flat().some(isAwaitable);
      const happened = open ? "a list of tasks, not yet awaited" : jsonOf(served);
      const hint = open ? "await gather(…) gives what all of them return" : undefined;
      expect(happened === all, `it returns ${all}`, `it returned ${happened}`, hint);
      expectCount(stage.of("sleep").length, 3, "call", "of make, each with a sleep of its own");
      expectTime(stage.total, 4, "it is ready when the eggs are, after", "it was ready after");
    },
  }),
  "5.2": exercise("loadAll(pages)", [[[]], [[1]], [[2, 1]], [[3, 1, 2]], [[1, 5, 2, 4, 3]]], {
    plain: true,
    run: ({ loadAll }, stage, { pages }) =>
      loadAll([...pages.keys()].map((i) => `page ${i + 1}`), (address: string) => {
        stage.note("got", address);
        const delay = 1000 * pages[Number(address.slice("page ".length)) - 1];
        return new Promise<string>((resolve) => setTimeout(resolve, delay, `the text of ${address}`));
      }),
    holds(stage, { pages }) {
      const expected = JSON.stringify([...pages.keys()].map((i) => `the text of page ${i + 1}`));
      const happened = jsonOf(stage.performance.result);
      const hint = "await Promise.all of the calls, which keeps their order";
      expect(happened === expected, `it gives ${expected}`, `it gave ${happened}`, hint);
      const latest = stage.events.at(-1)?.time ?? 0;
      expectTime(
        latest,
        0,
        "all pages are asked for at once, the last after",
        "the last was asked for after",
      );
      expectTime(stage.total, Math.max(0, ...pages), "it takes as long as the slowest page,", "it took");
    },
  }),
};
