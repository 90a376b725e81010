// Notebooks 3, 4 and 5: a producer, a queue and a consumer, some of them the learner's, and programs that start several.
import { now } from "../execution.ts";
import { Queue } from "../queue.ts";
import { random } from "../random.ts";
import { sleep } from "../sleep.ts";
import { count, seconds } from "../words.ts";
import { expect, expectCount, expectSame } from "./expect.ts";
import { expectAll, expectEndAt, expectEvents, flow } from "./flow.ts";
import { type Call, exercise, type Item, type Named, ours, type Stage } from "./stage.ts";

/** A task of ours that takes `num` steps and sleeps after each. */
function repeat(name: string, num: number, step: (i: number) => PromiseLike<unknown>, pause?: number): Call {
  return ours(name, async () => {
    for (let i = 1; i <= num; i++) {
      await step(i);
      if (pause !== 0) await sleep(pause ?? random() + 0.5);
    }
  });
}

/** Our producer, which records the items that it puts in. */
const feed = (stage: Stage, queue: Queue<Item>, num: number, pause?: number) =>
  repeat("producer", num, (i) => {
    const item: Item = [i * i, now()];
    stage.note("put", item);
    return queue.put(item);
  }, pause);

/** Our consumer, which records the items that it takes. It does not await them: one may be a promise, by mistake. */
const take = (stage: Stage, num: number, pause: number) =>
  repeat("consumer", num, () => stage.data.get().then((item) => stage.note("got", item)), pause);

const producerCases = [[0], [1], [2], [3, 1], [3, 1, 2], [5, 2, 2], [20]];
exercise("3.1", "generateData(num, limit, pause)", producerCases, async (given, stage) => {
  const { generateData, num, pause = 0 } = given;
  await stage.onLoop(() => [[generateData, num, stage.data], take(stage, num, pause)]);
  const { items, put } = flow(stage, undefined, pause);
  expectEvents(stage, "generated", items);
  expectEvents(stage, "got", items, items.map(({ put }) => put));
  expectEndAt(stage, put);
});

const consumerCases = [[0, 0], [1, 0], [2, 0], [2, 0.937], [3, 0.3, 1, 1], [4, 0.1, 2], [20]];
exercise("3.2", "processData(num, pause, consumers, limit)", consumerCases, async (given, stage) => {
  const { processData, num, pause, consumers = 1 } = given;
  const consumer: Call = [processData, num / consumers, stage.data];
  await stage.onLoop(() => [...Array(consumers).fill(consumer), feed(stage, stage.data, num, pause)]);
  const { items, end } = flow(stage, pause, 0.5);
  expectEvents(stage, "processed", items);
  expectEndAt(stage, end);
});

const relayCases = [[0], [1], [2], [2, undefined, undefined, 1], [3, 1], [3, 1, 1.5], [5, 2, 0.7]];
exercise("3.3", "relay(num, limit, pause, apart)", relayCases, async (given, stage) => {
  const { relay, num, limit, pause = 0, apart = 0 } = given;
  const source = new Queue<Item>(limit);
  const call: Call = [relay, num, source, stage.data];
  await stage.onLoop(() => [call, feed(stage, source, num, apart), take(stage, num, pause)]);
  const { items } = flow(stage, Math.max(0.2, apart), pause, 0.2);
  expectEvents(stage, "got", items, stage.of("put").map(({ value: [, time] }) => time));
  expectEndAt(stage, items[num - 1]?.room ?? 0);
});

/** Runs a program that starts producers and consumers, and checks all but what is special to it. */
async function runMain(given: Named, stage: Stage): Promise<void> {
  const { producers, consumers = 1, items } = given;
  const main = Object.values(given).find((it) => typeof it === "function");
  const all = producers * items;
  await stage.run(() => main(...Object.values(stage.numbers)));
  const { generated, processed, lanes, steps } = stage.execution.run;
  const [makers, users] = ["producer", "consumer"].map((role) => lanes.filter((lane) => lane.role === role));
  expectCount(generated, all, "item", "to be generated");
  const happened = `${processed} processed, ${stage.left} left in the queue`;
  expect(processed === all, `${count(all, "item")} to be processed`, happened);
  expectCount(makers.length, producers, "task", "of generateData");
  const ended = stage.of("end").map(({ task }) => task);
  for (const { name } of makers) {
    const { start } = steps.find(({ lane }) => lane === name)!;
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

exercise("4.1", "main(producers, items)", [[1, 1], [2, 1], [2, 3], [3, 5], [2, 20]], runMain);

const boundedCases = [[1, 1, 1], [3, 3, 1], [3, 10, 2], [4, 10, 5]];
exercise("4.2", "mainBounded(producers, items, limit)", boundedCases, async (given, stage) => {
  await runMain(given, stage);
  const size = stage.most > given.limit ? "never more than #" : "room for #";
  expectSame(stage.most, given.limit, `${size} in the queue`, "it held up to #");
});

const oddShares = [[4, 1, 3], [2, 2, 3], [1, 3, 7], [3, 2, 7], [4, 3, 5]];
const manyCases = [[1, 1, 1], [1, 2, 1], [1, 2, 2], ...oddShares, [3, 2, 20]];
exercise("4.3", "mainMany(producers, consumers, items)", manyCases, runMain);

exercise("4.4", "mainQuick(producers, items)", [[5, 20]], async (given, stage) => {
  await runMain(given, stage);
  const { total, latency: { max } } = stage.execution.run;
  expect(total <= 25, "it ends within 25 s", `it took ${seconds(total, 2)}`);
  expect(max <= 1, "no item waits for longer than 1 s", `one waited for ${seconds(max, 2)}`);
});

exercise("5.3", "plainTwin(num, random)", [[1], [2], [5], [5, -0.4], [20]], async (given, stage) => {
  await stage.runPlain(() => given.plainTwin(given.num));
  const { items, put, end } = flow(stage, undefined, 0.5);
  const hint = "await each pause, and Promise.all of both functions";
  expectAll(stage, " before plainTwin is over", stage.of("processed").length > 0 && hint);
  expectEvents(stage, "generated", items);
  expectEvents(stage, "processed", items, [], hint);
  expectSame(stage.total, Math.max(put, end), "both functions are over after # s", "it took # s", hint);
});
