import assert from "node:assert/strict";
import { gather } from "../gather.ts";
import { generated } from "../lines.ts";
import { EventLoop } from "../loop.ts";
import { Queue } from "../queue.ts";
import { sleep } from "../sleep.ts";
import { sleepSync } from "../sleep_sync.ts";
import { printed } from "../testdata/testing.ts";
import { check } from "./check.ts";
import { Stage } from "./stage.ts";
import { tryAnswer } from "./tries.ts";

type Data = Queue<[number, number]>;
const stopped = /still running, and was stopped/;

/** Answers to 3.1 that no check should suffer from. */
const BAD: [name: string, happened: RegExp, generateData: (num: number, data: Data) => unknown][] = [
  ["a loop on the thread", stopped, () => {
    while (true);
  }],
  ["a loop after an await, which catches everything", stopped, async () => {
    await sleep(1);
    for (;;) {
      try {
        for (;;) await null;
      } catch {
        continue;
      }
    }
  }],
  ["a loop of promises", stopped, async () => {
    for (;;) await null;
  }],
  ["a loop that fills the memory", stopped, () => {
    const list: unknown[] = [];
    while (true) list.push([list.length]);
  }],
  ["a queue that is asked in a loop, and a catch-all", /never gives way/, (_, data) => {
    try {
      while (true) data.putNowait([1, 1]);
    } catch {
      return Promise.resolve();
    }
  }],
  ["a print without end, and a catch-all", /never gives way/, () => {
    try {
      while (true) console.log("x");
    } catch {
      return Promise.resolve();
    }
  }],
  ["an error without words", /has no words/, () => {
    throw { toString: () => assert.fail() };
  }],
  ["functions that it replaces", /replaced console.log and Math.random and Queue.prototype.get/, async () => {
    Object.assign(console, { log: () => {} });
    Object.assign(Math, { random: () => 0 });
    Object.assign(Queue.prototype, { get: () => 1 });
    await null;
  }],
  ["functions that it adds", /replaced Object.prototype.toJSON and Error.prototype.toJSON/, async () => {
    for (const { prototype } of [Object, Error]) Object.assign(prototype, { toJSON: () => "right" });
    await null;
  }],
  ["promises that it replaces", /replaced Promise and setTimeout/, async () => {
    Object.assign(globalThis, { Promise: class {}, setTimeout() {} });
    await null;
  }],
];

for (const [name, happened, generateData] of BAD) {
  Deno.test(`a check survives ${name}`, async () => {
    const before = [console.log, Math.random, Queue.prototype.get, Promise, setTimeout];
    const start = performance.now();
    const { failed } = await tryAnswer("3.1", { generateData });
    assert.match(failed!.finding.happened, happened);
    assert.ok(failed!.stage.execution.run); // for the picture
    assert.ok(performance.now() - start < 20_000);
    assert.deepEqual([console.log, Math.random, Queue.prototype.get, Promise, setTimeout], before);
    assert.equal(
      (await tryAnswer("5.2", { loadAll: (all: string[], load: never) => Promise.all(all.map(load)) }))
        .failed,
      undefined,
    );
  });
}

Deno.test("a check survives functions that its cell has replaced before", async () => {
  const before = [queueMicrotask, performance.now, Array.prototype.push, Math, RegExp.prototype.exec];
  globalThis.queueMicrotask = () => {};
  performance.now = () => NaN;
  Array.prototype.push = () => 0;
  RegExp.prototype.exec = () => null;
  globalThis.Math = {} as Math;
  const generateData = async () => await sleep(1);
  const { failed } = await tryAnswer("3.1", { generateData });
  assert.match(failed!.finding.happened, /it replaced Math and queueMicrotask and/);
  assert.deepEqual(
    [queueMicrotask, performance.now, Array.prototype.push, Math, RegExp.prototype.exec],
    before,
  );
  assert.match((await tryAnswer("3.1", { generateData })).failed!.finding.happened, /it ended at 1\.00 s/);
});

Deno.test("a check ends a program that waits for what never comes", async () => {
  const { failed } = await tryAnswer("4.1", { main: () => new Promise(() => {}) });
  assert.match(failed!.finding.happened, /still waiting for something/);
});

Deno.test("a check says where what it sees is no newer than at the last check", async () => {
  const old = /its cell has not run, or has failed/;
  const starter = () => Promise.resolve();
  const checked = async (generateData: unknown) =>
    (await printed(() => check("3.1", { generateData }))).lines.join();
  assert.doesNotMatch(await checked(starter), old);
  assert.match(await checked(starter), old);
  assert.doesNotMatch(await checked(() => Promise.resolve()), old);
  const words = async (answer: unknown) =>
    (await printed(() => check("1.3", { later: answer }))).lines.join();
  const right = (value: unknown) => Promise.resolve(value);
  assert.match(await words(right), /is right/);
  assert.doesNotMatch(await words(right), old);
});

