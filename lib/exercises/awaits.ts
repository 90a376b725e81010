// Notebook 3: functions that wait where they have to.
import { now } from "../context.ts";
import { gather } from "../gather.ts";
import { EventLoop, type TaskFunction } from "../loop.ts";
import { Queue } from "../queue.ts";
import { seeded } from "../random.ts";
import { count } from "../words.ts";
import {
  eachIn,
  type Exercise,
  expect,
  expectAwaited,
  expectEnd,
  inSeconds,
  isSame,
  type Item,
  there,
} from "./exercise.ts";
import type { Stage } from "./stage.ts";

type Worker = TaskFunction<[num: number, data: Queue<Item>], void>;

/** 3.1: the producer, beside a consumer of ours that takes its time, with queues that have limits and with none. */
export const producer: Exercise<{ generateData: Worker }> = {
  needs: { generateData: "function" },
  cases: [[0, 0, 0], [1, 0, 0], [2, 0, 0], [3, 1, 0], [3, 1, 2], [5, 2, 2]],
  words: (num, maxsize) => `${count(num, "item")}, ${limitOf(maxsize)}`,
  async attempt({ generateData }, stage, num, maxsize, pause) {
    const got: Item[] = [];
    const room: number[] = []; // when an item was taken
    let hasty: unknown;
    stage.watch = ({ what, value }) => {
      if (what === "generated" && stage.put < stage.of("generated").length) hasty ??= value;
    };
    let end = NaN;
    await stage.run(() => {
      const loop = new EventLoop();
      const data = new Queue<Item>(maxsize);
      const task = loop.createTask(generateData, num, data);
      task.onDone(() => end = now());
      const take = eachIn(
        "our consumer",
        num,
        pause,
        () => data.get().then((item) => room.push(now()) && got.push(item)),
      );
      return loop.runUntilComplete(gather(task, loop.createTask(take)));
    });
    expectEnd(stage);
    const early = `generated(${hasty}) was called before there was room for it`;
    expect(hasty === undefined, "an item is generated once it is in the queue", early);
    for (let idx = 1; idx <= num; idx++) {
      const value = got[idx - 1]?.[0];
      expect(value === idx ** 2, `item ${idx} has the value ${idx ** 2}`, `it is ${value}`);
    }
    const made = stage.of("generated");
    expect(made.length === num, `${count(num, "call")} of generated`, there(made.length));
    const draw = seeded(stage.schedule.seed); // it alone draws numbers, so its pauses are known
    made.forEach(({ time }, i) => {
      const isLast = i + 1 === num;
      const [due, passed] = [draw() + 0.5, (isLast ? end : made[i + 1].time) - time];
      const hasWaited = !isLast && passed > due && room.includes(made[i + 1].time);
      expect(
        hasWaited || isSame(passed, due),
        `${inSeconds(due)} pass between item ${i + 1} and ${isLast ? "the end" : "the next"}`,
        `${inSeconds(passed)} passed`,
      );
      if (isLast) return;
      const put = time + due;
      const said = `it has the time ${got[i + 1][1]}`;
      expect(
        isSame(put, got[i + 1][1]),
        `item ${i + 2} has the time at which it is put, ${inSeconds(put)}`,
        said,
      );
    });
    expectAwaited(stage);
  },
  async figures({ generateData }, stage) {
    await stage.run(() => {
      const loop = new EventLoop();
      return loop.runUntilComplete(loop.createTask(generateData, 20, new Queue<Item>()));
    });
    return `20 items in ${inSeconds(stage.total)}`;
  },
};

function limitOf(maxsize: number): string {
  return maxsize ? `queues that hold ${count(maxsize, "item")} at most` : "queues without a limit";
}

