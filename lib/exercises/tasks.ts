// Notebooks 4 and 5: programs that start tasks.
import { now } from "../context.ts";
import { describe, isAwaitable } from "../check.ts";
import { EventLoop } from "../loop.ts";
import type { Run } from "../run.ts";
import type { Case, Exercise, Finding } from "./exercise.ts";
import { failure, inSeconds, isSame, unawaited } from "./findings.ts";
import type { Stage } from "./stage.ts";

type Numbers = Record<"producers" | "consumers" | "items" | "limit", number>;

/** Cases of a program that is given numbers and returns a promise of its end. */
function programCases(
  settings: Partial<Numbers>[],
  program: (numbers: Numbers) => unknown,
  judge: (run: Run, numbers: Numbers, stage: Stage) => Finding | undefined,
): Case[] {
  return settings.map((setting) => ({
    words: Object.entries(setting).map(([name, number]) => `${name}: ${number}`).join(", "),
    async attempt(stage) {
      const numbers = setting as Numbers;
      let returned: unknown;
      await stage.run(() => returned = program(numbers));
      if (!stage.error && !isAwaitable(returned)) {
        return {
          expected: "the program returns a promise of its end",
          happened: `it returned ${describe(returned)}`,
          hint: "return what loop.runUntilComplete(…) gives",
        };
      }
      const run = stage.seen;
      return failure(stage) ?? allProcessed(run, stage, numbers.producers * numbers.items) ??
        judge(run, numbers, stage) ?? unawaited(stage);
    },
  }));
}

function allProcessed(run: Run, stage: Stage, all: number): Finding | undefined {
  if (run.generated !== all) {
    return { expected: `${all} items are generated`, happened: `${run.generated} were` };
  }
  if (run.processed !== all) {
    return {
      expected: `all ${all} items are processed`,
      happened: `${run.processed} were, ${stage.left} are left in the queue`,
    };
  }
}

function lanesOf(run: Run, role: "producer" | "consumer") {
  return run.lanes.filter((lane) => lane.role === role);
}

/** Each producer starts at once, and is not held up by another. */
function sideBySide(run: Run, { producers }: Numbers): Finding | undefined {
  const lanes = lanesOf(run, "producer");
  if (lanes.length !== producers) {
    return { expected: `tasks of generateData: ${producers}`, happened: `there are ${lanes.length}` };
  }
  const late = lanes.find(({ slices }) => slices[0].start > 0);
  return late && {
    expected: "all producers start at once",
    happened: `${late.name} started after ${inSeconds(late.slices[0].start)}`,
  };
}

/** 4.1: any number of producers, one consumer. */
export const producers: Exercise<{ main(producers: number, items: number): unknown }> = {
  needs: { main: "function" },
  cases: ({ main }) =>
    programCases(
      [{ producers: 1, items: 1 }, { producers: 2, items: 1 }, { producers: 2, items: 3 }, {
        producers: 3,
        items: 5,
      }],
      ({ producers, items }) => main(producers, items),
      sideBySide,
    ),
  figures: async ({ main }, stage) => {
    await stage.run(() => main(2, 20));
    return `two producers, 40 items: ${inSeconds(stage.total)}`;
  },
};

/** 4.2: any number of consumers, too. */
export const consumers: Exercise<{ mainMany(producers: number, consumers: number, items: number): unknown }> =
  {
    needs: { mainMany: "function" },
    cases: ({ mainMany }) =>
      programCases(
        [
          { producers: 1, consumers: 1, items: 1 },
          { producers: 1, consumers: 2, items: 1 },
          { producers: 1, consumers: 2, items: 2 },
          { producers: 4, consumers: 1, items: 3 },
          { producers: 2, consumers: 2, items: 3 },
          { producers: 1, consumers: 3, items: 7 },
          { producers: 3, consumers: 2, items: 7 },
          { producers: 4, consumers: 3, items: 5 },
        ],
        ({ producers, consumers, items }) => mainMany(producers, consumers, items),
        (run, numbers) => {
          const wanted = Math.min(numbers.consumers, numbers.producers * numbers.items);
          const there = lanesOf(run, "consumer").length;
          return sideBySide(run, numbers) ?? (there >= wanted
            ? undefined
            : { expected: `${wanted} consumers that process something`, happened: `there are ${there}` });
        },
      ),
    figures: async ({ mainMany }, stage) => {
      await stage.run(() => mainMany(3, 2, 20));
      return `three producers, two consumers, 60 items: ${inSeconds(stage.total)}`;
    },
  };

