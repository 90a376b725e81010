// Notebook 8: what fails, what takes too long, and what is called off.
import { describe } from "../arguments.ts";
import { now } from "../context.ts";
import { sleep } from "../sleep.ts";
import { expect, expectCount, expectTime, inSeconds } from "./expect.ts";
import { BROKEN, expectBroken, jsonOf, type Outcome, outcomeOf, pause as wait } from "./outcome.ts";
import { exercise, ours } from "./stage.ts";

const downloadCases = [[[1]], [[2, 1]], [[2, 1], 2], [[1, 3, 2], 1], [[3, 1, 2]]];
const arrivalCases = [[1], [1, [0.5]], [1, [1.5]], [1, [1]], [2, [1, 1, 4.5]], [1, [1.4, 2.8, 4.2, 5.6, 7]]];
const abortCases = [[2], [2, 1], [2, 0], [1, 2]];

/** The exercises of notebook 8. */
export const failures = {
  "8.1": exercise("allOrNothing(seconds, broken)", downloadCases, async (given, stage) => {
    const { allOrNothing, seconds, broken } = given;
    const [outcome]: Outcome[] = await stage.onLoop((loop) => {
      const download = async (time: number, isBroken: boolean) => {
        await sleep(time);
        if (isBroken) throw BROKEN;
        stage.note("got", time);
        return `${time} s`;
      };
      const program = async () => {
        const tasks = seconds.map((time: number, i: number) =>
          loop.createTask(...ours("download", () => download(time, i + 1 === broken)))
        );
        const outcome = await outcomeOf(() => allOrNothing(tasks));
        await sleep(10); // by then, a task that was not cancelled has come to its end
        return outcome;
      };
      return [ours("program", program)];
    });
    if (broken) expectBroken(outcome, `download ${broken}`);
    else {
      const wanted = jsonOf(seconds.map((time: number) => `${time} s`));
      const is = jsonOf(outcome.value);
      expect(is === wanted, `it returns ${wanted}`, `it gave ${outcome.error ?? is}`);
    }
    const due = broken ? seconds[broken - 1] : Math.max(...seconds);
    expectTime(outcome.time, due, "it ends after", "it ended after");
    const late = stage.of("got").find(({ time }) => time > due);
    const happened = `one went on until ${inSeconds(late?.time ?? NaN)}`;
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
    const produce = async () => {
      for (const [i, time] of arrivals.entries()) {
        await sleep(Math.max(0, time - now()));
        await stage.data.put([i + 1, time]);
      }
    };
    await stage.onLoop(() => [ours("consumer", consume), ours("producer", produce)]);
    const looks = stage.of("got");
    const items = looks.filter(({ value }) => value !== undefined);
    arrivals.forEach((arrival: number, i: number) => {
      const { time, value } = items[i] ?? {};
      const [is] = [value].flat();
      const happened = value ? `it gave ${describe(is)}` : "it was never seen again";
      const hint = value ? undefined : "a get that nobody waits for is still in the line, and takes the item";
      expect(is === i + 1, `item ${i + 1} comes out of the queue`, happened, hint);
      expectTime(time!, arrival, `item ${i + 1} is there at`, "it was returned at");
    });
    expectCount(items.length, arrivals.length, "item", "to be returned");
    for (const { latency } of looks.filter(({ value }) => value === undefined)) {
      expectTime(latency!, seconds, "undefined is returned after", "it was returned after");
    }
  }),
  "8.3": exercise("pause(seconds, aborted)", abortCases, async (given, stage) => {
    const { pause, seconds, aborted = Infinity } = given;
    const outcomes: Outcome[] = await stage.runPlain(async () => {
      const controller = new AbortController();
      const abort = () => controller.abort(BROKEN);
      if (aborted === 0) abort();
      else if (aborted < Infinity) setTimeout(abort, 1000 * aborted);
      const call = () => outcomeOf(() => pause(seconds, controller.signal));
      const outcomes = await Promise.all([call(), call()]);
      await wait(3);
      return outcomes;
    });
    const [first, second] = outcomes;
    const hint = first.time === second.time ? undefined : "onabort holds one function: use addEventListener";
    for (const outcome of outcomes) {
      const due = Math.min(seconds, aborted);
      expectTime(outcome.time, due, "each of two pauses with one signal ends after", "it ended after", hint);
      if (aborted < seconds) expectBroken(outcome, "the signal, signal.reason");
      else expect(outcome.error === undefined, "it resolves", `it threw ${outcome.error}`);
    }
  }),
};
