// Notebook 1: the synchronous program, and functions that the loop cannot use yet.
import { now } from "../context.ts";
import { EventLoop } from "../loop.ts";
import { sleepSync } from "../sleep_sync.ts";
import type { Exercise } from "./exercise.ts";

/** 1.1: the total time and the first latency of the synchronous program, as formulas. */
export const formulas: Exercise<{
  totalTime(items: number, pause: number, work: number): number;
  firstLatency(items: number, pause: number, work: number): number;
}> = {
  needs: { totalTime: "function", firstLatency: "function" },
  cases: ({ totalTime, firstLatency }) =>
    [[1, 1, 0.5], [2, 1, 0.5], [20, 1, 0.5], [7, 0.25, 3]].map(([items, pause, work]) => ({
      words: `items: ${items}, pause: ${pause}, work: ${work}`,
      async attempt(stage) {
        let first = NaN;
        await stage.run(() => {
          for (let i = 0; i < items; i++) sleepSync(pause);
          first = now();
          for (let i = 0; i < items; i++) sleepSync(work);
        });
        const pairs = [
          { name: "totalTime", is: stage.total, said: totalTime(items, pause, work) },
          { name: "firstLatency", is: first, said: firstLatency(items, pause, work) },
        ];
        const wrong = pairs.find(({ is, said }) => !(Math.abs(is - said) < 1e-9));
        return wrong && {
          expected: `${wrong.name} is ${+wrong.is.toFixed(6)} s: the program was run`,
          happened: `yours says ${wrong.said}`,
        };
      },
    })),
  schedules: [{ seed: 1, order: 0 }],
};

/** 1.2: the lines that the broken program prints, in order. */
export const lineOrder: Exercise<{ lines: Record<string, string>; order: string }> = {
  needs: { lines: "object", order: "string" },
  cases: ({ lines, order }) => [{
    words: "two items",
    attempt() {
      const letters = Object.keys(lines);
      const missing = letters.find((letter) => !order.includes(letter));
      if (missing || order.length !== letters.length) {
        return {
          expected: `each of the ${letters.length} letters once`,
          happened: missing
            ? `"${missing}" is missing in "${order}"`
            : `"${order}" has ${order.length} letters`,
        };
      }
      const printed = [
        "App started.",
        ...[1, 2].map((idx) => ` -- generated item ${idx}`),
        ...[1, 2].map(() => " +++ Processed value undefined after NaN sec."),
        ...["data.put(…) in generateData", "data.get(…) in processData"].map((call) => `Warning: ${call}`),
        "LessonError: ",
      ];
      const at = printed.findIndex((line, i) => !lines[order[i]].startsWith(line));
      return at < 0 ? undefined : {
        expected: at === 0
          ? "another line comes first"
          : `after "${lines[order[at - 1]].trim()}" comes another line`,
        happened: `your line ${at + 1} is "${lines[order[at]].trim()}"`,
        hint: at < 3
          ? "generateData runs first, and to its end"
          : at < 5
          ? "then processData runs, to its end"
          : "warnings come when the run is over, the error last",
      };
    },
  }],
  schedules: [{ seed: 1, order: 0 }],
};

/** 1.3: a function without async that the loop can run. */
export const receipt: Exercise<{ later(value: number): PromiseLike<number> }> = {
  needs: { later: "function" },
  cases: ({ later }) =>
    [0, 7].map((value) => ({
      words: `later(${value})`,
      async attempt(stage) {
        await stage.run(() => {
          const loop = new EventLoop();
          return loop.runUntilComplete(loop.createTask(later, value));
        });
        if (stage.error) {
          return {
            expected: "the loop can run it",
            happened: String((stage.error as Error).message ?? stage.error),
          };
        }
        if (stage.result === value) return;
        return { expected: `what comes of it is ${value}`, happened: `it is ${stage.result}` };
      },
    })),
};
