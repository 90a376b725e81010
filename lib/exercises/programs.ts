// Notebooks 4 and 5: programs that start tasks, or promises.
import { isAwaitable } from "../arguments.ts";
import { count } from "../words.ts";
import { expect, expectCount, expectTime, inSeconds } from "./expect.ts";
import { jsonOf, pause } from "./outcome.ts";
import { expectAll, expectEvents, flow, pausesOf } from "./flow.ts";
import { exercise, type Named, type Stage } from "./stage.ts";

/** Runs a program that starts producers and consumers, and expects all that it must do. */
async function runMain(given: Named, stage: Stage): Promise<void> {
  const { producers, consumers = 1, items } = given;
  const main = Object.values(given).find((it) => typeof it === "function");
  await stage.run(() => main(...Object.values(stage.numbers)));
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
  const each = "or more, each of which processes something";
  expectCount(Math.min(users.length, wanted), wanted, "consumer", each);
}

const mainCases = [[1, 1], [2, 1], [2, 3], [3, 5], [2, 20]];
const boundedCases = [[1, 1, 1], [3, 3, 1], [3, 10, 2], [4, 10, 5]];
const oddShares = [[4, 1, 3], [2, 2, 3], [1, 3, 7], [3, 2, 7], [4, 3, 5]];
const manyCases = [[1, 1, 1], [1, 2, 1], [1, 2, 2], ...oddShares, [3, 2, 20]];
const twinCases = [[1], [2], [5], [5, -0.4], [20]];
const pageCases = [[[]], [[1]], [[2, 1]], [[3, 1, 2]], [[1, 5, 2, 4, 3]]];

/** The exercises of notebooks 4 and 5. */
export const programs = {
  "4.1": exercise("main(producers, items)", mainCases, runMain),
  "4.2": exercise("mainBounded(producers, items, limit)", boundedCases, async (given, stage) => {
    await runMain(given, stage);
    const { most, numbers: { limit } } = stage;
    const size = most > limit ? `never more than ${limit}` : `room for ${limit}`;
    expect(most === limit, `${size} in the queue`, `it held up to ${most}`);
  }),
  "4.3": exercise("mainMany(producers, consumers, items)", manyCases, runMain),
  "4.4": exercise("mainQuick(producers, items)", [[5, 20]], async (given, stage) => {
    await runMain(given, stage);
    const { total, latency: { max } } = stage.performance.run;
    expect(total <= 25, "it ends within 25 s", `it took ${inSeconds(total)}`);
    expect(max <= 1, "no item waits for longer than 1 s", `one waited ${inSeconds(max)}`);
  }),
  "5.1": exercise("breakfast()", [[]], async ({ breakfast }, stage) => {
    const [served] = await stage.onLoop((loop) => [[breakfast, loop]]);
    const due = '["tea","toast","eggs"]';
    const isOpen = [served].flat().some(isAwaitable);
    const is = isOpen ? "a list of tasks, not yet awaited" : jsonOf(served);
    const hint = isOpen ? "await gather(…) gives what all of them return" : undefined;
    expect(is === due, `it returns ${due}`, `it returned ${is}`, hint);
    expectCount(stage.of("sleep").length, 3, "call", "of make, each with a sleep of its own");
    expectTime(stage.total, 4, "it is ready when the eggs are, after", "it was ready after");
  }),
  "5.2": exercise("loadAll(pages)", pageCases, async ({ loadAll, pages }, stage) => {
    const load = async (address: string) => {
      stage.note("got", address);
      await pause(pages[Number(address.slice("page ".length)) - 1]);
      return `the text of ${address}`;
    };
    const addresses = pages.map((_: number, i: number) => `page ${i + 1}`);
    const given = jsonOf(await stage.runPlain(() => loadAll([...addresses], load)));
    const due = jsonOf(addresses.map((address: string) => `the text of ${address}`));
    const hint = "await Promise.all of the calls, which keeps their order";
    expect(given === due, `it gives ${due}`, `it gave ${given}`, hint);
    const latest = stage.events.at(-1)?.time ?? 0;
    const atOnce = "all pages are asked for at once, the last after";
    expectTime(latest, 0, atOnce, "the last was asked for after");
    expectTime(stage.total, Math.max(0, ...pages), "it takes as long as the slowest page,", "it took");
  }),
  "5.3": exercise("plainTwin(num, random)", twinCases, async ({ plainTwin, num }, stage) => {
    await stage.runPlain(() => plainTwin(num));
    const { items, put, end } = flow(num, pausesOf(stage), () => 0.5);
    const hint = stage.of("processed").length > 0
      ? "wait for both functions, with await Promise.all"
      : undefined;
    expectAll(stage, num, " before plainTwin is over", hint);
    expectEvents(stage, "generated", items);
    expectEvents(stage, "processed", items);
    const missing = "await each pause, and Promise.all of both";
    const due = Math.max(put, end);
    expectTime(stage.total, due, "it is over, as both functions are, after", "it took", missing);
  }),
};
