// Notebook 5: programs of plain promises.
import { now } from "../context.ts";
import { describe, isAwaitable } from "../check.ts";
import type { Exercise, Finding } from "./exercise.ts";
import { failure, inSeconds, isSame } from "./findings.ts";
import type { Schedule } from "./stage.ts";

/** The engine orders promises by itself: other seeds are all that can be tried. */
const SEEDS: Schedule[] = [1, 2, 3, 4, 5].map((seed) => ({ seed, order: 0 }));

/** 5.2: the program of notebook 3 without our loop. */
export const twin: Exercise<{ plainTwin(num: number): unknown }> = {
  needs: { plainTwin: "function" },
  cases: ({ plainTwin }) =>
    [1, 2, 5, 20].map((num) => ({
      words: `${num} items`,
      async attempt(stage) {
        let returned: unknown;
        await stage.run(() => returned = plainTwin(num), true);
        if (!stage.error && !isAwaitable(returned)) {
          return { expected: "plainTwin returns a promise", happened: `it returned ${describe(returned)}` };
        }
        return failure(stage) ?? twinFinding(stage.of("generated"), stage.of("processed"), num, stage.total);
      },
    })),
  schedules: SEEDS,
  figures: async ({ plainTwin }, stage) => {
    await stage.run(() => plainTwin(20), true);
    return `20 items in ${inSeconds(stage.total)}, as in notebook 3`;
  },
};

type Marks = { time: number; value?: unknown; latency?: number }[];

function twinFinding(made: Marks, used: Marks, num: number, total: number): Finding | undefined {
  if (made.length !== num || used.length !== num) {
    return {
      expected: `${num} items are generated and processed before plainTwin is over`,
      happened: `${made.length} were generated, ${used.length} processed`,
      hint: made.length + used.length > 0 ? "wait for both functions, with Promise.all" : undefined,
    };
  }
  const odd = used.findIndex(({ value }, i) => value !== (i + 1) ** 2);
  if (odd >= 0) {
    return {
      expected: `item ${odd + 1} has the value ${(odd + 1) ** 2}`,
      happened: `it is ${used[odd].value}`,
    };
  }
  for (let i = 0; i < num; i++) {
    const pause = (made[i + 1]?.time ?? Infinity) - made[i].time;
    if (pause < 0.5 || (i + 1 < num && pause > 1.5)) {
      return {
        expected: "half a second to a second and a half pass between two items",
        happened: `after item ${i + 1} it was ${inSeconds(pause)}`,
      };
    }
    if (!isSame(used[i].time, made[i].time) || !isSame(used[i].latency ?? NaN, 0)) {
      return {
        expected: `item ${i + 1} is processed at once, after ${inSeconds(made[i].time)}`,
        happened: `it was processed after ${inSeconds(used[i].time)}, and its latency said to be ${
          used[i].latency
        }`,
        hint: "both functions must run at the same time",
      };
    }
  }
  const least = made[num - 1].time + 0.5;
  if (total < least - 1e-9) {
    return {
      expected: `it is over after ${inSeconds(least)} at the earliest`,
      happened: `it took ${inSeconds(total)}`,
    };
  }
}

/** 5.3: all pages at the same time, in order. */
export const pages: Exercise<{
  loadAll(addresses: string[], load: (address: string) => Promise<string>): unknown;
}> = {
  needs: { loadAll: "function" },
  cases: ({ loadAll }) =>
    [[], [1], [2, 1], [3, 1, 2], [1, 5, 2, 4, 3]].map((delays) => ({
      words: `pages: ${delays.length}`,
      async attempt(stage) {
        const addresses = delays.map((_, i) => `page ${i + 1}`);
        const started: number[] = [];
        const load = (address: string) => {
          started.push(now());
          const delay = 1000 * delays[addresses.indexOf(address)];
          return new Promise<string>((resolve) => setTimeout(() => resolve(`the text of ${address}`), delay));
        };
        let end = NaN;
        await stage.run(async () => {
          const result = await loadAll([...addresses], load);
          end = now();
          return result;
        }, true);
        const failed = failure(stage);
        if (failed) return failed;
        const expected = JSON.stringify(addresses.map((address) => `the text of ${address}`));
        const happened = JSON.stringify(stage.result) ?? String(stage.result);
        if (happened !== expected) {
          return { expected: `it gives ${expected}`, happened: `it gave ${happened}` };
        }
        const late = started.find((time) => time > 0);
        if (late !== undefined) {
          return {
            expected: "all pages are asked for at once",
            happened: `one was after ${inSeconds(late)}`,
          };
        }
        const longest = Math.max(0, ...delays);
        if (!isSame(end, longest)) {
          return {
            expected: `it takes ${inSeconds(longest)}, as the slowest page`,
            happened: `it took ${inSeconds(end)}`,
          };
        }
      },
    })),
  schedules: [{ seed: 1, order: 0 }],
};
