// Notebook 1: the synchronous program, and functions that the loop cannot use yet.
import { now } from "../context.ts";
import { sleepSync } from "../sleep_sync.ts";
import { count } from "../words.ts";
import { type Exercise, type Exercises, ONE } from "./exercise.ts";
import { expect, expectEnd, isSame, onLoop } from "./expect.ts";

type Formula = (items: number, pause: number, work: number) => number;

/** 1.1: the total time and the first latency of the synchronous program, as formulas. */
const formulas: Exercise<{ totalTime: Formula; firstLatency: Formula }> = {
  needs: { totalTime: "function", firstLatency: "function" },
  cases: [[1, 1, 0.5], [2, 1, 0.5], [20, 1, 0.5], [7, 0.25, 3]],
  words: (items, pause, work) => `${count(items, "item")}, pause: ${pause}, work: ${work}`,
  schedules: ONE,
  async attempt(answer, stage, items, pause, work) {
    let first = NaN;
    await stage.run(() => {
      for (let i = 0; i < items; i++) sleepSync(pause);
      first = now();
      for (let i = 0; i < items; i++) sleepSync(work);
    });
    for (const [name, is] of [["totalTime", stage.total], ["firstLatency", first]] as const) {
      const said = answer[name](items, pause, work);
      const expected = `${name} is ${+is.toFixed(6)}, as the program shows when it is run`;
      expect(
        isSame(is, said),
        expected,
        `yours says ${said}`,
        said === undefined ? "is a return missing" : undefined,
      );
    }
  },
};

/** 1.2: the lines that the broken program prints, in order. */
const lineOrder: Exercise<{ lines: Record<string, string>; order: string }> = {
  needs: { lines: "object", order: "string" },
  cases: [[2]],
  words: (items) => count(items, "item"),
  schedules: ONE,
  attempt({ lines, order: given }, _stage, items) {
    const order = given.replace(/\s/g, "");
    const letters = Object.keys(lines);
    const missing = letters.find((letter) => !order.includes(letter));
    expect(!missing, `each of the ${letters.length} letters once`, `"${missing}" is missing in "${order}"`);
    expect(order.length === letters.length, "no letter twice", `"${order}" has ${order.length} letters`);
    const numbers = Array.from({ length: items }, (_, i) => i + 1);
    const printed = [
      "App started.",
      ...numbers.map((idx) => ` -- generated item ${idx}`),
      ...numbers.map(() => " +++ Processed value undefined"),
      "Warning: data.put(…) in generateData",
      "Warning: data.get(…) in processData",
      "LessonError: ",
    ];
    const at = printed.findIndex((line, i) => !lines[order[i]].startsWith(line));
    const line = (i: number) => `"${lines[order[i]]?.trim()}"`;
    const hint = [
      "generateData runs first, and to its end",
      "then processData runs, to its end",
      "warnings come when the run is over, the error last",
    ][Math.min(2, Math.floor((at - 1) / items))];
    const expected = `${at === 0 ? "at first" : `after ${line(at - 1)}`} comes another line`;
    expect(at < 0, expected, `your line ${at + 1} is ${line(at)}`, hint);
  },
};

/** 1.3: a function without async that the loop can run. */
const receipt: Exercise<{ later(value: number): PromiseLike<number> }> = {
  needs: { later: "function" },
  cases: [[0], [7]],
  words: (value) => `later(${value})`,
  async attempt({ later }, stage, value) {
    await stage.run(() => onLoop((loop) => loop.createTask(later, value)));
    expectEnd(stage);
    const { result } = stage.performance;
    expect(result === value, `its result is ${value}`, `it is ${result}`);
  },
};

/** The exercises of notebook 1. */
export const sync: Exercises = { "1.1": formulas, "1.2": lineOrder, "1.3": receipt };