Deno.test("a check names the case that it tried, and the schedule unless nothing else could be", async () => {
  const first = async (number: string, answer: Record<string, unknown>) =>
    (await printed(() => check(number, answer))).lines.join("\n").split("\n")[0];
  assert.equal(await first("2.2", { waits: {} }), "✗ Exercise 2.2, not yet.");
  assert.match(await first("5.2", { loadAll: () => {} }), /Tried with pages: \[\] \(seed 1\)\.$/);
  const waits = { "data.put": true, sleepSync: true, "data.get": true };
  const others = { now: false, generated: false, random: false, processed: false };
  assert.equal(await first("2.2", { waits: { ...waits, ...others } }), "✓ Exercise 2.2 is right.");
});

Deno.test("a check says in how many ways it has tried a right answer, and nothing that needs a key", async () => {
  const loadAll = (all: string[], load: (address: string) => unknown) => Promise.all(all.map(load));
  const { lines } = await printed(() => check("5.2", { loadAll }));
  assert.deepEqual(lines, ["✓ Exercise 5.2 is right; tried in 15 ways."]);
});

Deno.test("a check draws no picture of a run in which no task was seen", async () => {
  const runSleepers = (tasks: Iterable<Generator<number>>) => {
    for (const task of tasks) while (!task.next().done) sleepSync(0.01);
  };
  const { lines } = await printed(() => check("11.2", { runSleepers }));
  assert.match(lines[0], /^✗ Exercise 11\.2, not yet/);
  assert.doesNotMatch(lines.join("\n"), /The run that failed/);
});

Deno.test("a check says once what was never awaited, and names no task of ours", async () => {
  const getWithin = async (seconds: number, queue: Data) => {
    queue.get().cancel();
    await sleep(seconds);
  };
  const { lines } = await printed(() => check("8.2", { getWithin }));
  assert.equal(lines.join("\n").match(/get\(…\).*was never awaited/g)?.length, 1);
  assert.doesNotMatch(lines[0], /our consumer/);
});

Deno.test("a check says what it lacks", async () => {
  const { lines } = await printed(() => check("3.1", undefined as never));
  assert.match(lines.join(), /Exercise 3\.1, not yet\..*generateData is a function.*it is undefined/s);
});

Deno.test("a check of a run without end says whether items are missing, or too many are asked for", async () => {
  const program = (made: number, used: number) => () => {
    const loop = new EventLoop();
    const data = new Queue<number>();
    const put = async () => {
      for (let i = 0; i < made; i++) {
        await data.put(i);
        generated(i);
      }
    };
    const get = async () => {
      for (let i = 0; i < used; i++) await data.get();
    };
    return loop.runUntilComplete(gather(loop.createTask(put), loop.createTask(get)));
  };
  const found = async (main: unknown) => (await tryAnswer("4.1", { main })).failed!.finding;
  const { hint } = await found(program(1, 2));
  assert.equal(hint, "the one item was put in: the consumers ask for more than there are");
  assert.match((await found(program(0, 1))).happened, /\(0 put, 0 taken, 1 short\)/);
});

Deno.test("a check can be limited to the schedule that it names", async () => {
  const only = { seed: 2, order: 3 };
  const { failed } = await tryAnswer("3.1", { generateData: () => Promise.resolve() }, only);
  assert.deepEqual(failed!.stage.schedule, only);
});

Deno.test("in every order of tasks, a queue serves those first who have waited longest", async () => {
  for (let order = 1; order <= 60; order++) {
    const [got, put]: number[][] = [[], []];
    const stage = new Stage({ seed: 1, order });
    await stage.execution.execute(() => {
      const loop = new EventLoop();
      const [open, full] = [new Queue<number>(), new Queue<number>(1)];
      const getter = async (i: number) => {
        await sleep(i / 10);
        got.push(i, await open.get());
      };
      const putter = async (i: number) => {
        await sleep(i / 10);
        await full.put(i);
      };
      const other = async () => {
        await sleep(2);
        for (let i = 0; i < 4; i++) open.putNowait(i);
        for (let i = 0; i < 5; i++) put.push(await full.get());
      };
      const tasks = [0, 1, 2, 3].map((i) => loop.createTask(getter, i));
      const putters = [0, 1, 2, 3, 4].map((i) => loop.createTask(putter, i));
      return loop.runUntilComplete(gather(...tasks, ...putters, loop.createTask(other)));
    });
    assert.equal(stage.execution.error, undefined);
    assert.deepEqual([got, put], [[0, 0, 1, 1, 2, 2, 3, 3], [0, 1, 2, 3, 4]], `order ${order}`);
  }
});

Deno.test("check() names the exercises that there are in the order of their numbers", async () => {
  await assert.rejects(check("10.9", {}), /there are 1\.1, 1\.2, .*8\.3, .*10\.1, 10\.2, 10\.3/);
});
