// Notebook 3: functions that wait where they have to.
import { now } from "../context.ts";
import { gather } from "../gather.ts";
import { EventLoop, type TaskFunction } from "../loop.ts";
import { Queue } from "../queue.ts";
import { seeded } from "../random.ts";
import { sleep } from "../sleep.ts";
import type { Exercise, Finding } from "./exercise.ts";
import { after, failure, inSeconds, isSame, type Item, named, oneByOne, unawaited } from "./findings.ts";
import type { Stage } from "./stage.ts";

type Worker = TaskFunction<[num: number, data: Queue<Item>], void>;

/** 3.1: the producer, beside a consumer of ours that takes its time, with queues that have limits and with none. */
export const producer: Exercise<{ generateData: Worker }> = {
  needs: { generateData: "function" },
  cases: ({ generateData }) =>
    [[0, 0, 0], [1, 0, 0], [2, 0, 0], [3, 1, 0], [3, 1, 2], [5, 2, 2]].map(([num, maxsize, pace]) => ({
      words: `items: ${num}, ${maxsize ? `a queue that holds ${maxsize}` : "a queue without a limit"}`,
      async attempt(stage) {
        const got: Item[] = [];
        let hasty: Finding | undefined;
        stage.watch = (event) => {
          if (event.what !== "generated" || stage.put >= stage.of("generated").length) return;
          hasty ??= {
            expected: `an item is generated once it is in the queue`,
            happened: `generated(${event.value}) was called before there was room for it`,
          };
        };
        let end = NaN;
        await stage.run(() => {
          const loop = new EventLoop();
          const data = new Queue<Item>(maxsize);
          const made = loop.createTask(generateData, num, data);
          made.onDone(() => end = now());
          const take = () => oneByOne(num, () => data.get().then((item) => (got.push(item), sleep(pace))));
          return loop.runUntilComplete(gather(made, loop.createTask(named("our consumer", take))));
        });
        return failure(stage) ?? hasty ?? itemsFinding(got, num) ?? pausesFinding(stage, num, pace, end) ??
          unawaited(stage);
      },
    })),
  figures: async ({ generateData }, stage) => {
    await stage.run(() => {
      const loop = new EventLoop();
      return loop.runUntilComplete(loop.createTask(generateData, 20, new Queue<Item>()));
    });
    return `20 items in ${inSeconds(stage.total)}`;
  },
};

function itemsFinding(got: Item[], num: number): Finding | undefined {
  const at = Array.from({ length: num }, (_, i) => (i + 1) ** 2).findIndex((value, i) =>
    got[i]?.[0] !== value
  );
  if (at < 0) return;
  return { expected: `item ${at + 1} has the value ${(at + 1) ** 2}`, happened: `it is ${got[at]?.[0]}` };
}

/** The producer's pauses are known: it alone draws numbers. */
function pausesFinding(stage: Stage, num: number, pace: number, end: number): Finding | undefined {
  const made = stage.of("generated");
  if (made.length !== num) {
    return { expected: `${num} calls of generated`, happened: `there are ${made.length}` };
  }
  const draw = seeded(stage.schedule.seed);
  const pauses = made.map(() => draw() + 0.5);
  for (const [i, pause] of pauses.entries()) {
    const next = made[i + 1]?.time ?? end;
    const passed = next - made[i].time;
    const isRight = pace > 0 && i + 1 < num ? passed >= pause - 1e-9 : isSame(passed, pause);
    if (!isRight) {
      return {
        expected: `${inSeconds(pause)} pass between item ${i + 1} and ${
          i + 1 < num ? "the next" : "the end"
        }`,
        happened: `${inSeconds(passed)} passed`,
      };
    }
  }
}