/** 3.2: the consumer, alone and with another, fed slowly, at once, and with a limit. */
export const consumer: Exercise<{ generateData?: Worker; processData: Worker }> = {
  needs: { processData: "function" },
  cases: [[0, 1, 0, 0], [1, 1, 0, 0], [2, 1, 0, 0], [2, 1, 0.937, 0], [3, 1, 0.3, 1], [4, 2, 0.1, 0]],
  words: (num, consumers, pause) =>
    `${count(num, "item")} and ${count(consumers, "consumer")}, ${
      pause ? `an item every ${pause} s` : "all items at once"
    }`,
  async attempt({ processData }, stage, num, consumers, pause, maxsize) {
    const put: Item[] = [];
    let end = NaN;
    await stage.run(() => {
      const loop = new EventLoop();
      const data = new Queue<Item>(maxsize);
      const feed = eachIn("our producer", num, pause, (i) => data.put(put[i] = [(i + 1) ** 2, now()]));
      const tasks = Array.from(
        { length: consumers },
        () => loop.createTask(processData, num / consumers, data),
      );
      gather(...tasks).onDone(() => end = now());
      return loop.runUntilComplete(gather(...tasks, loop.createTask(feed)));
    });
    expectEnd(stage);
    expectProcessed(stage, put);
    const used = stage.of("processed");
    for (const name of new Set(used.map(({ task }) => task))) {
      const own = used.filter(({ task }) => task === name);
      own.forEach(({ time, value }, i) => {
        const next = own[i + 1]?.time ?? (consumers === 1 ? end : Infinity);
        const passed = `after item ${i + 1} it was ${inSeconds(next - time)}`;
        expect(next - time >= 0.5 - 1e-9, "half a second passes after each item", passed);
        if (consumers > 1) return;
        const there = put.find((item) => item[0] === value)![1];
        expect(
          isSame(time, Math.max(there, i === 0 ? 0 : own[i - 1].time + 0.5)),
          "an item is processed as soon as it is there and the one before is through",
          `the item put at ${inSeconds(there)} was processed at ${time.toFixed(3)} s`,
          "await data.get() waits for an item, and not a moment longer; nobody need ask again and again",
        );
      });
    }
    expectAwaited(stage);
  },
  async figures({ generateData, processData }, stage) {
    if (typeof generateData !== "function") return "";
    await stage.run(() => {
      const loop = new EventLoop();
      const data = new Queue<Item>();
      const tasks = [generateData, processData].map((fn) => loop.createTask(fn, 20, data));
      return loop.runUntilComplete(gather(...tasks));
    });
    return `20 items in ${inSeconds(stage.total)}, longest latency ${inSeconds(stage.seen.latency.max)}`;
  },
};

/** Expects that each item was processed once, with its value and its latency. */
function expectProcessed(stage: Stage, put: Item[]): void {
  const used = stage.of("processed");
  for (const { value } of used) {
    expect(typeof value === "number", "processed is given a value", `it was given ${value}`);
  }
  expect(used.length === put.length, `${count(put.length, "call")} of processed`, there(used.length));
  for (const [value, time] of put) {
    const event = used.find((event) => event.value === value);
    expect(event !== undefined, "each item is processed once", `the value ${value} never was`);
    const waited = event.time - time;
    expect(
      isSame(waited, event.latency),
      `the item put at ${inSeconds(time)} and processed at ${inSeconds(event.time)} has waited ${
        inSeconds(waited)
      }`,
      `its latency is said to be ${event.latency}`,
    );
  }
}

/** 3.3: from one queue into another. */
export const relay: Exercise<{
  relay: TaskFunction<[num: number, source: Queue<Item>, target: Queue<Item>], void>;
}> = {
  needs: { relay: "function" },
  cases: [[0, 0, 0], [1, 0, 0], [2, 0, 0], [3, 1, 0], [3, 1, 1.5], [5, 2, 0.7]],
  words: (num, maxsize) => `${count(num, "item")}, ${limitOf(maxsize)}`,
  async attempt({ relay }, stage, num, maxsize, pause) {
    const sent: Item[] = Array.from({ length: num }, (_, i) => [(i + 1) ** 2, 0]);
    const got: { item: Item; time: number }[] = [];
    let [end, putByThen] = [NaN, 0];
    await stage.run(() => {
      const loop = new EventLoop();
      const [source, target] = [new Queue<Item>(maxsize), new Queue<Item>(maxsize)];
      const task = loop.createTask(relay, num, source, target);
      task.onDone(() => [end, putByThen] = [now(), stage.put]);
      const feed = eachIn("our producer", num, 0, (i) => source.put(sent[i]));
      const take = eachIn(
        "our consumer",
        num,
        pause,
        () => target.get().then((item) => got.push({ item, time: now() })),
      );
      return loop.runUntilComplete(gather(task, loop.createTask(feed), loop.createTask(take)));
    });
    expectEnd(stage);
    got.forEach(({ item, time }, i) => {
      const arrived = `what arrives is ${JSON.stringify(item) ?? String(item)}`;
      expect(item === sent[i], `item ${i + 1} arrives as item ${i + 1}, unchanged`, arrived);
      const due = 0.2 * (i + 1);
      const expected = `item ${i + 1} arrives after ${inSeconds(due)}${pause > 0 ? " at the earliest" : ""}`;
      const isRight = pause > 0 ? time > due - 1e-9 : isSame(time, due);
      expect(isRight, expected, `it arrived after ${inSeconds(time)}`);
    });
    const open = "it ended while a put was still waiting for room";
    expect(putByThen === 2 * num, "relay ends once the last item is in the other queue", open);
    const due = 0.2 * num;
    const took = `it took ${inSeconds(end)}`;
    expect(pause > 0 || isSame(end, due), `it is through after ${inSeconds(due)}`, took);
    expectAwaited(stage);
  },
};
