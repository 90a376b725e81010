import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { LessonError, QueueEmpty, QueueFull } from "./errors.ts";
import { gather } from "./gather.ts";
import { Queue } from "./queue.ts";
import { currentLoop, EventLoop, type Task } from "./loop.ts";
import { seeded } from "./random.ts";
import { sleep } from "./sleep.ts";
import { printed, run, said } from "./testdata/testing.ts";

type Say = (what: unknown) => void;

/** Tasks that get one item each from `data` and say so. */
function getters<T>(names: string, data: Queue<T>, say: Say): Task[] {
  return [...names].map((name) =>
    currentLoop()!.createTask(async () => {
      try {
        say(`${name} got ${await data.get()}`);
      } catch (error) {
        say(`${name} ${(error as Error).name}`);
      }
    })
  );
}

/** Tasks that put their name into `data` and say so. */
function putters(names: string, data: Queue<string>, say: Say): Task[] {
  return [...names].map((name) =>
    currentLoop()!.createTask(async () => {
      try {
        await data.put(name);
        say(`put ${name}`);
      } catch (error) {
        say(`${name} ${(error as Error).name}`);
      }
    })
  );
}

Deno.test("Queue.get() waits until an item is put", async () => {
  const lines = await said(async (say) => {
    const data = new Queue<string>();
    const tasks = getters("a", data, say);
    await sleep(1);
    await data.put("item");
    say(`size ${data.size}`); // it is taken when the task that was woken for it runs
    await gather(...tasks);
    say(`size ${data.size}`);
  });
  deepEqual(lines, ["1 size 1", "1 a got item", "1 size 0"]);
});

Deno.test("Queue.get() goes on at once where there is an item", async () => {
  const lines = await said(async (say) => {
    const data = new Queue<string>();
    currentLoop()!.createTask(() => Promise.resolve(say("another task")));
    await data.put("item");
    say(await data.get());
    await sleep(0);
  });
  deepEqual(lines, ["0 item", "0 another task"]);
});

Deno.test("Queue serves those who wait in the order in which they came", async () => {
  const lines = await said(async (say) => {
    const data = new Queue<number>();
    const tasks = getters("abc", data, say);
    await sleep(1);
    for (const item of [1, 2, 3]) data.putNowait(item);
    await gather(...tasks);
  });
  deepEqual(lines, ["1 a got 1", "1 b got 2", "1 c got 3"]);
});

Deno.test("Queue.put() waits until there is room", async () => {
  const lines = await said(async (say) => {
    const data = new Queue<number>(2);
    async function producer() {
      for (let item = 1; item <= 4; item++) {
        await data.put(item);
        say(`put ${item}`);
      }
    }
    async function consumer() {
      for (let item = 1; item <= 4; item++) {
        say(`got ${await data.get()}`);
        await sleep(1);
      }
    }
    const loop = currentLoop()!;
    await gather(loop.createTask(producer), loop.createTask(consumer));
  });
  deepEqual(lines, [
    ...["0 put 1", "0 put 2", "0 got 1", "0 put 3"],
    ...["1 got 2", "1 put 4", "2 got 3", "3 got 4"],
  ]);
});

Deno.test("Queue.get() that comes before a woken task runs is faster, as in asyncio", async () => {
  const lines = await said(async (say) => {
    const data = new Queue<number>();
    const tasks = getters("a", data, say);
    await sleep(1);
    data.putNowait(1);
    data.putNowait(2);
    say(`main got ${await data.get()}`);
    await gather(...tasks);
  });
  deepEqual(lines, ["1 main got 1", "1 a got 2"]);
});

Deno.test("Queue has a woken task that comes too late wait behind all others, as in asyncio", async () => {
  const lines = await said(async (say) => {
    const data = new Queue<number>();
    const tasks = getters("ab", data, say);
    await sleep(1);
    data.putNowait(1);
    say(`main got ${data.getNowait()}`);
    await sleep(1);
    data.putNowait(2);
    data.putNowait(3);
    await gather(...tasks);
  });
  deepEqual(lines, ["1 main got 1", "2 b got 2", "2 a got 3"]);
});

Deno.test("Queue passes over a getter that was cancelled", async () => {
  const lines = await said(async (say) => {
    const data = new Queue<number>();
    const tasks = getters("abc", data, say);
    await sleep(1);
    tasks[0].cancel();
    data.putNowait(1);
    await gather(...tasks.slice(0, 2));
    say(`size ${data.size}`);
    data.putNowait(2);
    await tasks[2];
  });
  deepEqual(lines, ["1 a CancelledError", "1 b got 1", "1 size 0", "1 c got 2"]);
});

Deno.test("Queue gives the item of a getter cancelled after it was woken to the next", async () => {
  const lines = await said(async (say) => {
    const data = new Queue<number>();
    const tasks = getters("ab", data, say);
    await sleep(1);
    data.putNowait(1);
    tasks[0].cancel();
    tasks[0].cancel();
    say(`size ${data.size}`);
    await gather(...tasks);
  });
  deepEqual(lines, ["1 size 1", "1 a CancelledError", "1 b got 1"]);
});

