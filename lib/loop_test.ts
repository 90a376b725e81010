import { deepEqual, equal, match, rejects, throws } from "node:assert/strict";
import { DeadlockError, LessonError, StoppedError } from "./errors.ts";
import { gather } from "./gather.ts";
import { currentLoop, EventLoop } from "./loop.ts";
import { now } from "./execution.ts";
import { Queue } from "./queue.ts";
import { RealClock } from "./real_clock.ts";
import { sleep } from "./sleep.ts";
import { engineTimer, printed, run, said, triedAgain } from "./testdata/testing.ts";

async function wait(seconds: number): Promise<number> {
  await sleep(seconds);
  return now();
}

Deno.test("EventLoop.createTask() runs nothing before the loop does", async () => {
  let started = false;
  const loop = new EventLoop();
  const task = loop.createTask(async () => {
    started = true;
    await sleep(0);
  });
  equal(started, false);
  await loop.runUntilComplete(task);
  equal(started, true);
});

Deno.test("EventLoop.createTask() names tasks by their function, and counts them", () => {
  const loop = new EventLoop();
  const names = [wait, wait].map((fn) => loop.createTask(fn, 1).name);
  deepEqual([...names, loop.createTask(async () => {}).name], ["wait", "wait (2)", "task"]);
});

Deno.test("EventLoop.createTask() refuses a promise, which would be running already", () => {
  throws(
    // @ts-expect-error a promise is no function
    () => new EventLoop().createTask(Promise.resolve()),
    new LessonError(
      "Cannot create a task from a promise: give the function and its arguments, as in createTask(fn, 1, 2).",
    ),
  );
});

Deno.test("EventLoop.runUntilComplete() returns what the task returned, in no time", async () => {
  const start = performance.now();
  equal(await run(() => wait(1e9)), 1e9);
  equal(performance.now() - start < 1e6, true);
});

Deno.test("EventLoop.runUntilComplete() throws what the task threw", async () => {
  await rejects(run(() => Promise.reject(new RangeError("too far"))), new RangeError("too far"));
});

Deno.test("EventLoop.runUntilComplete() refuses what is no task of this loop", async () => {
  const loop = new EventLoop();
  const message = "Cannot run undefined: give a task of this loop, or a gather of them.";
  // @ts-expect-error nothing is no task
  await rejects(loop.runUntilComplete(undefined), new LessonError(message));
  await rejects(
    loop.runUntilComplete(new EventLoop().createTask(wait, 1)),
    /Cannot run wait: give a task of this loop/,
  );
});

Deno.test("EventLoop.runUntilComplete() refuses to run while a loop runs", async () => {
  await rejects(
    run(() => run(() => wait(1))),
    /^LessonError: Cannot run the event loop: one is running already/,
  );
});

Deno.test("EventLoop.runUntilComplete() leaves the other tasks for the next run", async () => {
  const loop = new EventLoop();
  const slow = loop.createTask(wait, 2);
  equal(await loop.runUntilComplete(loop.createTask(wait, 1)), 1);
  equal(slow.done, false);
  equal(await loop.runUntilComplete(slow), 2);
  equal(await loop.runUntilComplete(slow), 2); // and once more: it is done
});

Deno.test("EventLoop.runUntilComplete() says who waits for what where the run can never end", async () => {
  async function consumer(data: Queue<number>) {
    await data.get();
    await data.get();
  }
  const loop = new EventLoop();
  const data = new Queue<number>();
  data.putNowait(1);
  await rejects(
    loop.runUntilComplete(gather(loop.createTask(consumer, data), loop.createTask(wait, 1))),
    new DeadlockError(
      "This run can never end: consumer waits for an item from a queue (1 put, 1 taken, 1 short). " +
        "Put in more items, or take out fewer.",
    ),
  );
  equal(currentLoop(), undefined);
});

Deno.test("EventLoop.runUntilComplete() names the first of many who wait, and counts the others", async () => {
  const loop = new EventLoop();
  const data = new Queue<number>();
  const get = async () => await data.get();
  const tasks = Array.from({ length: 10_000 }, () => loop.createTask(get));
  await rejects(loop.runUntilComplete(gather(...tasks)), ({ message }: Error) => {
    match(message, /get \(19\), get \(20\) and 9980 more wait for an item .* 10000 short/);
    return true;
  });
});

