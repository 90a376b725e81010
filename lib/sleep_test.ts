import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { DeadlockError, LessonError } from "./errors.ts";
import { gather } from "./gather.ts";
import { currentLoop, EventLoop } from "./loop.ts";
import { Queue } from "./queue.ts";
import { sleep } from "./sleep.ts";
import { run, said } from "./testdata/testing.ts";

Deno.test("sleep() wakes in the order of time; of two due at once, the one that slept first", async () => {
  const lines = await said(async (say) => {
    async function sleeper(name: string, first: number, second: number) {
      await sleep(first);
      await sleep(second);
      say(name);
    }
    const loop = currentLoop()!;
    await gather(
      loop.createTask(sleeper, "late", 2, 1),
      loop.createTask(sleeper, "b", 0.5, 0.5),
      loop.createTask(sleeper, "a", 0.25, 0.75),
      loop.createTask(sleeper, "c", 1, 0),
    );
  });
  deepEqual(lines, ["1 a", "1 b", "1 c", "3 late"]);
});

Deno.test("sleep(0) lets each of the others run once", async () => {
  const lines = await said(async (say) => {
    async function pingPong(name: string) {
      for (let i = 1; i <= 2; i++) {
        say(name + i);
        await sleep(0);
      }
    }
    const loop = currentLoop()!;
    await gather(...["a", "b", "c"].map((name) => loop.createTask(pingPong, name)));
  });
  deepEqual(lines, ["0 a1", "0 b1", "0 c1", "0 a2", "0 b2", "0 c2"]);
});

Deno.test("sleep() starts when it is called, as a promise does", async () => {
  const lines = await said(async (say) => {
    const [a, b] = [sleep(1), sleep(2)];
    await b;
    say("b");
    await a;
    say("a");
  });
  deepEqual(lines, ["2 b", "2 a"]);
});

Deno.test("sleep() that is cancelled takes no time", async () => {
  const loop = new EventLoop();
  const task = loop.createTask(async () => {
    const long = sleep(100);
    await sleep(1);
    long.cancel();
    await rejects(async () => await long, { message: "sleep(…) was cancelled." });
    await new Queue().get();
  });
  await rejects(loop.runUntilComplete(task), DeadlockError);
  equal(loop.clock.now(), 1);
});

Deno.test("sleep() refuses what is no time", async () => {
  await run(async () => {
    const refused = (seconds: unknown, shown: string) =>
      throws(
        () => sleep(seconds as number),
        new LessonError(`Cannot sleep for ${shown}: give a number of seconds from 0 to 1000000000.`),
      );
    refused(-1, "-1 s");
    refused(NaN, "NaN s");
    refused(Infinity, "Infinity s");
    refused("1", '"1"');
    refused(undefined, "undefined");
    await sleep(0);
  });
});

Deno.test("sleep() needs a running loop", () => {
  throws(
    () => sleep(1),
    new LessonError(
      "Cannot sleep: no event loop is running. Do it in a function that loop.createTask(…) was given.",
    ),
  );
});
