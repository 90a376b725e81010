// Notebooks 5, 6 and 9: calls and plain promises, which give a value, or fail, after a while.
import { count } from "../words.ts";
import { expect, expectCount, expectOutcome, expectPages, expectSame } from "./expect.ts";
import { jsonOf, outcomeOf, refused } from "./expect.ts";
import { exercise, type Named, numbersTo, type Stage } from "./stage.ts";

/** Returns a hint if a call was over too early. */
const early = (time: number, due: number) =>
  time < due && "it was over before the pages had come: does it await all of them?";

/** Runs a function that loads all pages at once; it gives undefined for those that fail. */
async function loadAtOnce(stage: Stage, { load, pages, seconds, fails = [] }: Named): Promise<void> {
  const outcome = await stage.runPlain(() => outcomeOf(() => load([...pages], stage.loader(seconds, fails))));
  const value = pages.map((page: unknown) => fails.includes(page) ? undefined : `page ${page}`);
  const due = Math.max(0, ...seconds);
  expectOutcome(outcome, { value }, "it", early(outcome.time, due));
  expectCount(stage.of("put").length, pages.length, "load", "in all, one of each page");
  const latest = stage.of("put").at(-1)?.time ?? 0;
  const atOnce = "all pages are asked for at once, the last after # s";
  expectSame(latest, 0, atOnce, "the last was asked for after # s");
  expectSame(outcome.time, due, "it takes as long as the slowest page, # s", "it took # s");
}

exercise("5.1", "breakfast()", [[]], async ({ breakfast }, stage) => {
  const [served] = await stage.onLoop((loop) => [[breakfast, loop]]);
  const hint = "await gather(…) gives what all of them return, in their order";
  expectSame(served, ["tea", "toast", "eggs"], "it returns #", "it returned #", hint);
  expectCount(stage.of("sleep").length, 3, "call", "of make, each with a sleep of its own");
  expectSame(stage.total, 4, "it is ready when the eggs are, after # s", "it was ready after # s");
});

const pageCases = [[[]], [[1]], [[2, 1]], [[3, 1, 2]], [[1, 5, 2, 4, 3]]];
exercise("5.2", "loadAll(pages)", pageCases, ({ loadAll: load, pages: seconds }, stage) => {
  return loadAtOnce(stage, { load, pages: numbersTo(seconds.length).map(String), seconds });
});

exercise("6.1", "sleep(seconds)", [[0], [0.5], [2]], async ({ sleep, seconds }, stage) => {
  const call = `sleep(${seconds}, "tea")`;
  const outcome = await stage.runPlain(() => outcomeOf(() => sleep(seconds, "tea")));
  expectOutcome(outcome, { value: "tea" }, call);
  expectSame(outcome.time, seconds, `${call} ends after # s`, "it took # s");
});

exercise("6.2", "promisify(delay, failing)", [[1, 0], [0, 0], [1, 1], [0, 1]], async (given, stage) => {
  const { promisify, delay, failing } = given;
  const error = new Error("no sum today");
  const outcomes = await stage.runPlain(() => {
    const add = promisify((a: number, b: number, callback: (error: unknown, sum?: number) => void) => {
      const call = () => failing ? callback(error) : callback(null, a + b);
      if (delay > 0) setTimeout(call, 1000 * delay);
      else call();
    });
    expect(typeof add === "function", "promisify(add) gives a function", `it gave ${jsonOf(add)}`);
    return Promise.all([outcomeOf(() => add(1, 2)), outcomeOf(() => add(3, -3))]);
  });
  const hint = !failing && "the callback gets an error, or null, and then the sum, which may be 0";
  for (const [i, call] of ["add(1, 2)", "add(3, -3)"].entries()) {
    expectOutcome(outcomes[i], failing ? { error } : { value: [3, 0][i] }, call, hint);
    expectSame(outcomes[i].time, delay, `${call} ends after # s`, "it took # s");
  }
});

