// Notebooks 4 and 5: programs that start tasks.
import type { EventLoop } from "../loop.ts";
import type { LaneRow } from "../run.ts";
import { count } from "../words.ts";
import type { Exercise, Exercises } from "./exercise.ts";
import { expect, expectAwaited, expectCount, expectEnd } from "./expect.ts";
import { inSeconds, isSame, onLoop, runProgram, there } from "./expect.ts";
import type { Stage } from "./stage.ts";

const fromEach = (producers: number, items: number) =>
  `${count(producers, "producer")}, ${count(items, "item")} each`;

/** Runs a program that starts producers, and expects all that it must do. Returns the lanes of its consumers. */
async function runTasks(stage: Stage, producers: number, items: number, program: () => unknown) {
  await runProgram(stage, program);
  const all = producers * items;
  const { generated, processed, lanes } = stage.performance.run;
  expectCount(generated, all, "item", "to be generated");
  const happened = `${processed} processed, ${stage.left} left in the queue`;
  expect(processed === all, `${count(all, "item")} to be processed`, happened);
  const own = (role: LaneRow["role"]) => lanes.filter((lane) => lane.role === role);
  expectCount(own("producer").length, producers, "task", "of generateData");
  for (const { name, slices: [{ start }] } of own("producer")) {
    expect(start === 0, "all producers start at once", `${name} started after ${inSeconds(start)}`);
  }
  const worked = own("consumer").reduce((sum, { busy }) => sum + busy, 0);
  const took = `${count(processed, "item")} took ${inSeconds(worked)} in all`;
  const hint = "leave generateData and processData as they are, and wait until all of their tasks have ended";
  expect(worked > 0.5 * processed - 1e-6, "processData takes half a second for each item", took, hint);
  const early = own("producer").find(({ name }) => !stage.done.has(name));
  const ended = `it ended before ${early?.name} did`;
  expect(!early, "the program waits until every producer has ended", ended, "give all tasks to gather");
  expectAwaited(stage);
  return own("consumer");
}

/** 4.1: any number of producers, one consumer. */
const producers: Exercise<{ main(producers: number, items: number): unknown }> = {
  needs: { main: "function" },
  cases: [[1, 1], [2, 1], [2, 3], [3, 5]],
  words: fromEach,
  async attempt({ main }, stage, producers, items) {
    await runTasks(stage, producers, items, () => main(producers, items));
  },
  figures: [({ main }) => main(2, 20), ({ total }) => `two producers, 40 items: ${inSeconds(total)}`],
};

/** 4.3: any number of consumers, too. */
const consumers: Exercise<{ mainMany(producers: number, consumers: number, items: number): unknown }> = {
  needs: { mainMany: "function" },
  cases: [[1, 1, 1], [1, 2, 1], [1, 2, 2], [4, 1, 3], [2, 2, 3], [1, 3, 7], [3, 2, 7], [4, 3, 5]],
  words: (producers, consumers, items) =>
    `${count(producers, "producer")} and ${count(consumers, "consumer")}, ` +
    `${count(items, "item")} from each producer`,
  async attempt({ mainMany }, stage, producers, consumers, items) {
    const program = () => mainMany(producers, consumers, items);
    const { length } = await runTasks(stage, producers, items, program);
    const wanted = Math.min(consumers, producers * items);
    const expected = `${count(wanted, "consumer")} that process${wanted === 1 ? "es" : ""} something`;
    expect(length >= wanted, expected, there(length));
  },
  figures: [
    ({ mainMany }) => mainMany(3, 2, 20),
    ({ total }) => `three producers, two consumers, 60 items: ${inSeconds(total)}`,
  ],
};

/** 4.2: a queue with a limit. */
const bounded: Exercise<{ mainBounded(producers: number, items: number, limit: number): unknown }> = {
  needs: { mainBounded: "function" },
  cases: [[1, 1, 1], [3, 3, 1], [3, 10, 2], [4, 10, 5]],
  words: (producers, items, limit) =>
    `${fromEach(producers, items)}, at most ${count(limit, "item")} in the queue`,
  async attempt({ mainBounded }, stage, producers, items, limit) {
    await runTasks(stage, producers, items, () => mainBounded(producers, items, limit));
    const most = `it held up to ${stage.most}`;
    expect(stage.most <= limit, `never more than ${count(limit, "item")} in the queue`, most);
    expect(stage.most === limit, `room for ${count(limit, "item")} in the queue`, most);
  },
};

/** 4.4: five producers, whose items are processed as they come. */
const quick: Exercise<{ mainQuick(producers: number, items: number): unknown }> = {
  needs: { mainQuick: "function" },
  cases: [[5, 20]],
  words: fromEach,
  schedules: [1, 2, 3].flatMap((seed) => [0, 1].map((order) => ({ seed, order }))),
  async attempt({ mainQuick }, stage, producers, items) {
    await runTasks(stage, producers, items, () => mainQuick(producers, items));
    const { total, latency: { max } } = stage.performance.run;
    expect(total <= 25, "it ends within 25 s", `it took ${inSeconds(total)}`);
    expect(max <= 1, "no item waits for longer than 1 s", `one waited ${inSeconds(max)}`);
  },
  figures: [
    ({ mainQuick }) => mainQuick(5, 20),
    ({ total }) => `100 items in ${inSeconds(total)}, where one consumer takes 50 s`,
  ],
};

/** 5.1: three waits that overlap. */
const breakfast: Exercise<{ breakfast(loop: EventLoop): PromiseLike<unknown> }> = {
  needs: { breakfast: "function" },
  cases: [[]],
  words: () => "tea, toast and eggs",
  async attempt({ breakfast }, stage) {
    await stage.run(() => onLoop((loop) => loop.createTask(breakfast, loop)));
    expectEnd(stage);
    const [all, served] = ['["tea","toast","eggs"]', JSON.stringify(stage.performance.result)];
    expect(served === all, `it returns ${all}`, `it returned ${served}`);
    const waits = stage.of("sleep").length;
    expect(waits === 3, "three calls of make, each with a sleep of its own", `${there(waits)} of these`);
    const ready = `it was ready after ${inSeconds(stage.total)}`;
    expect(isSame(stage.total, 4), "it is ready after 4.00 s, as soon as the eggs are", ready);
    expectAwaited(stage);
  },
};

/** The exercises of notebook 4, and the first of notebook 5. */
export const tasks: Exercises = {
  "4.1": producers,
  "4.2": bounded,
  "4.3": consumers,
  "4.4": quick,
  "5.1": breakfast,
};