Deno.test("Queue keeps the item where a woken getter was cancelled and nobody else waits", async () => {
  await run(async () => {
    const data = new Queue<number>();
    const [task] = getters("a", data, () => {});
    await sleep(1);
    data.putNowait(1);
    task.cancel();
    await task;
    equal(data.size, 1);
    equal(await data.get(), 1);
  });
});

Deno.test("Queue gives the room of a putter that was cancelled to the next", async () => {
  const lines = await said(async (say) => {
    const data = new Queue<string>(1);
    const tasks = putters("abcd", data, say);
    await sleep(1);
    tasks[1].cancel(); // it waits
    say(`got ${data.getNowait()}`);
    tasks[2].cancel(); // it was woken
    await sleep(1);
    say(`got ${data.getNowait()}, ${data.size} left`);
  });
  deepEqual(lines, [
    ...["0 put a", "1 got a", "1 b CancelledError", "1 c CancelledError", "1 put d"],
    "2 got d, 0 left",
  ]);
});

Deno.test("Queue loses no item and changes no order, whatever is cancelled when", async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const random = seeded(seed);
    const taken: number[] = [];
    const data = new Queue<number>(3);
    let put = 0;
    await run(async () => {
      const loop = currentLoop()!;
      const tasks: Task[] = [];
      for (let i = 0; i < 200; i++) {
        tasks.push(loop.createTask(async () => {
          if (i % 2) taken.push(await data.get());
          else await data.put(put++);
        }));
        if (random() < 0.3) tasks[Math.floor(random() * tasks.length)].cancel();
        if (random() < 0.1 && !data.empty) taken.push(data.getNowait());
        if (random() < 0.3) await sleep(random() < 0.5 ? 0 : random());
      }
      await sleep(10);
      while (!data.empty) taken.push(await data.get());
    });
    deepEqual(taken, taken.toSorted((a, b) => a - b));
    equal(new Set(taken).size, taken.length);
    equal(data.size, 0);
  }
});

Deno.test("Queue.put() that is not awaited still puts, and Queue.get() still takes", async () => {
  const { warnings, error } = await printed(() =>
    run(async () => {
      const data = new Queue<number>();
      const waiting = data.get();
      data.put(1);
      data.put(2);
      equal(data.size, 2);
      await sleep(0);
      equal(data.size, 1);
      deepEqual([await waiting, await data.get()], [1, 2]);
    })
  );
  deepEqual([warnings.length, error], [2, undefined]);
});

Deno.test("Queue.putNowait() and getNowait() work without a loop", () => {
  const data = new Queue<number>(1);
  data.putNowait(1);
  throws(
    () => data.putNowait(2),
    new QueueFull("Cannot put into Queue: it is full, it holds at most 1."),
  );
  equal(data.getNowait(), 1);
  throws(() => data.getNowait(), new QueueEmpty("Cannot get from Queue: it is empty."));
});

Deno.test("Queue.get() and put() need a running loop", () => {
  throws(() => new Queue().get(), /^LessonError: Cannot get from Queue: no event loop is running\./);
  throws(() => new Queue().put(1), /^LessonError: Cannot put into Queue: no event loop is running\./);
});

Deno.test("Queue refuses a maximum size that is none", () => {
  for (const size of [-1, 1.5, NaN, Infinity, "2" as unknown as number]) {
    throws(
      () => new Queue(size),
      /^LessonError: Cannot use .* as the maximum size of a Queue \(0: no limit\): /,
    );
  }
  throws(() => new Queue(-1), LessonError);
});

Deno.test("a run that can never end says so where some wait for items and some for room", async () => {
  const loop = new EventLoop();
  const [full, empty] = [new Queue<number>(1), new Queue<number>()];
  async function producer() {
    for (;;) await full.put(1);
  }
  async function consumer() {
    await empty.get();
  }
  await rejects(
    loop.runUntilComplete(gather(loop.createTask(producer), loop.createTask(consumer))),
    /do they use the same queue\?$/,
  );
});

Deno.test("Queue says what is missing where all wait", async () => {
  const data = new Queue<number>(1);
  async function producer() {
    for (;;) await data.put(1);
  }
  await rejects(
    run(producer),
    /producer waits for room in a queue that holds at most 1 \(1 too many\)\. Take out more items, or put in fewer\./,
  );
});

Deno.test("Queue can be iterated, and has a length as a list does", async () => {
  const taken: number[] = [];
  await run(async () => {
    const data = new Queue<number>();
    for (const item of [1, 2, 3]) data.putNowait(item);
    equal(data.length, 3);
    for await (const item of data) if (taken.push(item) === 2) break;
    equal(data.length, 1);
  });
  deepEqual(taken, [1, 2]);
});
