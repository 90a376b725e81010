// Notebook 6: what a language with promises and timers lets one write oneself.
import { isAwaitable } from "../arguments.ts";
import { type Exercise, exercise, expect, expectTime } from "./expect.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";

/** Waits for the end of `promise`, which `expression` has given. */
async function endOf(promise: unknown, expression: string): Promise<Outcome> {
  expect(isAwaitable(promise), `${expression} gives a promise`, `it gave ${written(promise)}`);
  return await outcomeOf(() => promise);
}

const after = (seconds: number, then: () => void) => void setTimeout(then, 1000 * seconds);

/** A value as a sentence has it. */
function written(value: unknown): string {
  return JSON.stringify(value, (_, it) => isAwaitable(it) ? "a promise" : it) ?? String(value);
}

/** Expects a promise to have ended with a value, or with an error, after so many seconds. */
function expectEnd({ time, ...end }: Outcome, due: Outcome, what: string): void {
  const said = ({ value, error }: Omit<Outcome, "time">) =>
    error === undefined ? `gives ${written(value)}` : `fails with "${(error as Error)?.message ?? error}"`;
  expect(said(end) === said(due), `${what} ${said(due)}`, `it ${said(end)}`);
  const verb = due.error === undefined ? "ends" : "fails";
  const isLate = due.error !== undefined && time > due.time;
  const hint = isLate ? "who awaits one after the other hears of a failure only in its turn" : undefined;
  expectTime(time, due.time, `${what} ${verb} after`, "it took", hint);
}

const noSum = () => new Error("no sum today");

/** The exercises of notebook 6. */
export const promises: Record<string, Exercise> = {
  "6.1": exercise("sleep(seconds)", [[0], [0.5], [2]], {
    plain: true,
    run: ({ sleep }, _stage, { seconds }) => endOf(sleep(seconds, "tea"), `sleep(${seconds}, "tea")`),
    holds({ performance: { result } }, { seconds }) {
      expectEnd(result as Outcome, { value: "tea", time: seconds }, `sleep(${seconds}, "tea")`);
    },
  }),
  "6.2": exercise("promisify(delay, failing)", [[1, 0], [0, 0], [1, 1], [0, 1]], {
    plain: true,
    run({ promisify }, _stage, { delay, failing }) {
      const add = promisify((a: number, b: number, callback: (error: unknown, sum?: number) => void) => {
        const call = () => failing ? callback(noSum()) : callback(null, a + b);
        if (delay > 0) after(delay, call);
        else call();
      });
      expect(typeof add === "function", "promisify(add) gives a function", `it gave ${written(add)}`);
      return Promise.all([endOf(add(1, 2), "add(1, 2)"), endOf(add(3, -3), "add(3, -3)")]);
    },
    holds({ performance: { result } }, { delay, failing }) {
      const due = (value: number) => ({ ...failing ? { error: noSum() } : { value }, time: delay });
      const [three, none] = result as Outcome[];
      expectEnd(three, due(3), "add(1, 2)");
      expectEnd(none, due(0), "add(3, -3)");
    },
  }),
  "6.3": exercise(
    "all(seconds, failing)",
    [[[]], [[1]], [[1], [1]], [[1, 0]], [[2, 1]], [[2, 1, 3]], [[3, 1], [2]], [[1, 3], [2]], [[2, 1], [
      1,
      2,
    ]]],
    {
      plain: true,
      run({ all }, _stage, { seconds, failing = [] }) {
        const values = seconds.map((delay: number, i: number) => {
          if (delay === 0) return `value ${i + 1}`;
          return new Promise((resolve, reject) =>
            after(delay, () => {
              if (failing.includes(i + 1)) reject(new Error(`no value ${i + 1}`));
              else resolve(`value ${i + 1}`);
            })
          );
        });
        return endOf(all(values), "all");
      },
      holds({ performance: { result } }, { seconds, failing = [] }) {
        const value = seconds.map((_: number, i: number) => `value ${i + 1}`);
        const times: number[] = failing.map((i: number) => seconds[i - 1]);
        const time = Math.min(...times);
        const due = failing.length > 0
          ? { error: new Error(`no value ${seconds.indexOf(time) + 1}`), time }
          : { value, time: Math.max(0, ...seconds) };
        expectEnd(result as Outcome, due, "all");
      },
    },
  ),
};
