import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { external } from "./external.ts";
import { gather } from "./gather.ts";
import { currentLoop, EventLoop } from "./loop.ts";
import { now } from "./execution.ts";
import { RealClock } from "./real_clock.ts";
import { sleep } from "./sleep.ts";
import { engineTimer, run, said, triedAgain } from "./testdata/testing.ts";

Deno.test("external() lets a task await what the loop does not know, while virtual time stands still", async () => {
  const lines = await said(async (say) => {
    const loop = currentLoop()!;
    await gather(
      loop.createTask(async () => say(await external(engineTimer(5).then(() => "arrived")))),
      loop.createTask(async () => {
        await sleep(1);
        say("slept");
      }),
    );
  });
  deepEqual(lines, ["0 arrived", "1 slept"]);
});

Deno.test("external() lets the other tasks run meanwhile, as long as they need no time", async () => {
  const lines = await said(async (say) => {
    const loop = currentLoop()!;
    loop.createTask(async () => {
      for (const what of ["a", "b"]) {
        say(what);
        await sleep(0);
      }
    });
    await external(engineTimer(5));
    say("arrived");
  });
  deepEqual(lines, ["0 a", "0 b", "0 arrived"]);
});

Deno.test("external() passes an error on", async () => {
  const failing = () => engineTimer(5).then(() => Promise.reject(new Error("no network")));
  await rejects(run(async () => await external(failing())), /no network/);
});

Deno.test(
  "external() lets real time go on",
  triedAgain(async () => {
    const loop = new EventLoop(new RealClock(200));
    const slept: number[] = [];
    loop.createTask(async () => {
      await sleep(1);
      slept.push(now());
    });
    await loop.runUntilComplete(loop.createTask(async () => await external(engineTimer(20))));
    deepEqual(slept, [1]);
  }),
);

Deno.test("external() that arrives when the run is over does no harm", async () => {
  const loop = new EventLoop();
  const late = engineTimer(5);
  loop.createTask(async () => void await external(late));
  await loop.runUntilComplete(loop.createTask(async () => await sleep(0)));
  await late;
  equal(currentLoop(), undefined);
  equal(await run(() => Promise.resolve("the next run")), "the next run");
});

Deno.test("external() takes a value that is there already, as await does", async () => {
  equal(await run(async () => await external(3)), 3);
});

Deno.test("external() needs a running loop", () => {
  throws(
    () => external(Promise.resolve()),
    /^LessonError: Cannot wait for something external: no event loop is running\./,
  );
});
