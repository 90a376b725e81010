// Notebook 3: functions that wait where they have to.
import { now } from "../context.ts";
import { gather } from "../gather.ts";
import type { EventLoop, Task, TaskFunction } from "../loop.ts";
import { Queue } from "../queue.ts";
import { seeded } from "../random.ts";
import { sleep } from "../sleep.ts";
import { count } from "../words.ts";
import type { Exercise, Exercises, Item } from "./exercise.ts";
import { expect, expectAwaited, expectCount, expectEnd, expectTime } from "./expect.ts";
import { inSeconds, isSame, named, onLoop } from "./expect.ts";
import type { Stage } from "./stage.ts";

type Worker = TaskFunction<[num: number, data: Queue<Item>], void>;

/** A queue that a task of ours fills or empties, and the seconds for which it sleeps after each item. */
type End = { queue: Queue<Item>; pause: number };

/** Runs the answer's tasks beside ours, of which one feeds `num` items into a queue, and one takes as many from one. */
async function runBeside(
  stage: Stage,
  num: number,
  start: (loop: EventLoop) => { tasks: Task[]; feeds?: End; takes?: End },
) {
  const put: Item[] = [];
  const got: { item: Item; time: number }[] = [];
  let [end, putByThen] = [NaN, 0];
  await stage.run(() =>
    onLoop((loop) => {
      const { tasks, feeds, takes } = start(loop);
      gather(...tasks).onDone(() => [end, putByThen] = [now(), stage.put]);
      const each = (name: string, pause: number, step: (i: number) => PromiseLike<unknown>) =>
        tasks.push(loop.createTask(named(name, async () => {
          for (let i = 0; i < num; i++) {
            await step(i);
            if (pause > 0) await sleep(pause);
          }
        })));
      const take = (item: Item) => got.push({ item, time: now() }); // never awaited: it may be a promise by mistake
      if (feeds) each("our producer", feeds.pause, (i) => feeds.queue.put(put[i] = [(i + 1) ** 2, now()]));
      if (takes) each("our consumer", takes.pause, () => takes.queue.get().then(take));
      return gather(...tasks);
    })
  );
  expectEnd(stage);
  return { put, got, end, putByThen };
}

const withLimit = (num: number, maxsize: number) =>
  `${count(num, "item")}, queues ` +
  (maxsize ? `that hold ${count(maxsize, "item")} at most` : "without a limit");

/** 3.1: the producer, beside a consumer of ours that takes its time, with queues that have limits and with none. */
const producer: Exercise<{ generateData: Worker }> = {
  needs: { generateData: "function" },
  cases: [[0, 0, 0], [1, 0, 0], [2, 0, 0], [3, 1, 0], [3, 1, 2], [5, 2, 2]],
  words: withLimit,
  async attempt({ generateData }, stage, num, maxsize, pause) {
    const { got, end } = await runBeside(stage, num, (loop) => {
      const data = new Queue<Item>(maxsize);
      return { tasks: [loop.createTask(generateData, num, data)], takes: { queue: data, pause } };
    });
    const made = stage.of("generated");
    const hasty = made.find(({ put }, i) => put <= i);
    const early = `generated(${hasty?.value}) was called before there was room for it`;
    expect(!hasty, "an item is generated once it is in the queue", early);
    got.forEach(({ item }, i) => {
      const value = item?.[0];
      expect(value === (i + 1) ** 2, `item ${i + 1} has the value ${(i + 1) ** 2}`, `it is ${value}`);
    });
    expectCount(made.length, num, "call", "of generated");
    const draw = seeded(stage.schedule.seed); // it alone draws numbers, so its pauses are known
    made.forEach(({ time }, i) => {
      const isLast = i + 1 === num;
      const [due, next] = [draw() + 0.5, isLast ? end : made[i + 1].time];
      const hasWaited = !isLast && next - time > due && got.some(({ time }) => time === next); // for room
      const expected = `${inSeconds(due)} pass between item ${i + 1} and ${isLast ? "the end" : "the next"}`;
      expect(hasWaited || isSame(next - time, due), expected, `${inSeconds(next - time)} passed`);
      if (isLast) return;
      const [put, said] = [time + due, got[i + 1].item?.[1]];
      const itsTime = `item ${i + 2} has the time at which it is put, ${inSeconds(put)}`;
      expect(isSame(put, said), itsTime, `it has the time ${said}`);
    });
    expectAwaited(stage);
  },
  figures: [
    ({ generateData }) => onLoop((loop) => loop.createTask(generateData, 20, new Queue<Item>())),
    ({ total }) => `20 items in ${inSeconds(total)}`,
  ],
};

