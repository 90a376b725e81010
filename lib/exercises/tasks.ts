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
  there,
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
  expect(lanes.length === producers, `${count(producers, "task")} of generateData`, there(lanes.length));
  for (const { name, slices: [{ start }] } of lanes) {
    expect(start === 0, "all producers start at once", `${name} started after ${inSeconds(start)}`);
  }
  const worked = consumers.reduce((sum, { busy }) => sum + busy, 0);
  expect(
    worked > 0.5 * run.processed - 1e-6,
    "processData takes half a second for each item",
    `${count(run.processed, "item")} took ${inSeconds(worked)} in all`,
    "leave generateData and processData as they are, and wait until all of their tasks have ended",
  );
  const early = lanes.find(({ name }) => !stage.done.has(name));
  expect(
    !early,
    "the program waits until every producer is through",
    `it ended before ${early?.name} did`,
    "give all tasks to gather",
  );
  expectAwaited(stage);
  return { run, consumers };
}

/** 4.1: any number of producers, one consumer. */
export const producers: Exercise<{ main(producers: number, items: number): unknown }> = {
  needs: { main: "function" },
  cases: [[1, 1], [2, 1], [2, 3], [3, 5]],
  words: (producers, items) => `${count(producers, "producer")}, ${count(items, "item")} each`,
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
  words: (producers, consumers, items) =>
    `${count(producers, "producer")} and ${count(consumers, "consumer")}, ${
      count(items, "item")
    } from each producer`,
  async attempt({ mainMany }, stage, producers, consumers, items) {
    const { consumers: lanes } = await runTasks(
      stage,
      producers,
      items,
      () => mainMany(producers, consumers, items),
    );
    const wanted = Math.min(consumers, producers * items);
    const expected = `${count(wanted, "consumer")} that process${wanted === 1 ? "es" : ""} something`;
    expect(lanes.length >= wanted, expected, there(lanes.length));
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
  words: (producers, items, limit) =>
    `${count(producers, "producer")}, ${count(items, "item")} each, ${
      count(limit, "item")
    } at the most in the queue`,
  async attempt({ mainBounded }, stage, producers, items, limit) {
    await runTasks(stage, producers, items, () => mainBounded(producers, items, limit));
    const most = `it held up to ${stage.most}`;
    expect(stage.most <= limit, `never more than ${count(limit, "item")} in the queue`, most);
    expect(stage.most === limit, `room for ${count(limit, "item")} in the queue`, most);
  },
};

/** 4.4: five producers, whose items are processed as they come. */
export const quick: Exercise<{ mainQuick(producers: number, items: number): unknown }> = {
  needs: { mainQuick: "function" },
  cases: [[5, 20]],
  words: (producers, items) => `${count(producers, "producer")}, ${count(items, "item")} each`,
  schedules: [1, 2, 3].flatMap((seed) => [0, 1].map((order) => ({ seed, order }))),
  async attempt({ mainQuick }, stage, producers, items) {
    const { run } = await runTasks(stage, producers, items, () => mainQuick(producers, items));
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
    const waits = stage.of("sleep").length;
    expect(waits === 3, "three calls of make, each with a sleep of its own", `${there(waits)} of these`);
    const happened = `it was ready after ${inSeconds(end)}`;
    expect(isSame(end, 4), "it is ready after 4.00 s, as soon as the eggs are", happened);
    expectAwaited(stage);
  },
};
