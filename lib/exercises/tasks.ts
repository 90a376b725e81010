// Notebooks 4 and 5: programs that start tasks.
import { now } from "../context.ts";
import { count } from "../words.ts";
import { EventLoop } from "../loop.ts";
import {
  type Exercise,
  expect,
  expectAwaited,
  expectEnd,
  inSeconds,
  isSame,
  runProgram,
} from "./exercise.ts";
import type { Stage } from "./stage.ts";

/** Runs a program that starts producers, and expects all that it must do whatever its tasks are. */
async function runTasks(stage: Stage, producers: number, items: number, program: () => unknown) {
  await runProgram(stage, program);
  const all = producers * items;
  const run = stage.seen;
  expect(run.generated === all, `${count(all, "item")} to be generated`, `there are ${run.generated}`);
  const left = `${run.processed} processed, ${stage.left} left in the queue`;
  expect(run.processed === all, `${count(all, "item")} to be processed`, left);
  const [lanes, consumers] = ["producer", "consumer"].map((role) =>
    run.lanes.filter((lane) => lane.role === role)
  );
  expect(lanes.length === producers, `tasks of generateData: ${producers}`, `there are ${lanes.length}`);
  for (const { name, slices: [{ start }] } of lanes) {
    expect(start === 0, "all producers start at once", `${name} started after ${inSeconds(start)}`);
  }
  expectAwaited(stage);
  return { run, consumers };
}

/** 4.1: any number of producers, one consumer. */
export const producers: Exercise<{ main(producers: number, items: number): unknown }> = {
  needs: { main: "function" },
  cases: [[1, 1], [2, 1], [2, 3], [3, 5]],
  words: (producers, items) => `producers: ${producers}, items: ${items}`,
  async attempt({ main }, stage, producers, items) {
    await runTasks(stage, producers, items, () => main(producers, items));
  },
  async figures({ main }, stage) {
    await stage.run(() => main(2, 20));
    return `two producers, 40 items: ${inSeconds(stage.total)}`;
  },
};

/** 4.2: any number of consumers, too. */
export const consumers: Exercise<{
  mainMany(producers: number, consumers: number, items: number): unknown;
}> = {
  needs: { mainMany: "function" },
  cases: [[1, 1, 1], [1, 2, 1], [1, 2, 2], [4, 1, 3], [2, 2, 3], [1, 3, 7], [3, 2, 7], [4, 3, 5]],
  words: (producers, consumers, items) => `producers: ${producers}, consumers: ${consumers}, items: ${items}`,
  async attempt({ mainMany }, stage, producers, consumers, items) {
    const there = await runTasks(stage, producers, items, () => mainMany(producers, consumers, items));
    const wanted = Math.min(consumers, producers * items);
    const happened = `there are ${there.consumers.length}`;
    expect(there.consumers.length >= wanted, `${wanted} consumers that process something`, happened);
  },
  async figures({ mainMany }, stage) {
    await stage.run(() => mainMany(3, 2, 20));
    return `three producers, two consumers, 60 items: ${inSeconds(stage.total)}`;
  },
};

/** 4.3: a queue with a limit. */
export const bounded: Exercise<{ mainBounded(producers: number, items: number, limit: number): unknown }> = {
  needs: { mainBounded: "function" },
  cases: [[1, 1, 1], [3, 3, 1], [3, 10, 2], [4, 10, 5]],
  words: (producers, items, limit) => `producers: ${producers}, items: ${items}, limit: ${limit}`,
  async attempt({ mainBounded }, stage, producers, items, limit) {
    const { run } = await runTasks(stage, producers, items, () => mainBounded(producers, items, limit));
    const { time, size } = run.depth.find(({ size }) => size > limit) ?? { time: 0, size: 0 };
    expect(
      size <= limit,
      `never more than ${count(limit, "item")} in the queue`,
      `after ${inSeconds(time)} it held ${size}`,
    );
  },
};

/** 4.4: five producers, whose items are processed as they come. */
export const quick: Exercise<{ mainQuick(producers: number, items: number): unknown }> = {
  needs: { mainQuick: "function" },
  cases: [[5, 20]],
  words: (producers, items) => `producers: ${producers}, items: ${items}`,
  schedules: [1, 2, 3].flatMap((seed) => [0, 1].map((order) => ({ seed, order }))),
  async attempt({ mainQuick }, stage, producers, items) {
    const { run, consumers } = await runTasks(stage, producers, items, () => mainQuick(producers, items));
    const worked = consumers.reduce((sum, { busy }) => sum + busy, 0);
    expect(
      worked > 0.5 * run.processed - 1e-6,
      "processData takes half a second for each item",
      `${run.processed} items took ${inSeconds(worked)} in all`,
      "leave generateData and processData as they are",
    );
    expect(run.total <= 25, "it is through within 25 s", `it took ${inSeconds(run.total)}`);
    const longest = run.latency.max;
    expect(longest <= 1, "no item waits for longer than 1 s", `one waited ${inSeconds(longest)}`);
  },
  async figures({ mainQuick }, stage) {
    await stage.run(() => mainQuick(5, 20));
    return `100 items in ${inSeconds(stage.total)}, where one consumer takes 50 s`;
  },
};

/** 5.1: three waits that overlap. */
export const breakfast: Exercise<{ breakfast(loop: EventLoop): PromiseLike<unknown> }> = {
  needs: { breakfast: "function" },
  cases: [[]],
  words: () => "tea, toast and eggs",
  async attempt({ breakfast }, stage) {
    let end = NaN;
    await stage.run(() => {
      const loop = new EventLoop();
      const task = loop.createTask(breakfast, loop);
      task.onDone(() => end = now());
      return loop.runUntilComplete(task);
    });
    expectEnd(stage);
    const [all, served] = ['["tea","toast","eggs"]', JSON.stringify(stage.result)];
    expect(served === all, `it returns ${all}`, `it returned ${served}`);
    const happened = `it was ready after ${inSeconds(end)}`;
    expect(isSame(end, 4), "it is ready after 4.00 s, as soon as the eggs are", happened);
    expectAwaited(stage);
  },
};
