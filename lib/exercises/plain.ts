// Notebook 5: programs of plain promises.
import { isAwaitable } from "../arguments.ts";
import { now } from "../context.ts";
import { seeded } from "../random.ts";
import { count } from "../words.ts";
import { type Exercise, type Exercises, ONE } from "./exercise.ts";
import { expect, expectEnd, expectTime, inSeconds, isSame, runProgram } from "./expect.ts";

/** 5.3: the program of notebook 3 without our loop. */
const twin: Exercise<{ plainTwin(num: number): unknown }> = {
  needs: { plainTwin: "function" },
  cases: [[1], [2], [5], [5, -0.4], [20]],
  words: (num, drawn) => `${count(num, "item")}${drawn === undefined ? "" : `, random() is always ${drawn}`}`,
  schedules: [1, 2, 3, 4, 5].map((seed) => ({ seed, order: 0 })), // the order of promises is the engine's
  plain: true,
  async attempt({ plainTwin }, stage, num, drawn) {
    if (drawn !== undefined) stage.random = () => drawn;
    await runProgram(stage, () => plainTwin(num));
    const [made, used] = [stage.of("generated"), stage.of("processed")];
    const all = `${count(num, "item")} to be generated and processed before plainTwin is over`;
    const happened = `${made.length} were generated, ${used.length} processed`;
    const hint = made.length + used.length > 0
      ? "wait for both functions, with await Promise.all"
      : undefined;
    expect(made.length === num && used.length === num, all, happened, hint);
    const draw = drawn === undefined ? seeded(stage.schedule.seed) : stage.random;
    let due = { made: 0, used: 0 };
    for (const [i, { time }] of made.entries()) {
      expectTime(time, due.made, `item ${i + 1} is generated after`, "it was after");
      const { value, time: usedAt, latency } = used[i];
      expect(value === (i + 1) ** 2, `item ${i + 1} has the value ${(i + 1) ** 2}`, `it is ${value}`);
      const at = Math.max(time, due.used);
      const expected = `item ${i + 1}, generated after ${inSeconds(time)}, is processed after ${
        inSeconds(at)
      }`;
      const happened = `it was processed after ${inSeconds(usedAt)}, and its latency said to be ${latency}`;
      const hint = at > time
        ? "await the half second after each item"
        : "both functions must run at the same time";
      expect(isSame(usedAt, at) && isSame(at - time, latency), expected, happened, hint);
      due = { made: time + draw() + 0.5, used: at + 0.5 };
    }
    const end = Math.max(due.made, due.used);
    const expected = "it is over, as both functions are, after";
    expectTime(stage.total, end, expected, "it took", "await each pause, and Promise.all of both");
  },
  figures: [
    ({ plainTwin }) => plainTwin(20),
    ({ total }) => `20 items in ${inSeconds(total)}, as in notebook 3`,
  ],
};

/** 5.2: all pages at the same time, in order. */
const pages: Exercise<{
  loadAll(addresses: string[], load: (address: string) => Promise<string>): unknown;
}> = {
  needs: { loadAll: "function" },
  cases: [[], [1], [2, 1], [3, 1, 2], [1, 5, 2, 4, 3]],
  words: (...delays) => count(delays.length, "page"),
  schedules: ONE,
  plain: true,
  async attempt({ loadAll }, stage, ...delays) {
    const addresses = delays.map((_, i) => `page ${i + 1}`);
    let latest = 0;
    const load = (address: string) => {
      latest = now();
      const delay = 1000 * delays[addresses.indexOf(address)];
      return new Promise<string>((resolve) => setTimeout(resolve, delay, `the text of ${address}`));
    };
    await stage.run(() => loadAll([...addresses], load));
    expectEnd(stage);
    const { result } = stage.performance;
    const expected = JSON.stringify(addresses.map((address) => `the text of ${address}`));
    const happened = JSON.stringify(result) ?? String(result);
    const isOpen = Array.isArray(result) && result.some(isAwaitable);
    const hint = isOpen ? "await Promise.all of them" : "Promise.all keeps the order of the calls";
    expect(happened === expected, `it gives ${expected}`, `it gave ${isOpen ? "promises" : happened}`, hint);
    const late = `the last was asked for after ${inSeconds(latest)}`;
    expect(latest === 0, "all pages are asked for at once", late);
    expectTime(stage.total, Math.max(0, ...delays), "it takes as long as the slowest page,", "it took");
  },
};

/** The other exercises of notebook 5. */
export const plain: Exercises = { "5.2": pages, "5.3": twin };