/** 3.2: the consumer, alone and with another, fed slowly, at once, and with a limit. */
const consumer: Exercise<{ generateData?: Worker; processData: Worker }> = {
  needs: { processData: "function" },
  cases: [[0, 1, 0, 0], [1, 1, 0, 0], [2, 1, 0, 0], [2, 1, 0.937, 0], [3, 1, 0.3, 1], [4, 2, 0.1, 0]],
  words: (num, consumers, pause) =>
    `${count(num, "item")} and ${count(consumers, "consumer")}, ${
      pause ? `an item every ${pause} s` : "all items at once"
    }`,
  async attempt({ processData }, stage, num, consumers, pause, maxsize) {
    const { put, end } = await runBeside(stage, num, (loop) => {
      const data = new Queue<Item>(maxsize);
      const start = () => loop.createTask(processData, num / consumers, data);
      return { tasks: Array.from({ length: consumers }, start), feeds: { queue: data, pause } };
    });
    expectProcessed(stage, put);
    const used = stage.of("processed");
    let free = 0;
    used.forEach(({ task, time, value }, i) => {
      const next = used.slice(i + 1).find((event) => event.task === task)?.time ??
        (consumers > 1 ? Infinity : end);
      const passed = `after item ${i + 1} it was ${inSeconds(next - time)}`;
      expect(next - time >= 0.5 - 1e-9, "half a second passes after each item", passed);
      if (consumers > 1) return;
      const [, there] = put.find((item) => item[0] === value)!;
      const expected = "an item is processed as soon as it is there and the one before is done";
      const happened = `the item put at ${inSeconds(there)} was processed at ${time.toFixed(3)} s`;
      const hint =
        "await data.get() waits for an item, and no longer; there is no need to ask again and again";
      expect(isSame(time, Math.max(there, free)), expected, happened, hint);
      free = time + 0.5;
    });
    expectAwaited(stage);
  },
  figures: [
    ({ generateData, processData }) =>
      typeof generateData === "function" && onLoop((loop) => {
        const data = new Queue<Item>();
        return gather(...[generateData, processData].map((fn) => loop.createTask(fn, 20, data)));
      }),
    ({ total, latency: { max }, processed }) =>
      processed ? `20 items in ${inSeconds(total)}, longest latency ${inSeconds(max)}` : "",
  ],
};

/** Expects that each item was processed once, with its value and its latency. */
function expectProcessed(stage: Stage, put: Item[]): void {
  const used = stage.of("processed");
  for (const { value } of used) {
    expect(typeof value === "number", "processed is given a value", `it was given ${value}`);
  }
  expectCount(used.length, put.length, "call", "of processed");
  for (const [value, start] of put) {
    const event = used.find((event) => event.value === value);
    expect(event !== undefined, "each item is processed once", `the value ${value} never was`);
    const { time, latency } = event;
    const [from, to, waited] = [start, time, time - start].map(inSeconds);
    const expected = `the item put at ${from} and processed at ${to} has waited ${waited}`;
    expect(isSame(time - start, latency), expected, `its latency is said to be ${latency}`);
  }
}

/** 3.3: from one queue into another. */
const relay: Exercise<{
  relay: TaskFunction<[num: number, source: Queue<Item>, target: Queue<Item>], void>;
}> = {
  needs: { relay: "function" },
  cases: [[0, 0, 0], [1, 0, 0], [2, 0, 0], [3, 1, 0], [3, 1, 1.5], [5, 2, 0.7]],
  words: withLimit,
  async attempt({ relay }, stage, num, maxsize, pause) {
    const { put, got, end, putByThen } = await runBeside(stage, num, (loop) => {
      const [source, target] = [new Queue<Item>(maxsize), new Queue<Item>(maxsize)];
      const tasks = [loop.createTask(relay, num, source, target)];
      return { tasks, feeds: { queue: source, pause: 0 }, takes: { queue: target, pause } };
    });
    got.forEach(({ item, time }, i) => {
      const arrived = `what arrives is ${JSON.stringify(item) ?? String(item)}`;
      expect(item === put[i], `item ${i + 1} arrives as item ${i + 1}, unchanged`, arrived);
      const due = 0.2 * (i + 1); // or later, if our consumer makes it wait
      if (pause === 0 || time < due) expectTime(time, due, `item ${i + 1} arrives after`, "it arrived after");
    });
    const open = "it ended while a put was still waiting for room";
    expect(putByThen === 2 * num, "relay ends once the last item is in the other queue", open);
    if (pause === 0) expectTime(end, 0.2 * num, "it ends after", "it took");
    expectAwaited(stage);
  },
};

/** The exercises of notebook 3. */
export const awaits: Exercises = { "3.1": producer, "3.2": consumer, "3.3": relay };
