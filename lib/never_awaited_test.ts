import { deepEqual } from "node:assert/strict";
import { gather } from "./gather.ts";
import { Queue } from "./queue.ts";
import { currentLoop, type TaskFunction } from "./loop.ts";
import { sleep } from "./sleep.ts";
import { printed, run } from "./testdata/testing.ts";

/** The warnings that are told at the end of a run. */
async function told(main: () => Promise<unknown>): Promise<string[]> {
  return (await printed(() => run(main))).warnings;
}

Deno.test("NeverAwaited tells the call with its task, file and line", async () => {
  async function forgetful(data: Queue<number>) {
    data.put(1);
    sleep(1);
    await data.get();
  }
  const warnings = await told(async () => await currentLoop()!.createTask(forgetful, new Queue<number>()));
  deepEqual(warnings.map((line) => line.replace(/line \d+/, "line N")), [
    "data.put(…) in forgetful (never_awaited_test.ts, line N) was never awaited: write await in front of it.",
    "sleep(…) in forgetful (never_awaited_test.ts, line N) was never awaited: write await in front of it.",
  ]);
});

Deno.test("NeverAwaited quotes the task's source where there is no file, as in a notebook", async () => {
  const cell = `
    async function generateData(num, data) {
      for (let idx = 1; idx <= num; idx++) {
        data.put(idx); // and no await
        await sleep(1);
      }
    }
    generateData`;
  const generateData = new Function("sleep", `return eval(${JSON.stringify(cell)})`)(sleep) as TaskFunction<
    [number, Queue<number>],
    void
  >;
  deepEqual(await told(async () => await currentLoop()!.createTask(generateData, 3, new Queue<number>())), [
    "data.put(…) in generateData was never awaited, 3 times: write await in front of it.",
  ]);
});

Deno.test("NeverAwaited says nothing of what is awaited later, or by another", async () => {
  const warnings = await told(async () => {
    const data = new Queue<number>();
    const later = data.get();
    const other = sleep(1);
    currentLoop()!.createTask(async () => await other);
    await data.put(1);
    await Promise.all([sleep(1), sleep(2)]);
    await gather(sleep(1), later);
  });
  deepEqual(warnings, []);
});

Deno.test("NeverAwaited counts on where the calls are too many to look up each place, and tells of one place once", async () => {
  const warnings = await told(async function many() {
    for (let i = 0; i < 2500; i++) sleep(1);
    await sleep(0);
  });
  deepEqual(warnings.map((line) => line.replace(/ \(.*?\)/, "")), [
    "sleep(…) in many was never awaited, 2500 times: write await in front of it.",
  ]);
});

Deno.test("NeverAwaited gives calls that are too many to look up to no place where there were several", async () => {
  const warnings = await told(async function many() {
    for (let i = 0; i < 1000; i++) {
      sleep(1);
      sleep(2);
    }
    await sleep(0);
  });
  deepEqual(warnings.map((line) => line.replace(/_test.*?line \d+/, "")), [
    "sleep(…) in many (never_awaited) was never awaited, 200 times: write await in front of it.",
    "sleep(…) in many (never_awaited) was never awaited, 200 times: write await in front of it.",
    "sleep(…) in many was never awaited, 1600 times: write await in front of it.",
  ]);
});

Deno.test("NeverAwaited tells of the very last call", async () => {
  const warnings = await told(async function main() {
    await sleep(1);
    sleep(1);
  });
  deepEqual(warnings.length, 1);
});

Deno.test("NeverAwaited tells of a gathering, too", async () => {
  const warnings = await told(async function main() {
    gather(currentLoop()!.createTask(sleep, 1));
    await sleep(2);
  });
  deepEqual(warnings.map((line) => line.replace(/line \d+/, "line N")), [
    "gather(…) in main (never_awaited_test.ts, line N) was never awaited: write await in front of it.",
  ]);
});

Deno.test("NeverAwaited tells of tasks that failed, but not of those that were cancelled", async () => {
  const warnings = await told(async () => {
    const loop = currentLoop()!;
    loop.createTask(() => Promise.reject(new Error("boom")));
    loop.createTask(async () => await sleep(5)).cancel();
    await sleep(1);
  });
  deepEqual(warnings, ["task (2) failed, and nobody awaited it: Error: boom"]);
});

Deno.test("NeverAwaited tells of a helper that was called without await", async () => {
  async function b() {
    await sleep(1);
  }
  async function c() {
    b();
    await sleep(0.1);
  }
  deepEqual(await told(async () => await currentLoop()!.createTask(c)), [
    "c ended while a sleep(…) in it was still waited for: is an await missing in front of a call?",
  ]);
});

Deno.test("NeverAwaited says nothing of a helper that is awaited later, nor of a task that failed meanwhile", async () => {
  const helper = async (seconds: number) => await sleep(seconds);
  const warnings = await told(async () => {
    const later = helper(2);
    await helper(1);
    await later;
    const failing = currentLoop()!.createTask(() =>
      Promise.all([helper(2), helper(1).then(() => Promise.reject(new Error("boom")))])
    );
    await failing.catch(() => {});
  });
  deepEqual(warnings, []);
});

Deno.test("NeverAwaited advises async, too, where the task's function is not", async () => {
  function generate(data: Queue<number>) {
    data.put(1);
  }
  const notAsync = generate as unknown as TaskFunction<[Queue<number>], void>;
  const warnings = await told(async () =>
    await currentLoop()!.createTask(notAsync, new Queue<number>()).catch(() => {})
  );
  deepEqual(warnings.map((line) => line.replace(/ \(.*?\)/, "")), [
    "data.put(…) in generate was never awaited: write await in front of it, and async in front of the function.",
  ]);
});

Deno.test("NeverAwaited says of a race only what is true: the get that lost takes an item", async () => {
  async function race(data: Queue<number>) {
    await Promise.race([data.get(), sleep(1)]);
  }
  const warnings = (items: number[]) =>
    told(async () => {
      const data = new Queue<number>();
      for (const item of items) data.putNowait(item);
      await currentLoop()!.createTask(race, data);
    });
  deepEqual(await warnings([1]), []);
  deepEqual(await warnings([]), [
    "race ended while a get(…) in it was still waited for: it takes the next item, which nobody will see. " +
    "Keep the future, as in const item = data.get(), and call item.cancel() if it loses the race.",
  ]);
});

Deno.test("NeverAwaited is content where the get that lost a race is cancelled", async () => {
  const warnings = await told(async () => {
    const item = new Queue<number>().get();
    await Promise.race([item, sleep(1)]);
    item.cancel();
  });
  deepEqual(warnings, []);
});
