import { deepEqual, equal, match, rejects, throws } from "node:assert/strict";
import { LessonError } from "./errors.ts";
import { currentLoop, EventLoop, Future } from "./loop.ts";
import { Queue } from "./queue.ts";
import { sleep } from "./sleep.ts";
import { printed, run, said } from "./testdata/testing.ts";

Deno.test("Future wakes those who wait one after another, each in a slice of its own", async () => {
  const lines = await said(async (say) => {
    const loop = currentLoop()!;
    const future = new Future<string>(loop, "external");
    for (const name of ["a", "b"]) {
      loop.createTask(async () => {
        const value = await future;
        for (let i = 0; i < 3; i++) await Promise.resolve(); // however many hops: b comes after it
        say(`${name} ${value}`);
      });
    }
    await sleep(1);
    future.resolve("value");
    future.resolve("another");
    future.reject(new Error("nor this"));
    say("resolved");
    await sleep(0);
  });
  deepEqual(lines, ["1 resolved", "1 a value", "1 b value"]);
});

Deno.test("Future cannot be awaited outside of its running loop", async () => {
  const task = new EventLoop().createTask(async () => {});
  await rejects(
    async () => await task,
    new LessonError(
      "Cannot await task: its event loop is not running. Await loop.runUntilComplete(…) instead.",
    ),
  );
});

Deno.test("Future can be awaited anywhere once it is done", async () => {
  const loop = new EventLoop();
  const task = loop.createTask(() => Promise.resolve("value"));
  await loop.runUntilComplete(task);
  equal(await task, "value");
});

Deno.test("Future chains as a promise does", async () => {
  const lines = await said(async (say) => {
    const data = new Queue<number>();
    const doubled = data.get().then((value) => 2 * value).then((value) => `doubled ${value}`);
    await data.put(4);
    say(await doubled);
    const failed = new Future<void>(currentLoop()!, "external");
    failed.reject(new Error("boom"));
    say(await failed.catch((error) => `caught ${error}`));
    await rejects(async () => await failed.then(() => say("never")), /boom/);
    await rejects(failed.finally(() => say("finally")), /boom/);
    await rejects(
      async () =>
        await sleep(1).then(() => {
          throw new RangeError("in a callback");
        }),
      RangeError,
    );
  });
  deepEqual(lines, ["0 doubled 8", "0 caught Error: boom", "0 finally"]);
});

Deno.test("Future tells all who wait for what a callback returned", async () => {
  deepEqual(
    await said(async (say) => {
      const later = sleep(1).then(() => "here");
      say(await Promise.all([later, later]));
    }),
    ["1 here,here"],
  );
});

Deno.test("Future does not lose the failure of a callback that nobody waits for", async () => {
  const lost: string[] = [];
  const hear = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    lost.push(`${event.reason}`);
  };
  addEventListener("unhandledrejection", hear);
  try {
    await said(async () => {
      const failed = new Future<void>(currentLoop()!, "external");
      failed.reject(new Error("boom"));
      failed.then(() => {});
      await rejects(async () => await failed.then(() => {}), /boom/);
      sleep(1).then(() => {
        throw new Error("in a callback");
      });
      await sleep(2);
    });
  } finally {
    removeEventListener("unhandledrejection", hear);
  }
  deepEqual(lost, ["Error: boom", "Error: in a callback"]);
});

Deno.test("Future says that it must be awaited where it is taken apart", async () => {
  const { error } = await printed(() =>
    run(async () => {
      const data = new Queue<[number, number]>();
      throws(
        () => {
          // @ts-expect-error what the learner's editor says, too
          const [_value, _time] = data.get();
        },
        /^LessonError: Cannot take apart what get\(…\) returned: .* Write await in front of it\.$/,
      );
      await data.put([1, 2]);
    })
  );
  equal(error, undefined);
});

Deno.test("Future is printed as a sentence", async () => {
  await run(async () => {
    const data = new Queue<number>();
    const future = data.get();
    match(Deno.inspect(future), /^\[what get\(…\) returned: not done yet; await gives its value\]$/);
    data.putNowait(1);
    await future;
    match(Deno.inspect(future), /: done; await gives its value\]$/);
  });
});
