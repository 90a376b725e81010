// Notebook 2: functions that are marked async, and wait nowhere yet.
import { describe, isAwaitable } from "../arguments.ts";
import { gather } from "../gather.ts";
import type { TaskFunction } from "../loop.ts";
import { Queue } from "../queue.ts";
import { count } from "../words.ts";
import { type Exercise, type Exercises, type Item, ONE } from "./exercise.ts";
import { expect, expectCount, expectEnd, inSeconds, named, onLoop } from "./expect.ts";
import type { Stage } from "./stage.ts";

type Worker = TaskFunction<[num: number, data: Queue<Item>], void>;

const cases = [[1], [3]];
const words = (num: number) => count(num, "item");

/** Runs both functions on the loop, and expects of each that it returns a promise. */
async function runBoth(stage: Stage, functions: Record<string, Worker>, num: number, mayBlock: boolean) {
  let plain = "";
  await stage.run(() =>
    onLoop((loop) => {
      const data = new Queue<Item>();
      const tasks = Object.entries(functions).map(([name, fn]) =>
        loop.createTask(named(name, async () => {
          const returned: unknown = fn(num, data);
          if (!isAwaitable(returned)) plain ||= `${name} returned ${describe(returned)}`;
          await returned;
        }))
      );
      return gather(...tasks);
    })
  );
  expect(plain === "", "both functions return a promise", plain, "write async in front of its function");
  const [made, used] = [stage.of("generated").length, stage.of("processed").length];
  const isRight = stage.error !== undefined || (made === num && used === num);
  expect(isRight, `${count(num, "line")} of each kind`, `${made} generated, ${used} processed`);
  expectEnd(stage, mayBlock);
}

/** 2.1: both functions marked. */
const marked: Exercise<{ generateData: Worker; processData: Worker }> = {
  needs: { generateData: "function", processData: "function" },
  cases,
  words,
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
const waiting: Exercise<{ waits: Record<string, boolean> }> = {
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
const sleeping: Exercise<{ generateSleeping: Worker; processSleeping: Worker }> = {
  needs: { generateSleeping: "function", processSleeping: "function" },
  cases,
  words,
  async attempt({ generateSleeping, processSleeping }, stage, num) {
    await runBoth(stage, { generateSleeping, processSleeping }, num, false);
    for (const { name } of [generateSleeping, processSleeping]) {
      const calls = stage.of("sleep").filter(({ task }) => task === name).length;
      expectCount(calls, num, "call", `of sleep in ${name}, one for each item`);
    }
    const took = `something was, since it took ${inSeconds(stage.total)}`;
    expect(stage.total === 0, "nothing is awaited yet", took, "the awaits come in the next notebook");
  },
};

/** The exercises of notebook 2. */
export const marks: Exercises = { "2.1": marked, "2.2": waiting, "2.3": sleeping };
