// Notebook 5: programs of plain promises.
import { now } from "../context.ts";
import { describe, isAwaitable } from "../check.ts";
import { seeded } from "../random.ts";
import type { Exercise, Finding } from "./exercise.ts";
import { failure, inSeconds, isSame } from "./findings.ts";
import type { Schedule, Stage } from "./stage.ts";

/** The engine orders promises by itself: other seeds are all that can be tried. */
const SEEDS: Schedule[] = [1, 2, 3, 4, 5].map((seed) => ({ seed, order: 0 }));

/** 5.2: the program of notebook 3 without our loop. */
export const twin: Exercise<{ plainTwin(num: number): unknown }> = {
  needs: { plainTwin: "function" },
  cases: ({ plainTwin }) =>
    [[1], [2], [5], [5, -0.4], [20]].map(([num, drawn]) => ({
      words: `items: ${num}${drawn === undefined ? "" : `, random() is always ${drawn}`}`,
      async attempt(stage) {
        if (drawn !== undefined) stage.random = () => drawn;
        let returned: unknown;
        await stage.run(() => returned = plainTwin(num), true);
        if (!stage.error && !isAwaitable(returned)) {
          return { expected: "plainTwin returns a promise", happened: `it returned ${describe(returned)}` };
        }
        return failure(stage) ?? twinFinding(stage, num);
      },
    })),
  schedules: SEEDS,
  figures: async ({ plainTwin }, stage) => {
    await stage.run(() => plainTwin(20), true);
    return `20 items in ${inSeconds(stage.total)}, as in notebook 3`;
  },
};

function twinFinding(stage: Stage, num: number): Finding | undefined {
  const { total, random, schedule: { seed } } = stage;
  const [made, used] = [stage.of("generated"), stage.of("processed")];
  if (made.length !== num || used.length !== num) {
    return {
      expected: `${num} items are generated and processed before plainTwin is over`,
      happened: `${made.length} were generated, ${used.length} processed`,
      hint: made.length + used.length > 0 ? "wait for both functions, with Promise.all" : undefined,
    };
  }
  const wrong = used.findIndex(({ value }, i) => value !== (i + 1) ** 2);
  if (wrong >= 0) {
    return {
      expected: `item ${wrong + 1} has the value ${(wrong + 1) ** 2}`,
      happened: `it is ${used[wrong].value}`,
    };
  }
  for (let i = 0; i < num; i++) {
    const due = Math.max(made[i].time, i === 0 ? 0 : used[i - 1].time + 0.5);
    if (!isSame(used[i].time, due) || !isSame(used[i].latency ?? NaN, due - made[i].time)) {
      return {
        expected: `item ${i + 1}, generated after ${inSeconds(made[i].time)}, is processed after ${
          inSeconds(due)
        }`,
        happened: `it was processed after ${inSeconds(used[i].time)}, and its latency said to be ${
          used[i].latency
        }`,
        hint: due > made[i].time
          ? "is the half second after each item awaited?"
          : "both functions must run at the same time",
      };
    }
  }
  const draw = random ?? seeded(seed);
  const pauses = made.map(() => draw() + 0.5);
  const odd = pauses.findIndex((_, i) => i > 0 && !isSame(made[i].time - made[i - 1].time, pauses[i - 1]));
  if (odd >= 0) {
    return {
      expected: `${inSeconds(pauses[odd - 1])} pass between item ${odd} and the next`,
      happened: `${inSeconds(made[odd].time - made[odd - 1].time)} passed`,
    };
  }
  const least = Math.max(made[num - 1].time + pauses[num - 1], used[num - 1].time + 0.5);
  if (!isSame(total, least)) {
    return {
      expected: `it is over after ${inSeconds(least)}, when both functions are`,
      happened: `it took ${inSeconds(total)}`,
      hint: "wait for both functions, with await Promise.all",
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
