// Notebook 2: functions that are marked async, and wait nowhere yet.
import { describe, isAwaitable } from "../arguments.ts";
import { gather } from "../gather.ts";
import { EventLoop, type TaskFunction } from "../loop.ts";
import { Queue } from "../queue.ts";
import { count } from "../words.ts";
import { type Exercise, expect, expectEnd, type Item, named, ONE, there } from "./exercise.ts";
import type { Stage } from "./stage.ts";

type Worker = TaskFunction<[num: number, data: Queue<Item>], void>;

/** Runs both functions on the loop, and expects of each that it returns a promise. */
async function runBoth(stage: Stage, functions: Record<string, Worker>, num: number, mayBlock: boolean) {
  let plain: string | undefined;
  await stage.run(() => {
    const loop = new EventLoop();
    const data = new Queue<Item>();
    const tasks = Object.entries(functions).map(([name, fn]) =>
      loop.createTask(named(name, async () => {
        const returned: unknown = fn(num, data);
        if (!isAwaitable(returned)) plain ??= `${name} returned ${describe(returned)}`;
        await returned;
      }))
    );
    return loop.runUntilComplete(gather(...tasks));
  });
  expect(!plain, "both functions return a promise", plain ?? "", "write async in front of its function");
  const [made, used] = [stage.of("generated").length, stage.of("processed").length];
  const counts = `${made} generated, ${used} processed`;
  expect(
    stage.error !== undefined || (made === num && used === num),
    `${count(num, "line")} of each kind`,
    counts,
  );
  expectEnd(stage, mayBlock);
}

/** 2.1: both functions marked. */
export const marked: Exercise<{ generateData: Worker; processData: Worker }> = {
  needs: { generateData: "function", processData: "function" },
  cases: [[1], [3]],
  words: (num) => count(num, "item"),
  attempt: ({ generateData, processData }, stage, num) =>
    runBoth(stage, { generateData, processData }, num, true),
};

const CALLS: [name: string, waits: boolean, why: string][] = [
  ["data.put", true, "it waits for room, if the queue is full"],
  ["now", false, "it reads the clock, and is done"],
  ["generated", false, "it prints a line, and is done"],
  ["random", false, "it draws a number, and is done"],
  ["sleepSync", true, "it waits for time to pass"],
  ["data.get", true, "it waits for an item, if the queue is empty"],
  ["processed", false, "it prints a line, and is done"],
];

/** 2.2: the calls that wait. */
export const waiting: Exercise<{ waits: Record<string, boolean> }> = {
  needs: { waits: "object" },
  cases: CALLS.map((_, i) => [i]),
  words: (i) => CALLS[i][0],
  schedules: ONE,
  attempt({ waits }, _stage, i) {
    const [name, isWait, why] = CALLS[i];
    expect(waits[name] === isWait, `another answer for ${name}`, `yours is ${waits[name]}`, why);
  },
};

/** 2.3: the loop's own sleep in both functions. */
export const sleeping: Exercise<{ generateSleeping: Worker; processSleeping: Worker }> = {
  needs: { generateSleeping: "function", processSleeping: "function" },
  cases: [[1], [3]],
  words: (num) => count(num, "item"),
  async attempt({ generateSleeping, processSleeping }, stage, num) {
    await runBoth(stage, { generateSleeping, processSleeping }, num, false);
    for (const { name } of [generateSleeping, processSleeping]) {
      const calls = stage.of("sleep").filter(({ task }) => task === name).length;
      expect(calls === num, `${count(num, "call")} of sleep in ${name}, one for each item`, there(calls));
    }
  },
};
