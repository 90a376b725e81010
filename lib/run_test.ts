import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { experiment } from "./experiment.ts";
import { gather } from "./gather.ts";
import { generated, processed } from "./lines.ts";
import { EventLoop } from "./loop.ts";
import { now } from "./execution.ts";
import { compare } from "./plots/compare.ts";
import { timeline } from "./plots/timeline.ts";
import { Queue } from "./queue.ts";
import { report } from "./report.ts";
import type { Run } from "./run.ts";
import { sleep } from "./sleep.ts";
import { sleepSync } from "./sleep_sync.ts";

/** All are made first, one each second; then all are used, in half a second each. */
const synchronous = () =>
  experiment("synchronous", { quiet: true }, () => {
    const times: number[] = [];
    for (let idx = 1; idx <= 4; idx++) {
      times.push(now());
      generated(idx);
      sleepSync(1);
    }
    for (const [i, time] of times.entries()) {
      processed(i + 1, now() - time);
      sleepSync(0.5);
    }
  });

Deno.test("Run has the total and the latencies: first, best, mean, longest", async () => {
  const run = await synchronous();
  equal(run.total, 6);
  deepEqual([run.generated, run.processed], [4, 4]);
  deepEqual(run.latency, { first: 4, best: 2.5, mean: 3.25, max: 4 });
});

Deno.test("Run has a lane of its own for each task, also where loops follow each other", async () => {
  const { lanes } = await experiment("two loops", { quiet: true }, async () => {
    for (const seconds of [1, 2]) {
      const loop = new EventLoop();
      await loop.runUntilComplete(loop.createTask(sleep, seconds));
    }
  });
  deepEqual(lanes.map(({ name }) => name), ["sleep", "sleep (2)"]);
});

Deno.test("Run has no two lanes of one name where each of several loops has two tasks of one function", async () => {
  const { lanes, steps } = await experiment("two loops", { quiet: true }, async () => {
    for (const seconds of [1, 2]) {
      const loop = new EventLoop();
      const tasks = [0, 0].map(() => loop.createTask(sleep, seconds));
      await loop.runUntilComplete(gather(...tasks));
    }
  });
  deepEqual(lanes.map(({ name }) => name), ["sleep", "sleep (2)", "sleep (3)", "sleep (4)"]);
  deepEqual(steps.map(({ ready }) => ready).flat(), ["sleep (2)", "sleep (2)", "sleep (4)", "sleep (4)"]);
});

Deno.test("Run says how many items it took how long, and that it failed, if it did", async () => {
  equal(String(await synchronous()), 'Run "synchronous": 4 items in 6.00 s');
  const fail = () => Promise.reject(new Error("the line went dead"));
  equal(
    String(await experiment("broken", { quiet: true, mayFail: true }, fail)),
    'Run "broken": 0 items in 0.00 s, failed',
  );
});

Deno.test("Run has the items in the order in which they were made", async () => {
  const { items } = await synchronous();
  deepEqual(items[3], {
    ...{ number: 4, producer: "producer", generated: 3 },
    ...{ consumer: "consumer", processed: 5.5, latency: 2.5 },
  });
});

Deno.test("Run has the depth of a plain list, by its marks", async () => {
  deepEqual((await synchronous()).depth.map(({ time, size }) => [time, size]), [
    ...[[0, 1], [1, 2], [2, 3], [3, 4]],
    ...[[4, 3], [4.5, 2], [5, 1], [5.5, 0]],
  ]);
});

Deno.test("Run has NaN for what there is not", async () => {
  const run = await experiment("nothing", { quiet: true }, () => generated(1));
  deepEqual(run.latency, { first: NaN, best: NaN, mean: NaN, max: NaN });
  deepEqual(run.items, [
    { number: 1, producer: "producer", generated: 0, consumer: "", processed: NaN, latency: NaN },
  ]);
});

Deno.test("Run.bound is the work of the busiest task, waiting for the queue left out", async () => {
  const run = await experiment("bound", { quiet: true }, async () => {
    const loop = new EventLoop();
    const data = new Queue<number>();
    async function producer() {
      for (let i = 0; i < 2; i++) {
        await sleep(1);
        await data.put(i);
      }
    }
    async function consumer() {
      for (let i = 0; i < 2; i++) {
        await data.get();
        await sleep(0.75);
        sleepSync(0.5);
      }
    }
    await loop.runUntilComplete(gather(loop.createTask(producer), loop.createTask(consumer)));
  });
  equal(run.total, 3.5);
  equal(run.bound, 2.5); // the consumer: 2 x (0.75 + 0.5)
});

Deno.test("Run.bound of a synchronous program is the longer of its two halves", async () => {
  equal((await synchronous()).bound, 4);
});

const promise = experiment("a run", { quiet: true }, () => {}) as unknown as Run;
const missing = undefined as unknown as Run;

const draws: [string, (run: Run) => unknown][] = [
  ["timeline", timeline],
  ["timeline with a title", (run) => timeline(run, { title: "A title" })],
  ["compare", (run) => compare([run])],
];
for (const [name, draw] of draws) {
  Deno.test(`${name} says what is missing where it is given a promise, or nothing`, () => {
    throws(() => draw(promise), {
      name: "LessonError",
      message: "Cannot draw a promise: write await in front of experiment(…).",
    });
    throws(() => draw(missing), {
      name: "LessonError",
      message: "Cannot draw undefined: give a run, which experiment(…) returns.",
    });
  });
}

Deno.test("report() says what is missing where it is given a promise, or nothing", async () => {
  await rejects(report(promise), { message: /^Cannot report a promise: write await in front of experiment/ });
  await rejects(report(missing), { message: /^Cannot report undefined: give a run, which experiment/ });
});

Deno.test("compare() takes one run, too, and no promise", async () => {
  const run = await (promise as unknown as Promise<Run>);
  equal(String(compare(run)), String(compare([run])));
  throws(() => compare(promise as unknown as Run[]), { message: /^Cannot draw a promise: write await/ });
});
