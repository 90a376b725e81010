// Notebook 8: what fails, what takes too long, and what is called off.
import { now } from "../context.ts";
import { sleep } from "../sleep.ts";
import { seconds as written } from "../words.ts";
import { expect, expectCount, expectSame } from "./expect.ts";
import { expectOutcome, expectPages, numbersTo, outcomeOf, pause } from "./outcome.ts";
import { atTimes, exercise, ours } from "./stage.ts";

const downloadCases = [[[1]], [[2, 1]], [[2, 1], 2], [[1, 3, 2], 1], [[3, 1, 2]]];
const arrivalCases = [[1], [1, [0.5]], [1, [1.5]], [1, [1]], [2, [1, 1, 4.5]], [1, [1.4, 2.8, 4.2, 5.6, 7]]];
const abortCases = [[2], [2, 1], [2, 0], [1, 2]];

/** The exercises of notebook 8. */
export const failures = {
  "8.1": exercise("allOrNothing(seconds, broken)", downloadCases, async (given, stage) => {
    const { allOrNothing, seconds, broken } = given;
    const pages = numbersTo(seconds.length);
    const load = stage.loader(seconds, [broken], sleep);
    const [outcome] = await stage.onLoop((loop) => [
      ours("program", async () => {
        const tasks = pages.map((page) => loop.createTask(...ours("download", () => load(page))));
        const outcome = await outcomeOf(() => allOrNothing(tasks));
        await sleep(10); // by then, a task that was not cancelled has come to its end
        return outcome;
      }),
    ]);
    expectPages(outcome, pages, broken);
    const due = broken ? seconds[broken - 1] : Math.max(...seconds);
    expectSame(outcome.time, due, "it ends after # s", "it ended after # s");
    const late = stage.of("got").find(({ time }) => time > due);
    const happened = `one went on until ${written(late?.time ?? NaN, 2)}`;
    expect(!late, "the other downloads end with the broken one", happened, "task.cancel() ends a task");
  }),
  "8.2": exercise("getWithin(seconds, arrivals)", arrivalCases, async (given, stage) => {
    const { getWithin, seconds, arrivals = [] } = given;
    const consume = async () => {
      const most = 2 * arrivals.length + Math.ceil((arrivals.at(-1) ?? 0) / seconds) + 1;
      for (let look = 0; look < most; look++) {
        const start = now();
        stage.note("got", await getWithin(seconds, stage.data), now() - start);
      }
    };
    const producer = atTimes("producer", arrivals, (i) => stage.data.put([i, arrivals[i - 1]]));
    await stage.onLoop(() => [ours("consumer", consume), producer]);
    const looks = stage.of("got");
    const items = looks.filter(({ value }) => value !== undefined);
    arrivals.forEach((arrival: number, i: number) => {
      const item = `item ${i + 1}`;
      const hint = "a get that nobody waits for is still in the line, and takes the item";
      expect(i < items.length, `${item} comes out of the queue`, "it was never seen again", hint);
      expectSame(items[i].value, [i + 1, arrival], `${item} is returned, #`, "# was");
      expectSame(items[i].time, arrival, `${item} is there at # s`, "it was returned at # s");
    });
    expectCount(items.length, arrivals.length, "item", "to be returned");
    for (const { latency } of looks.filter(({ value }) => value === undefined)) {
      expectSame(latency, seconds, "undefined is returned after # s", "it was returned after # s");
    }
  }),
  "8.3": exercise("pause(seconds, aborted)", abortCases, async (given, stage) => {
    const { seconds, aborted } = given;
    const error = new Error("the reason of the signal");
    const outcomes = await stage.runPlain(async () => {
      const controller = new AbortController();
      const abort = () => controller.abort(error);
      if (aborted === 0) abort();
      else if (aborted) setTimeout(abort, 1000 * aborted);
      const call = () => outcomeOf(() => given.pause(seconds, controller.signal));
      const outcomes = await Promise.all([call(), call()]);
      await pause(3);
      return outcomes;
    });
    const isSame = outcomes[0].time === outcomes[1].time;
    const hint = isSame ? undefined : "onabort holds one function: use addEventListener";
    const each = "each of two pauses with one signal ends after # s";
    const due = Math.min(seconds, aborted ?? seconds);
    for (const outcome of outcomes) {
      expectSame(outcome.time, due, each, "it ended after # s", hint);
      expectOutcome(outcome, due < seconds ? { error } : { value: outcome.value });
    }
  }),
};
