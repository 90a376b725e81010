// Notebook 2: functions that are marked async, and wait nowhere yet.
import { describe, isAwaitable } from "../check.ts";
import { EventLoop, type TaskFunction } from "../loop.ts";
import { gather } from "../gather.ts";
import { Queue } from "../queue.ts";
import type { Exercise, Finding } from "./exercise.ts";
import { failure, type Item } from "./findings.ts";
import type { Stage } from "./stage.ts";

type Worker = TaskFunction<[num: number, data: Queue<Item>], void>;

/** Runs both functions on the loop, and looks at what they return first of all. */
async function runBoth(
  stage: Stage,
  functions: Record<string, Worker>,
  num: number,
  mayBlock = false,
): Promise<Finding | undefined> {
  let plain: string | undefined;
  await stage.run(() => {
    const loop = new EventLoop();
    const data = new Queue<Item>();
    const tasks = Object.entries(functions).map(([name, fn]) =>
      loop.createTask(async () => {
        const returned: unknown = fn(num, data);
        if (!isAwaitable(returned)) plain ??= `${name} returned ${describe(returned)}`;
        await returned;
      })
    );
    return loop.runUntilComplete(gather(...tasks));
  });
  if (plain) {
    return {
      expected: "both functions return a promise",
      happened: plain,
      hint: "write async in front of its function",
    };
  }
  const [made, used] = [stage.of("generated").length, stage.of("processed").length];
  if (!stage.error && (made !== num || used !== num)) {
    return { expected: `${num} lines of each kind`, happened: `${made} generated, ${used} processed` };
  }
  return failure(stage, mayBlock);
}

/** 2.1: both functions marked. */
export const marked: Exercise<{ generateData: Worker; processData: Worker }> = {
  needs: { generateData: "function", processData: "function" },
  cases: ({ generateData, processData }) =>
    [1, 3].map((num) => ({
      words: `${num} items`,
      attempt: (stage) => runBoth(stage, { generateData, processData }, num, true),
    })),
};

const CALLS: Record<string, [waits: boolean, why: string]> = {
  "data.put": [true, "it waits for room, if the queue is full"],
  now: [false, "it reads the clock, and is done"],
  generated: [false, "it prints a line, and is done"],
  random: [false, "it draws a number, and is done"],
  sleepSync: [true, "it waits for time to pass"],
  "data.get": [true, "it waits for an item, if the queue is empty"],
  processed: [false, "it prints a line, and is done"],
};

/** 2.2: which calls wait. */
export const waiting: Exercise<{ waits: Record<string, boolean> }> = {
  needs: { waits: "object" },
  cases: ({ waits }) =>
    Object.entries(CALLS).map(([name, [isWait, why]]) => ({
      words: name,
      attempt: () =>
        waits[name] === isWait
          ? undefined
          : { expected: `another answer for ${name}`, happened: `yours is ${waits[name]}`, hint: why },
    })),
  schedules: [{ seed: 1, order: 0 }],
};

/** 2.3: the loop's own sleep in both functions. */
export const sleeping: Exercise<{ generateSleeping: Worker; processSleeping: Worker }> = {
  needs: { generateSleeping: "function", processSleeping: "function" },
  cases: ({ generateSleeping, processSleeping }) =>
    [1, 3].map((num) => ({
      words: `${num} items`,
      async attempt(stage) {
        const finding = await runBoth(stage, { generateSleeping, processSleeping }, num);
        const sleeps = stage.of("sleep").length;
        return finding ?? (sleeps === 2 * num ? undefined : {
          expected: `${2 * num} calls of sleep, one for each item in each function`,
          happened: `there are ${sleeps}`,
        });
      },
    })),
};