Deno.test("EventLoop.runUntilComplete() ends where tasks wait for each other", async () => {
  const loop = new EventLoop();
  const tasks = ["a", "b"].map((_, i) => loop.createTask(async () => void await tasks[1 - i]));
  await rejects(
    loop.runUntilComplete(gather(...tasks)),
    /can never end: task waits for task \(2\); task \(2\) waits for task\.$/,
  );
});

Deno.test("EventLoop.runUntilComplete() ends where a task awaits what the loop does not know", async () => {
  let come = () => {};
  const outside = new Promise<void>((done) => come = done);
  async function main() {
    await outside;
  }
  await rejects(
    run(main),
    /^LessonError: main awaits something of which the loop knows nothing.* write await external\(…\) around it/,
  );
  come();
});

Deno.test("EventLoop.runUntilComplete() tells of a task that failed and that nobody awaited", async () => {
  async function bad() {
    await sleep(1);
    throw new Error("boom");
  }
  const { warnings, error } = await printed(() => {
    const loop = new EventLoop();
    loop.createTask(bad);
    return loop.runUntilComplete(loop.createTask(wait, 2));
  });
  deepEqual([warnings, error], [["bad failed, and nobody awaited it: Error: boom"], undefined]);
});

Deno.test(
  "EventLoop.stop() ends the run at once and leaves nothing running",
  { sanitizeOps: true },
  async () => {
    const loop = new EventLoop(new RealClock(1));
    const task = loop.createTask(wait, 1000);
    const over = rejects(loop.runUntilComplete(task), StoppedError);
    await engineTimer(1);
    loop.stop();
    equal(currentLoop(), undefined); // at once: the next may start
    await over;
    equal(await run(() => wait(1)), 1);
  },
);

Deno.test("EventLoop.stop() leaves the tasks where they are, and no run ends for what an earlier one was for", async () => {
  const loop = new EventLoop();
  const first = loop.createTask(wait, 1);
  const over = rejects(loop.runUntilComplete(first), StoppedError);
  loop.stop();
  await over;
  equal(await loop.runUntilComplete(loop.createTask(wait, 2)), 2);
  equal(first.done, true);
});

Deno.test("EventLoop knows that a slice is over, however deep its promises are", async () => {
  async function deep(levels: number): Promise<number> {
    if (levels > 0) return 1 + await deep(levels - 1);
    await sleep(1);
    return 0;
  }
  const lines = await said((say) => {
    const loop = currentLoop()!;
    return gather(
      loop.createTask(async () => say(await deep(1000))),
      loop.createTask(async () => {
        for (let i = 0; i < 3; i++) say(await wait(0.4));
      }),
    ) as unknown as Promise<void>;
  });
  deepEqual(lines, ["0.4 0.4", "0.8 0.8", "1 1000", "1.2000000000000002 1.2000000000000002"]);
});

Deno.test("EventLoop serves several awaits of one task at once", async () => {
  equal(
    await run(async () => {
      await Promise.all([sleep(1), sleep(2), Promise.race([sleep(0.5), sleep(3)])]);
      return now();
    }),
    2,
  );
});

Deno.test("EventLoop gives every slice a turn, also where more than one batch is needed", async () => {
  const counts = [0, 0];
  await run(async () => {
    const loop = currentLoop()!;
    const tasks = [0, 1].map((i) =>
      loop.createTask(async () => {
        for (; counts[i] < 1000; counts[i]++) {
          equal(Math.abs(counts[i] - counts[1 - i]) <= 1, true);
          await sleep(0);
        }
      })
    );
    await gather(...tasks);
  });
  deepEqual(counts, [1000, 1000]);
});

Deno.test("EventLoop.stop() reaches a loop that is never idle", async () => {
  const loop = new EventLoop();
  const over = loop.runUntilComplete(loop.createTask(async () => {
    for (;;) await sleep(0);
  }));
  setTimeout(() => loop.stop(), 5);
  await rejects(over, StoppedError);
});

Deno.test(
  "EventLoop goes on with real time while the engine does other things",
  triedAgain(async () => {
    const loop = new EventLoop(new RealClock(200));
    const start = performance.now();
    const both = gather(loop.createTask(wait, 2), loop.createTask(wait, 1));
    deepEqual(await loop.runUntilComplete(both), [2, 1]);
    equal(performance.now() - start >= 9, true); // 2 s at speed 200 are 10 ms
  }),
);

Deno.test("EventLoop.stop() in a task ends the run with its own reason", async () => {
  for (const reason of [undefined, new RangeError("enough")]) {
    const over = run(async () => {
      await sleep(1);
      currentLoop()!.stop(reason);
    });
    await rejects(over, reason ?? StoppedError);
  }
});