const allCases = [
  ...[[[]], [[1]], [[1], [1]], [[1, 0]], [[2, 1]], [[2, 1, 3]], [[3, 1], [2]], [[1, 3], [2]]],
  [[2, 1], [2, 1]],
];
exercise("6.3", "all(seconds, failing)", allCases, async ({ all, seconds, failing = [] }, stage) => {
  const pages = numbersTo(seconds.length);
  const load = stage.loader(seconds, failing);
  const outcome = await stage.runPlain(() => {
    const values = pages.map((page) => seconds[page - 1] > 0 ? load(page) : `page ${page}`);
    const { all: own } = Promise;
    Promise.all = () => Promise.reject(new Error("Promise.all is what is to be written here"));
    const outcome = outcomeOf(() => all(values));
    Promise.all = own;
    return outcome;
  });
  const [failed] = failing; // the first of them
  const time = failed ? seconds[failed - 1] : Math.max(0, ...seconds);
  const count = "resolve when the last has come: count them, as results[1] = … makes the list long at once";
  const hasHoles = Array.isArray(outcome.value) && outcome.value.includes(undefined);
  expectPages(outcome, pages, failed, "all", hasHoles && count);
  const hint = "who awaits one after the other hears of a failure only in its turn";
  expectSame(outcome.time, time, `all ${failed ? "fails" : "ends"} after # s`, "it took # s", hint);
});

const someFail = [[[]], [[1]], [[1], [1]], [[2, 1, 1], [2]], [[1, 3, 2, 1, 2], [1, 3]]];
exercise("9.1", "getEach(seconds, fails)", someFail, ({ getEach: load, seconds, fails }, stage) => {
  return loadAtOnce(stage, { load, pages: numbersTo(seconds.length), seconds, fails });
});

const limits = [
  ...[[2, [], 0], [1, [1], 1], [5, [1, 1], 1], [1, [1, 1, 1], 3], [2, [3, 1, 1, 1], 3]],
  ...[[2, [2, 1, 1, 1], 1, [2]], [3, [3, 1, 2, 1, 3, 2, 1, 1], 5]],
];
exercise("9.2", "mapLimit(limit, seconds, due, fails)", limits, async (given, stage) => {
  const { mapLimit, limit, seconds, due, fails } = given;
  const pages = numbersTo(seconds.length);
  const load = stage.loader(seconds, fails);
  const outcome = await stage.runPlain(() => outcomeOf(() => mapLimit([...pages], limit, load)));
  expect(stage.most <= limit, `never more than ${count(limit, "call")} at once`, `there were ${stage.most}`);
  expectPages(outcome, pages, fails?.[0], "it", !fails && early(outcome.time, due));
  if (fails) return;
  expectCount(stage.of("put").length, pages.length, "load", "in all, one of each page");
  const hint = "as soon as one call is over, whichever it is, the next may start";
  expectSame(stage.total, due, `with ${limit} at once, it takes # s`, "it took # s", hint);
});

const failures = [[0, 3, 1], [1, 3, 1], [2, 3, 0.5], [1, 1, 1], [3, 3, 1], [9, 5, 2]];
exercise("9.3", "retry(failures, tries, seconds)", failures, async (given, stage) => {
  const { retry, failures, tries, seconds } = given;
  let sent = 0;
  const load = stage.loader([], numbersTo(failures));
  const outcome = await stage.runPlain(() => outcomeOf(() => retry(() => load(++sent), tries, seconds)));
  const due = (i: number) => i + seconds * (2 ** i - 1);
  const all = Math.min(tries, failures + 1);
  const times = stage.of("put").map(({ time }) => time);
  times.slice(0, all).forEach((time, i) => {
    expectSame(time, due(i), `try ${i + 1} starts at # s`, "it started at # s");
  });
  expectCount(times.length, all, "call", `of ask, of which ${Math.min(failures, all)} would fail`);
  expectOutcome(outcome, failures < tries ? { value: `page ${all}` } : { error: refused(tries) });
  expectSame(stage.total, due(all - 1) + 1, "it is over with its last try, after # s", "it took # s");
});
