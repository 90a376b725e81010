import { deepEqual, equal, throws } from "node:assert/strict";
import { experiment } from "./experiment.ts";
import { EventLoop } from "./loop.ts";
import { gather } from "./gather.ts";
import { now } from "./execution.ts";
import { sleep } from "./sleep.ts";
import { sleepSync } from "./sleep_sync.ts";
import { lanesOf } from "./testdata/testing.ts";

Deno.test("sleepSync() takes its time in a program without a loop", async () => {
  const run = await experiment("blocking", { quiet: true }, () => {
    sleepSync(2);
    sleepSync(0.5);
  });
  equal(run.total, 2.5);
});

Deno.test("sleepSync() holds up every other task, and shows in its slice", async () => {
  const run = await experiment("blocking", { quiet: true }, async () => {
    const loop = new EventLoop();
    async function blocker() {
      await sleep(1);
      sleepSync(5);
    }
    async function sleeper() {
      await sleep(2);
      return now();
    }
    const both = gather(loop.createTask(blocker), loop.createTask(sleeper));
    deepEqual(await loop.runUntilComplete(both), [undefined, 6]);
  });
  deepEqual(lanesOf(run)[0].slices, [{ start: 0, end: 0 }, { start: 1, end: 6 }]);
});

Deno.test("sleepSync() really blocks at a finite speed", async () => {
  const start = performance.now();
  await experiment("blocking", { speed: 200, quiet: true }, () => sleepSync(2));
  equal(performance.now() - start >= 9, true);
});

Deno.test("sleepSync() refuses what is no time, and needs an experiment", async () => {
  throws(() => sleepSync(1), /^LessonError: Cannot block the thread: no experiment is running\./);
  await experiment("refused", { quiet: true }, () => {
    throws(() => sleepSync(-1), /^LessonError: Cannot block the thread for -1 s: /);
  });
});
