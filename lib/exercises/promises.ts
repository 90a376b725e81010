// Notebook 6: what a language with promises and timers lets one write oneself.
import { isAwaitable } from "../arguments.ts";
import { expect, expectTime } from "./expect.ts";
import { jsonOf, type Outcome, outcomeOf, pause } from "./outcome.ts";
import { exercise } from "./stage.ts";

/** Waits for the end of `promise`, which `expression` has given. */
async function endOf(promise: unknown, expression: string): Promise<Outcome> {
  expect(isAwaitable(promise), `${expression} gives a promise`, `it gave ${jsonOf(promise)}`);
  return await outcomeOf(() => promise);
}

/** Expects a promise to have ended with a value, or with an error, after so many seconds. */
function expectEnd({ time, ...end }: Outcome, due: Outcome, what: string, hint?: string): void {
  const isFailure = due.error !== undefined;
  const said = ({ value, error }: Omit<Outcome, "time">) =>
    error === undefined ? `gives ${jsonOf(value)}` : `fails with "${(error as Error)?.message ?? error}"`;
  expect(said(end) === said(due), `${what} ${said(due)}`, `it ${said(end)}`, hint);
  const isLate = isFailure && time > due.time;
  const way = isLate ? "who awaits one after the other hears of a failure only in its turn" : hint;
  expectTime(time, due.time, `${what} ${isFailure ? "fails" : "ends"} after`, "it took", way);
}

const noSum = new Error("no sum today");
const allCases = [
  ...[[[]], [[1]], [[1], [1]], [[1, 0]], [[2, 1]], [[2, 1, 3]], [[3, 1], [2]], [[1, 3], [2]]],
  [[2, 1], [1, 2]],
];

/** The exercises of notebook 6. */
export const promises = {
  "6.1": exercise("sleep(seconds)", [[0], [0.5], [2]], async ({ sleep, seconds }, stage) => {
    const call = `sleep(${seconds}, "tea")`;
    const end = await stage.runPlain(() => endOf(sleep(seconds, "tea"), call));
    expectEnd(end, { value: "tea", time: seconds }, call);
  }),
  "6.2": exercise("promisify(delay, failing)", [[1, 0], [0, 0], [1, 1], [0, 1]], async (given, stage) => {
    const { promisify, delay, failing } = given;
    const [three, none] = await stage.runPlain(() => {
      const add = promisify(
        (a: number, b: number, callback: (error: unknown, sum?: number) => void) => {
          const call = () => failing ? callback(noSum) : callback(null, a + b);
          if (delay > 0) setTimeout(call, 1000 * delay);
          else call();
        },
      );
      expect(typeof add === "function", "promisify(add) gives a function", `it gave ${jsonOf(add)}`);
      return Promise.all([endOf(add(1, 2), "add(1, 2)"), endOf(add(3, -3), "add(3, -3)")]);
    });
    const due = (value: number) => ({ ...failing ? { error: noSum } : { value }, time: delay });
    expectEnd(three, due(3), "add(1, 2)");
    expectEnd(none, due(0), "add(3, -3)");
  }),
  "6.3": exercise("all(seconds, failing)", allCases, async ({ all, seconds, failing = [] }, stage) => {
    const values: string[] = seconds.map((_: number, i: number) => `value ${i + 1}`);
    const give = async (value: string, i: number) => {
      await pause(seconds[i]);
      if (failing.includes(i + 1)) throw new Error(`no ${value}`);
      return value;
    };
    const end = await stage.runPlain(() => {
      const { all: own } = Promise;
      try {
        Promise.all = undefined!; // it is what is to be written
        return endOf(all(values.map((value, i) => seconds[i] === 0 ? value : give(value, i))), "all");
      } finally {
        Promise.all = own;
      }
    });
    const time = Math.min(...failing.map((i: number) => seconds[i - 1]));
    const failed = { error: new Error(`no ${values[seconds.indexOf(time)]}`), time };
    const whole = { value: values, time: Math.max(0, ...seconds) };
    const hint = "resolve when the last has come: count them, as results[1] = … makes the list long at once";
    expectEnd(end, failing.length > 0 ? failed : whole, "all", end.time < whole.time ? hint : undefined);
  }),
};