/** 4.3: a queue with a limit. */
export const bounded: Exercise<{ mainBounded(producers: number, items: number, limit: number): unknown }> = {
  needs: { mainBounded: "function" },
  cases: ({ mainBounded }) =>
    programCases(
      [
        { producers: 1, items: 1, limit: 1 },
        { producers: 3, items: 3, limit: 1 },
        { producers: 3, items: 10, limit: 2 },
        { producers: 4, items: 10, limit: 5 },
      ],
      ({ producers, items, limit }) => mainBounded(producers, items, limit),
      (run, numbers) => {
        const deepest = run.depth.find(({ size }) => size > numbers.limit);
        return sideBySide(run, numbers) ?? (deepest && {
          expected: `never more than ${numbers.limit} items wait`,
          happened: `after ${inSeconds(deepest.time)}, ${deepest.size} did`,
        });
      },
    ),
};

/** 4.4: five producers, whose items are processed as they come. */
export const quick: Exercise<{ mainQuick(producers: number, items: number): unknown }> = {
  needs: { mainQuick: "function" },
  cases: ({ mainQuick }) =>
    programCases(
      [{ producers: 5, items: 20 }],
      ({ producers, items }) => mainQuick(producers, items),
      (run, numbers) => {
        const worked = lanesOf(run, "consumer").reduce((sum, { busy }) => sum + busy, 0);
        if (worked < 0.5 * run.processed - 1e-6) {
          return {
            expected: "processData takes half a second for each item",
            happened: `${run.processed} items took ${inSeconds(worked)} in all`,
            hint: "leave generateData and processData as they are",
          };
        }
        if (run.total > 25) {
          return { expected: "it is through within 25 s", happened: `it took ${inSeconds(run.total)}` };
        }
        const longest = run.latency.max;
        return sideBySide(run, numbers) ?? (longest > 1
          ? { expected: "no item waits for longer than 1 s", happened: `one waited ${inSeconds(longest)}` }
          : undefined);
      },
    ),
  schedules: [1, 2, 3].flatMap((seed) => [0, 1].map((order) => ({ seed, order }))),
  figures: async ({ mainQuick }, stage) => {
    await stage.run(() => mainQuick(5, 20));
    return `100 items in ${inSeconds(stage.total)}, where one consumer takes 50 s`;
  },
};

/** 5.1: three waits that overlap. */
export const breakfast: Exercise<{ breakfast(loop: EventLoop): PromiseLike<unknown> }> = {
  needs: { breakfast: "function" },
  cases: ({ breakfast }) => [{
    words: "tea, toast and eggs",
    async attempt(stage) {
      let end = NaN;
      await stage.run(() => {
        const loop = new EventLoop();
        const task = loop.createTask(breakfast, loop);
        task.onDone(() => end = now());
        return loop.runUntilComplete(task);
      });
      const failed = failure(stage);
      if (failed) return failed;
      const served = JSON.stringify(stage.result);
      if (served !== '["tea","toast","eggs"]') {
        return { expected: 'it returns ["tea", "toast", "eggs"]', happened: `it returned ${served}` };
      }
      return isSame(end, 4) ? unawaited(stage) : {
        expected: "it is ready after 4.00 s, as soon as the eggs are",
        happened: `it was ready after ${inSeconds(end)}`,
      };
    },
  }],
};
