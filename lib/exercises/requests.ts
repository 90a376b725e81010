// Notebook 9: requests of a server, which take a while, and may fail.
import { wordsOf } from "../errors.ts";
import { count } from "../words.ts";
import { expect, expectCount, expectTime, inSeconds } from "./expect.ts";
import { flow } from "./flow.ts";
import { jsonOf, numbersTo, type Outcome, outcomeOf, pause } from "./outcome.ts";
import { exercise, type Stage } from "./stage.ts";

/** Returns what sends a request for a page, given by its number from 1. @param fails has the numbers of those refused */
function sender(stage: Stage, seconds: (page: number) => number, fails: number[] = []) {
  return async (page: number) => {
    stage.note("put", page);
    stage.queueChanged(1); // a request under way is among those that stage.most counts
    await pause(seconds(page));
    stage.queueChanged(-1);
    if (fails.includes(page)) throw new Error(`page ${page} was refused`);
    return `page ${page}`;
  };
}

/** Expects a value; or a failure, with `error`. */
function expectOutcome(given: Outcome, value: unknown, error?: string): void {
  const [gave, due] = [given.value, value].map(jsonOf);
  const happened = "error" in given ? `it failed with ${wordsOf(given.error)}` : `it gave ${gave}`;
  if (error === undefined) expect(happened === `it gave ${due}`, `it gives ${due}`, happened);
  else expect(happened === `it failed with Error: ${error}`, `it fails with Error: ${error}`, happened);
}

/** Expects one request for each page. */
function expectRequests(stage: Stage, pages: number[]): void {
  expectCount(stage.of("put").length, pages.length, "request", "in all, one for each page");
}

const someFail = [[[]], [[1]], [[1], [1]], [[2, 1, 1], [2]], [[1, 3, 2, 1, 2], [1, 3]]];
const limits = [
  ...[[2, []], [1, [1]], [5, [1, 1]], [1, [1, 1, 1]], [2, [3, 1, 1, 1]], [2, [2, 1, 1, 1], [2]]],
  [3, [3, 1, 2, 1, 3, 2, 1, 1]],
];
const failures = [[0, 3, 1], [1, 3, 1], [2, 3, 0.5], [1, 1, 1], [3, 3, 1], [9, 5, 2]];

/** The exercises of notebook 9. */
export const requests = {
  "9.1": exercise("getEach(seconds, fails)", someFail, async ({ getEach, seconds, fails = [] }, stage) => {
    const pages = numbersTo(seconds.length);
    const send = sender(stage, (page) => seconds[page - 1], fails);
    const outcome = await stage.runPlain(() => outcomeOf(() => getEach([...pages], send)));
    expectOutcome(outcome, pages.map((page) => fails.includes(page) ? undefined : `page ${page}`));
    expectRequests(stage, pages);
    const latest = stage.events.at(-1)?.time ?? 0;
    expectTime(latest, 0, "all requests are sent at once, after", "the last was sent after");
  }),
  "9.2": exercise("mapLimit(limit, seconds, fails)", limits, async (given, stage) => {
    const { mapLimit, limit, seconds, fails } = given;
    const pages = numbersTo(seconds.length);
    const send = sender(stage, (page) => seconds[page - 1], fails);
    const outcome = await stage.runPlain(() => outcomeOf(() => mapLimit([...pages], limit, send)));
    const { most, total } = stage;
    expect(most <= limit, `never more than ${count(limit, "call")} at once`, `there were ${most}`);
    if (fails) return expectOutcome(outcome, [], `page ${fails} was refused`);
    expectOutcome(outcome, pages.map((page) => `page ${page}`));
    expectRequests(stage, pages);
    const due = flow(pages.length, () => 0, (i) => seconds[i], { consumers: limit }).end;
    const hint = total > due ? "as soon as one call is over, whichever it is, the next may start" : undefined;
    expectTime(total, due, `with ${limit} at once, it takes`, "it took", hint);
  }),
  "9.3": exercise("retry(failures, tries, seconds)", failures, async (given, stage) => {
    const { retry, failures, tries, seconds } = given;
    let sent = 0;
    const send = sender(stage, () => 1, numbersTo(failures));
    const outcome = await stage.runPlain(() => outcomeOf(() => retry(() => send(++sent), tries, seconds)));
    const times = stage.of("put").map(({ time }) => time);
    const all = Math.min(tries, failures + 1);
    let due = 0;
    times.slice(0, all).forEach((time, i) => {
      const after = `${inSeconds(seconds * 2 ** (i - 1))} after the last failed, at`;
      expectTime(time, due, `try ${i + 1} starts ${i === 0 ? "at once, after" : after}`, "it started at");
      due += 1 + seconds * 2 ** i;
    });
    const which = failures ? `the first ${failures}` : "none";
    expectCount(times.length, all, "call", `of ask, of which ${which} would fail`);
    expectOutcome(outcome, `page ${all}`, failures < tries ? undefined : `page ${tries} was refused`);
    const end = due - seconds * 2 ** (all - 1);
    expectTime(stage.total, end, "it is over with its last try, after", "it took");
  }),
};
