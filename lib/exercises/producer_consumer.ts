// Notebook 3, functions that wait where they have to, and its program of plain promises, in notebook 5: a producer, a queue
// and a consumer, of which one, or more, are the learner's. When what is due follows from their pauses.
import { describe, isAwaitable } from "../arguments.ts";
import { now } from "../context.ts";
import { random } from "../random.ts";
import { sleep } from "../sleep.ts";
import { count } from "../words.ts";
import {
  type Call,
  type Exercise,
  exercise,
  expect,
  expectCount,
  expectTime,
  isSame,
  onLoop,
  ours,
} from "./expect.ts";
import type { Event, Item, Stage } from "./stage.ts";

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
const feed = (stage: Stage, queue: Stage["data"], num: number, pause?: number) =>
  repeat("producer", num, (i) => {
    const item: Item = [i * i, now()];
    stage.note("put", item);
    return queue.put(item);
  }, pause);

/** Our consumer, which writes down what it takes. Nothing here awaits that: it may be a promise by mistake. */
const take = (stage: Stage, num: number, pause: number) =>
  repeat("consumer", num, () => stage.data.get().then((item) => stage.note("got", item)), pause);

/** The times of an item: its producer comes with it, there is room for it, a consumer is free for it. */
type Due = { put: number; room: number; taken: number };

/** The times at which things are due, in seconds: of each item, and of both ends. */
export function flow(
  num: number,
  pause: () => number,
  work: number,
  { limit = 0, consumers = 1, put = 0 } = {},
) {
  const free: number[] = Array(consumers).fill(0);
  const items: Due[] = [];
  for (let i = 0; i < num; i++) {
    const room = Math.max(put, limit > 0 ? items[i - limit]?.taken ?? 0 : 0);
    free.sort((a, b) => a - b);
    const taken = Math.max(room, free[0]);
    free[0] = taken + work;
    items.push({ put, room, taken });
    put = room + pause();
  }
  return { items, put, end: Math.max(...free) };
}

/** Expects one event for each item, with its value, its time and its latency; of those taken out, with the times in them. */
export function expectEvents(stage: Stage, what: Event["what"], items: Due[], times: number[] = []): void {
  const events = stage.of(what);
  const verb = what === "got" ? "taken out" : what;
  items.slice(0, events.length).forEach(({ put, room, taken }, i) => {
    const due = what === "generated" ? room : taken;
    const { time, latency } = events[i];
    const [value, itsTime] = [events[i].value].flat();
    const square = (i + 1) ** 2;
    const isValue = what === "generated" || value === square;
    const missing = isAwaitable(value) ? "await opens what get gives" : undefined;
    expect(isValue, `item ${i + 1} has the value ${square}`, `it is ${describe(value)}`, missing);
    const hint = time > due ? "await waits for what is needed, and no longer" : undefined;
    expectTime(time, due, `item ${i + 1} is ${verb} at`, `it was ${verb} at`, hint);
    const isTime = times.length === 0 || isSame(times[i], itsTime);
    expect(
      isTime,
      `item ${i + 1} has the time ${times[i]}, at which it was put in`,
      `it has the time ${itsTime}`,
    );
    const isLatency = what !== "processed" || isSame(time - put, latency);
    const said = `its latency is said to be ${latency}`;
    expect(isLatency, `item ${i + 1} has waited for ${+(time - put).toFixed(4)} s`, said);
  });
  expectCount(events.length, items.length, "item", `to be ${verb}`);
}

/** Expects the end of the answer's own task. */
export function expectEndAt(stage: Stage, due: number): void {
  const { task, time } = stage.of("end").findLast(({ task }) => !task!.startsWith("our "))!;
  expectTime(time, due, `${task} ends at`, "it ended at");
}

/** The pauses of a producer that alone draws numbers. */
export function drawn(stage: Stage): () => number {
  const draw = stage.randoms();
  return () => draw() + 0.5;
}

const consumerCases = [[0, 0], [1, 0], [2, 0], [2, 0.937], [3, 0.3, 1, 1], [4, 0.1, 2], [20]];

/** The exercises of notebook 3, and the second of notebook 5. */
export const producerConsumer: Record<string, Exercise> = {
  "3.1": exercise("generateData(num, limit, pause)", [[0], [1], [2], [3, 1], [3, 1, 2], [5, 2, 2], [20]], {
    run: ({ generateData }, stage, { num, pause = 0 }) =>
      onLoop(() => [[generateData, num, stage.data], take(stage, num, pause)]),
    holds(stage, { num, limit, pause = 0 }) {
      const { items, put } = flow(num, drawn(stage), pause, { limit });
      expectEvents(stage, "generated", items);
      expectEvents(stage, "got", items, items.map(({ put }) => put));
      expectEndAt(stage, put);
    },
  }),
  "3.2": exercise("processData(num, pause, consumers, limit)", consumerCases, {
    run: ({ processData }, stage, { num, consumers = 1, pause }) =>
      onLoop(() => [
        ...Array(consumers).fill([processData, num / consumers, stage.data]),
        feed(stage, stage.data, num, pause),
      ]),
    holds(stage, { num, consumers, pause, limit }) {
      const pauses = pause === undefined ? drawn(stage) : () => pause;
      const { items, end } = flow(num, pauses, 0.5, { limit, consumers });
      expectEvents(stage, "processed", items);
      expectEndAt(stage, end);
    },
  }),
  "3.3": exercise("relay(num, limit, pause)", [[0], [1], [2], [3, 1], [3, 1, 1.5], [5, 2, 0.7]], {
    run: ({ relay }, stage, { num, pause = 0 }) =>
      onLoop(() => [
        [relay, num, stage.source, stage.data],
        feed(stage, stage.source, num, 0),
        take(stage, num, pause),
      ]),
    holds(stage, { num, limit, pause = 0 }) {
      const { items } = flow(num, () => 0.2, pause, { limit, put: 0.2 });
      expectEvents(stage, "got", items, stage.of("put").map(({ value: [, time] }) => time));
      expectEndAt(stage, items[num - 1]?.room ?? 0);
    },
  }),
  "5.3": exercise("plainTwin(num, random)", [[1], [2], [5], [5, -0.4], [20]], {
    plain: true,
    holds(stage, { num }) {
      const { items, put, end } = flow(num, drawn(stage), 0.5);
      const [made, used] = [stage.of("generated").length, stage.of("processed").length];
      const hint = used > 0 ? "wait for both functions, with await Promise.all" : undefined;
      const all = `${count(num, "item")} to be generated and processed before plainTwin is over`;
      expect(made === num && used === num, all, `${made} were generated, ${used} processed`, hint);
      expectEvents(stage, "generated", items);
      expectEvents(stage, "processed", items);
      const missing = "await each pause, and Promise.all of both";
      expectTime(
        stage.total,
        Math.max(put, end),
        "it is over, as both functions are, after",
        "it took",
        missing,
      );
    },
  }),
};
