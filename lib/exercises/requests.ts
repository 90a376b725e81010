// Notebook 9: requests of a server, which take a while, and may fail.
import { isAwaitable } from "../arguments.ts";
import { wordsOf } from "../errors.ts";
import { count } from "../words.ts";
import { type Exercise, exercise, expect, expectCount, expectTime, inSeconds } from "./expect.ts";
import { numbersTo, type Outcome, outcomeOf } from "./outcome.ts";
import type { Named, Stage } from "./stage.ts";

/** Returns what sends a request for a page, given by its number from 1. @param fails has the numbers of those refused */
function sender(stage: Stage, { seconds, fails = [] }: Named) {
  return (page: number) => {
    stage.note("put", page);
    stage.queueChanged(1); // a request under way is among those that stage.most counts
    return new Promise<string>((resolve, reject) => {
      const end = () => {
        stage.queueChanged(-1);
        if (fails.includes(page)) reject(new Error(`page ${page} was refused`));
        else resolve(`page ${page}`);
      };
      setTimeout(end, 1000 * seconds[page - 1]);
    });
  };
}

/** Expects a value; or a failure, with `error`. */
function expectOutcome({ performance }: Stage, value: unknown, error?: string): void {
  const plain = (_: string, it: unknown) => isAwaitable(it) ? "a promise" : it === undefined ? "nothing" : it;
  const given = performance.result as Outcome;
  const [expected, gave] = [value, given.value].map((it) => JSON.stringify(it, plain));
  const happened = "error" in given ? `it failed with ${wordsOf(given.error)}` : `it gave ${gave}`;
  if (error === undefined) expect(happened === `it gave ${expected}`, `it gives ${expected}`, happened);
  else expect(happened === `it failed with Error: ${error}`, `it fails with Error: ${error}`, happened);
}

/** Expects one request for each page. */
function expectRequests(stage: Stage, { seconds }: Named): void {
  expectCount(stage.of("put").length, seconds.length, "request", "in all, one for each page");
}

/** The numbers of the pages. */
const numbersOf = ({ seconds }: Named) => numbersTo(seconds.length);

/** Seconds that it takes when each of so many workers takes the next page as soon as it is free. */
function shortest({ seconds }: Named, workers: number): number {
  const free: number[] = Array(workers).fill(0);
  for (const each of seconds) {
    free.sort((a, b) => a - b);
    free[0] += each;
  }
  return Math.max(...free);
}

const someFail = [[[]], [[1]], [[1], [1]], [[2, 1, 1], [2]], [[1, 3, 2, 1, 2], [1, 3]]];
const limits = [[2, []], [1, [1]], [5, [1, 1]], [1, [1, 1, 1]], [2, [3, 1, 1, 1]], [2, [2, 1, 1, 1], [2]]];
const failures = [[0, 3, 1], [1, 3, 1], [2, 3, 0.5], [1, 1, 1], [3, 3, 1], [9, 5, 2]];

/** The exercises of notebook 9. */
export const requests: Record<string, Exercise> = {
  "9.1": exercise("getEach(seconds, fails)", someFail, {
    plain: true,
    run: ({ getEach }, stage, pages) => outcomeOf(() => getEach(numbersOf(pages), sender(stage, pages))),
    holds(stage, pages) {
      const { fails = [] } = pages;
      expectOutcome(stage, numbersOf(pages).map((page) => fails.includes(page) ? undefined : `page ${page}`));
      expectRequests(stage, pages);
      const latest = stage.events.at(-1)?.time ?? 0;
      expectTime(latest, 0, "all requests are sent at once, after", "the last was sent after");
    },
  }),
  "9.2": exercise("mapLimit(limit, seconds, fails)", [...limits, [3, [3, 1, 2, 1, 3, 2, 1, 1]]], {
    plain: true,
    run: ({ mapLimit }, stage, pages) =>
      outcomeOf(() => mapLimit(numbersOf(pages), pages.limit, sender(stage, pages))),
    holds(stage, pages) {
      const { most, total } = stage;
      const { limit, fails } = pages;
      expect(most <= limit, `never more than ${count(limit, "call")} at once`, `there were ${most}`);
      if (fails) return expectOutcome(stage, [], `page ${fails} was refused`);
      expectOutcome(stage, numbersOf(pages).map((page) => `page ${page}`));
      expectRequests(stage, pages);
      const hint = "as soon as one call is over, whichever it is, the next may start";
      const due = shortest(pages, limit);
      expectTime(total, due, `with ${limit} at once, it takes`, "it took", total > due ? hint : undefined);
    },
  }),
  "9.3": exercise("retry(failures, tries, seconds)", failures, {
    plain: true,
    run({ retry }, stage, { failures, tries, seconds }) {
      let sent = 0;
      const ask = () => {
        sent++;
        return sender(stage, { seconds: Array(sent).fill(1), fails: sent > failures ? [] : [sent] })(sent);
      };
      return outcomeOf(() => retry(ask, tries, seconds));
    },
    holds(stage, { failures, tries, seconds }) {
      const times = stage.of("put").map(({ time }) => time);
      const all = Math.min(tries, failures + 1);
      let due = 0;
      times.slice(0, all).forEach((time, i) => {
        const after = i === 0
          ? "at once, after"
          : `${inSeconds(seconds * 2 ** (i - 1))} after the last failed, at`;
        expectTime(time, due, `try ${i + 1} starts ${after}`, "it started at");
        due += 1 + seconds * 2 ** i;
      });
      expectCount(
        times.length,
        all,
        "call",
        `of ask, of which ${failures ? `the first ${failures}` : "none"} would fail`,
      );
      expectOutcome(stage, `page ${all}`, failures < tries ? undefined : `page ${tries} was refused`);
      expectTime(
        stage.total,
        due - seconds * 2 ** (all - 1),
        "it is over with its last try, after",
        "it took",
      );
    },
  }),
};