/** 3.2: the consumer, alone and with another, fed slowly, at once, and with a limit. */
export const consumer: Exercise<{ generateData?: Worker; processData: Worker }> = {
  needs: { processData: "function" },
  cases: ({ processData }) =>
    [[0, 1, 0, 0], [1, 1, 0, 0], [2, 1, 0, 0], [2, 1, 0.937, 0], [3, 1, 0.3, 1], [4, 2, 0.1, 0]].map(
      ([num, consumers, pace, maxsize]) => ({
        words: `items: ${num}, consumers: ${consumers}, an item every ${pace} s`,
        async attempt(stage) {
          const put: Item[] = [];
          const ends: number[] = [];
          await stage.run(() => {
            const loop = new EventLoop();
            const data = new Queue<Item>(maxsize);
            const feed = () =>
              oneByOne(num, (i) =>
                after(pace, () => {
                  const item: Item = [(i + 1) ** 2, now()];
                  put.push(item);
                  return data.put(item);
                }));
            const tasks = Array.from(
              { length: consumers },
              () => loop.createTask(processData, num / consumers, data),
            );
            tasks.forEach((task, i) => task.onDone(() => ends[i] = now()));
            return loop.runUntilComplete(gather(...tasks, loop.createTask(named("our producer", feed))));
          });
          return failure(stage) ?? consumedFinding(stage, put, ends) ?? unawaited(stage);
        },
      }),
    ),
  figures: async ({ generateData, processData }, stage) => {
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

function consumedFinding(stage: Stage, put: Item[], ends: number[]): Finding | undefined {
  const used = stage.of("processed");
  const odd = used.find(({ value }) => typeof value !== "number");
  if (odd) {
    return { expected: "processed is given a value", happened: `it was given ${odd.value}` };
  }
  const missing = put.find(([value]) => !used.some((event) => event.value === value));
  if (missing || used.length !== put.length) {
    return {
      expected: `each of ${put.length} items is processed once`,
      happened: missing ? `the value ${missing[0]} never was` : `there were ${used.length}`,
    };
  }
  for (const [value, time] of put) {
    const event = used.find((event) => event.value === value)!;
    if (!isSame(event.latency ?? NaN, event.time - time)) {
      return {
        expected: `the item put at ${inSeconds(time)} and processed at ${inSeconds(event.time)} has waited ${
          inSeconds(event.time - time)
        }`,
        happened: `its latency is said to be ${event.latency}`,
      };
    }
  }
  const names = [...new Set(used.map(({ task }) => task))];
  const late = names.length === 1
    ? used.find(({ time }, i) => !isSame(time, Math.max(put[i][1], i === 0 ? 0 : used[i - 1].time + 0.5)))
    : undefined;
  if (late && late.time > 0 && !unawaited(stage)) {
    const time = put.find(([value]) => value === late.value)![1];
    return {
      expected: "an item is processed as soon as it is there and the one before is through",
      happened: `the item put at ${inSeconds(time)} was processed at ${late.time.toFixed(3)} s`,
      hint: "await data.get() waits for an item, and not a moment longer; nobody need ask again and again",
    };
  }
  for (const [i, name] of names.entries()) {
    const times = [...used.filter(({ task }) => task === name).map(({ time }) => time), Math.max(...ends)];
    const at = times.findIndex((time, k) => k > 0 && time - times[k - 1] < 0.5 - 1e-9);
    if (at > 0 && (names.length === 1 || at < times.length - 1)) {
      return {
        expected: `half a second passes after each item`,
        happened: `after item ${at}${names.length > 1 ? ` of consumer ${i + 1}` : ""} it was ${
          inSeconds(times[at] - times[at - 1])
        }`,
      };
    }
  }
}

/** 3.3: from one queue into another. */
export const relay: Exercise<{
  relay: TaskFunction<[num: number, source: Queue<Item>, target: Queue<Item>], void>;
}> = {
  needs: { relay: "function" },
  cases: ({ relay }) =>
    [[0, 0, 0], [1, 0, 0], [2, 0, 0], [3, 1, 0], [3, 1, 1.5], [5, 2, 0.7]].map(([num, maxsize, pace]) => ({
      words: `items: ${num}, ${maxsize ? `queues that hold ${maxsize}` : "queues without a limit"}`,
      async attempt(stage) {
        const sent: Item[] = Array.from({ length: num }, (_, i) => [(i + 1) ** 2, 0]);
        const got: { item: Item; time: number }[] = [];
        let end = NaN;
        let putAtEnd = 0;
        await stage.run(() => {
          const loop = new EventLoop();
          const [source, target] = [new Queue<Item>(maxsize), new Queue<Item>(maxsize)];
          const middle = loop.createTask(relay, num, source, target);
          middle.onDone(() => [end, putAtEnd] = [now(), stage.put]);
          const feed = () => oneByOne(num, (i) => source.put(sent[i]));
          const take = () =>
            oneByOne(num, () =>
              target.get().then((item) => {
                got.push({ item, time: now() });
                return sleep(pace);
              }));
          return loop.runUntilComplete(
            gather(
              middle,
              loop.createTask(named("our producer", feed)),
              loop.createTask(named("our consumer", take)),
            ),
          );
        });
        const failed = failure(stage);
        if (failed) return failed;
        const at = sent.findIndex((item, i) => got[i]?.item !== item);
        if (at >= 0) {
          return {
            expected: `item ${at + 1} arrives as item ${at + 1}, unchanged`,
            happened: got[at]
              ? `what arrives is ${JSON.stringify(got[at].item) ?? String(got[at].item)}`
              : "it never arrives",
          };
        }
        const early = got.findIndex(({ time }, i) => time < 0.2 * (i + 1) - 1e-9);
        if (early >= 0) {
          return {
            expected: `item ${early + 1} arrives after ${inSeconds(0.2 * (early + 1))} at the earliest`,
            happened: `it arrived after ${inSeconds(got[early].time)}`,
          };
        }
        const slow = 0.2 * num;
        if (putAtEnd < 2 * num) {
          return {
            expected: "relay ends once the last item is in the other queue",
            happened: "it ended while a put was still waiting for room",
          };
        }
        if (pace === 0 && !isSame(end, slow)) {
          return {
            expected: `it is through after ${inSeconds(slow)}`,
            happened: `it took ${inSeconds(end)}`,
          };
        }
        return unawaited(stage);
      },
    })),
};
