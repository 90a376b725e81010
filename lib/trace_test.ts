import { deepEqual, equal } from "node:assert/strict";
import { experiment } from "./experiment.ts";
import { gather } from "./gather.ts";
import { generated, note, processed } from "./lines.ts";
import { EventLoop } from "./loop.ts";
import { now } from "./execution.ts";
import { Queue } from "./queue.ts";
import type { Run } from "./run.ts";
import { sleep } from "./sleep.ts";
import { sleepSync } from "./sleep_sync.ts";
import { lanesOf } from "./testdata/testing.ts";
import { Column } from "./trace.ts";

/** One producer that makes an item each second, one consumer that needs half a second. */
function producerAndConsumer(items: number): Promise<Run> {
  async function producer(data: Queue<number>) {
    for (let idx = 1; idx <= items; idx++) {
      await data.put(now());
      generated(idx);
      await sleep(1);
    }
  }
  async function consumer(data: Queue<number>) {
    for (let count = 1; count <= items; count++) {
      processed(count, now() - await data.get());
      await sleep(0.5);
    }
  }
  return experiment("traced", { quiet: true }, async () => {
    const loop = new EventLoop();
    const data = new Queue<number>();
    await loop.runUntilComplete(gather(loop.createTask(producer, data), loop.createTask(consumer, data)));
  });
}

Deno.test("Trace has a lane for each task, with its role, its slices and what it waited for", async () => {
  const run = await producerAndConsumer(2);
  deepEqual(lanesOf(run), [
    {
      name: "producer",
      busy: 2,
      role: "producer",
      slices: [{ start: 0, end: 0 }, { start: 1, end: 1 }, { start: 2, end: 2 }],
      waits: [{ start: 0, end: 1, for: "sleep" }, { start: 1, end: 2, for: "sleep" }],
    },
    {
      name: "consumer",
      busy: 1,
      role: "consumer",
      slices: [{ start: 0, end: 0 }, { start: 0.5, end: 0.5 }, { start: 1, end: 1 }, {
        start: 1.5,
        end: 1.5,
      }],
      waits: [
        { start: 0, end: 0.5, for: "sleep" },
        { start: 0.5, end: 1, for: "get" },
        { start: 1, end: 1.5, for: "sleep" },
      ],
    },
  ]);
});

Deno.test("Trace keeps the depth of the queue at the end of each instant", async () => {
  const run = await experiment("depth", { quiet: true }, async () => {
    const loop = new EventLoop();
    const data = new Queue<number>();
    await loop.runUntilComplete(loop.createTask(async () => {
      for (let i = 0; i < 3; i++) await data.put(i);
      await sleep(1);
      await data.get();
      await sleep(1);
      for (let i = 0; i < 2; i++) await data.get();
    }));
  });
  deepEqual(run.depth, [{ time: 0, size: 3 }, { time: 1, size: 2 }, { time: 2, size: 0 }]);
});

Deno.test("Trace counts what was put before the loop ran", async () => {
  const run = await experiment("filled before", { quiet: true }, async () => {
    const loop = new EventLoop();
    const data = new Queue<number>();
    data.putNowait(1);
    data.putNowait(2);
    await loop.runUntilComplete(loop.createTask(async () => await data.get()));
  });
  deepEqual(run.depth, [{ time: 0, size: 1 }]);
});

Deno.test("Trace has a lane for each role of a program without tasks", async () => {
  const run = await experiment("synchronous", { quiet: true }, () => {
    for (const idx of [1, 2, 1, 2]) {
      generated(idx);
      sleepSync(1);
    }
    processed(1, 4);
    sleepSync(0.5);
  });
  deepEqual(lanesOf(run).map(({ name, role, slices }) => [name, role, slices.length]), [
    ["producer", "producer", 2],
    ["producer (2)", "producer", 2],
    ["consumer", "consumer", 1],
  ]);
});

Deno.test("Trace tells what a task still waited for when the run was over", async () => {
  const run = await experiment("left waiting", { quiet: true }, async () => {
    const loop = new EventLoop();
    loop.createTask(async function waiter() {
      await new Queue().get();
    });
    await loop.runUntilComplete(loop.createTask(sleep, 2));
  });
  deepEqual(lanesOf(run)[0].waits, [{ start: 0, end: 2, for: "get" }]);
  equal(run.lanes[1].name, "sleep");
});

Deno.test("Column keeps what was pushed, however much, and forgets what was popped", () => {
  const column = new Column(Uint32Array);
  const numbers = Array.from({ length: 5000 }, (_, i) => 3 * i);
  for (const number of numbers) column.push(number);
  column.push(-1);
  column.length--;
  deepEqual([...column.numbers], numbers);
});

Deno.test("note() leaves words on the step of the task that runs", async () => {
  const { steps } = await experiment("notes", { quiet: true }, () => {
    const loop = new EventLoop();
    return loop.runUntilComplete(loop.createTask(async () => {
      note("reads 0");
      note("thinks");
      await sleep(1);
      await sleep(1);
      note("writes 1");
    }));
  });
  deepEqual(steps.map(({ note }) => note), ["reads 0, thinks", undefined, "writes 1"]);
});
