import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { CancelledError } from "./errors.ts";
import { gather } from "./gather.ts";
import { currentLoop, EventLoop } from "./loop.ts";
import { now } from "./execution.ts";
import { sleep } from "./sleep.ts";
import { printed, run, said } from "./testdata/testing.ts";

async function wait(seconds: number, value: unknown = seconds) {
  await sleep(seconds);
  if (value instanceof Error) throw value;
  return value;
}

Deno.test("gather() returns the results in the order given, whoever ends first", async () => {
  const loop = new EventLoop();
  const tasks = [2, 1, 0].map((seconds) => loop.createTask(wait, seconds));
  deepEqual(await loop.runUntilComplete(gather(...tasks)), [2, 1, 0]);
});

Deno.test("gather() of nothing is done at once, in a task", async () => {
  deepEqual(await run(async () => await gather()), []);
  throws(() => gather(), /^LessonError: Cannot gather nothing: give tasks/);
});

Deno.test("gather() passes the first error on while the others go on", async () => {
  const lines = await said(async (say) => {
    const loop = currentLoop()!;
    const tasks = [
      wait(3, "c"),
      loop.createTask(wait, 1, new Error("b")),
      loop.createTask(wait, 2, "a"),
    ] as const;
    try {
      await gather(tasks[1], tasks[2]);
    } catch (error) {
      say(error);
    }
    say(await tasks[2]);
    say(await tasks[0]);
  });
  deepEqual(lines, ["1 Error: b", "2 a", "3 c"]);
});

Deno.test("gather() counts as awaiting: a task that fails later is told by nobody", async () => {
  const { warnings, error } = await printed(() => {
    const loop = new EventLoop();
    const tasks = [1, 2].map((seconds) => loop.createTask(wait, seconds, new Error(`at ${seconds}`)));
    loop.createTask(wait, 0);
    return loop.runUntilComplete(loop.createTask(async () => {
      await rejects(async () => await gather(...tasks), /at 1/);
      await sleep(3);
    }));
  });
  deepEqual([warnings, error], [[], undefined]);
});

Deno.test("gather() that is cancelled cancels each of them", async () => {
  await run(async () => {
    const loop = currentLoop()!;
    const tasks = [1, 5, 6].map((seconds) => loop.createTask(wait, seconds));
    const both = gather(...tasks);
    await sleep(2);
    equal(both.cancel(), true);
    await rejects(async () => await both, CancelledError);
    deepEqual(tasks.map((task) => task.cancelled), [false, true, true]);
    equal(both.cancel(), false);
    equal(now(), 2);
  });
});

Deno.test("gather() that is cancelled says so even where the tasks do not heed it", async () => {
  await run(async () => {
    const stubborn = currentLoop()!.createTask(() => wait(5).catch(() => "never mind"));
    const both = gather(stubborn);
    await sleep(1);
    both.cancel();
    await rejects(async () => await both, CancelledError);
    equal(await stubborn, "never mind");
  });
});

Deno.test("gather() refuses what is no task, and says which", () => {
  const loop = new EventLoop();
  const task = loop.createTask(wait, 1);
  throws(
    // @ts-expect-error nothing is no task
    () => gather(task, undefined),
    /^LessonError: Cannot gather undefined \(number 2\): give tasks, made with loop\.createTask\(fn, …\)/,
  );
  throws(
    // @ts-expect-error a list is no task
    () => gather([task]),
    /Cannot gather a list of 1 \(number 1\): .* spread a list of them: gather\(\.\.\.tasks\)\.$/,
  );
  // @ts-expect-error a promise is no task
  throws(() => gather(wait), /^LessonError: Cannot gather the function wait \(number 1\)/);
});
