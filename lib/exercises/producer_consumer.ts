// Notebooks 3 and 5: functions that wait where they have to. Of a producer, a queue and a consumer, one or more are the learner's.
import { now } from "../context.ts";
import { Queue } from "../queue.ts";
import { random } from "../random.ts";
import { sleep } from "../sleep.ts";
import { expectSame } from "./expect.ts";
import { expectAll, expectEndAt, expectEvents, flow } from "./flow.ts";
import { type Call, exercise, type Item, ours, type Stage } from "./stage.ts";

/** A task of ours, which does something a number of times and sleeps after each. */
function repeat(name: string, num: number, step: (i: number) => PromiseLike<unknown>, pause?: number): Call {
  return ours(name, async () => {
    for (let i = 1; i <= num; i++) {
      await step(i);
      if (pause !== 0) await sleep(pause ?? random() + 0.5);
    }
  });
}

/** Our producer, which writes down what it puts in. */
const feed = (stage: Stage, queue: Queue<Item>, num: number, pause?: number) =>
  repeat("producer", num, (i) => {
    const item: Item = [i * i, now()];
    stage.note("put", item);
    return queue.put(item);
  }, pause);

/** Our consumer, which writes down what it takes. Nothing here awaits that: it may be a promise by mistake. */
const take = (stage: Stage, num: number, pause: number) =>
  repeat("consumer", num, () => stage.data.get().then((item) => stage.note("got", item)), pause);

const producerCases = [[0], [1], [2], [3, 1], [3, 1, 2], [5, 2, 2], [20]];
const consumerCases = [[0, 0], [1, 0], [2, 0], [2, 0.937], [3, 0.3, 1, 1], [4, 0.1, 2], [20]];
const relayCases = [[0], [1], [2], [2, undefined, undefined, 1], [3, 1], [3, 1, 1.5], [5, 2, 0.7]];
const twinCases = [[1], [2], [5], [5, -0.4], [20]];

/** The exercises of notebook 3, and a program of plain promises of notebook 5. */
export const producerConsumer = {
  "3.1": exercise("generateData(num, limit, pause)", producerCases, async (given, stage) => {
    const { generateData, num, pause = 0 } = given;
    await stage.onLoop(() => [[generateData, num, stage.data], take(stage, num, pause)]);
    const { items, put } = flow(stage, undefined, pause);
    expectEvents(stage, "generated", items);
    expectEvents(stage, "got", items, items.map(({ put }) => put));
    expectEndAt(stage, put);
  }),
  "3.2": exercise("processData(num, pause, consumers, limit)", consumerCases, async (given, stage) => {
    const { processData, num, pause, consumers = 1 } = given;
    const consumer: Call = [processData, num / consumers, stage.data];
    await stage.onLoop(() => [...Array(consumers).fill(consumer), feed(stage, stage.data, num, pause)]);
    const { items, end } = flow(stage, pause, 0.5);
    expectEvents(stage, "processed", items);
    expectEndAt(stage, end);
  }),
  "3.3": exercise("relay(num, limit, pause, apart)", relayCases, async (given, stage) => {
    const { relay, num, limit, pause = 0, apart = 0 } = given;
    const source = new Queue<Item>(limit);
    const call: Call = [relay, num, source, stage.data];
    await stage.onLoop(() => [call, feed(stage, source, num, apart), take(stage, num, pause)]);
    const { items } = flow(stage, Math.max(0.2, apart), pause, 0.2);
    expectEvents(stage, "got", items, stage.of("put").map(({ value: [, time] }) => time));
    expectEndAt(stage, items[num - 1]?.room ?? 0);
  }),
  "5.3": exercise("plainTwin(num, random)", twinCases, async ({ plainTwin, num }, stage) => {
    await stage.runPlain(() => plainTwin(num));
    const { items, put, end } = flow(stage, undefined, 0.5);
    const hint = "await each pause, and Promise.all of both functions";
    expectAll(stage, " before plainTwin is over", stage.of("processed").length > 0 ? hint : undefined);
    expectEvents(stage, "generated", items);
    expectEvents(stage, "processed", items);
    expectSame(stage.total, Math.max(put, end), "both functions are over after # s", "it took # s", hint);
  }),
};
