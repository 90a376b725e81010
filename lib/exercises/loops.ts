// Notebook 11: the learner's own event loop, for generators, in three steps.
import { now } from "../execution.ts";
import { generated, processed } from "../lines.ts";
import { random } from "../random.ts";
import { traced } from "../traced.ts";
import { expect, expectCount, expectSame } from "./expect.ts";
import { expectAll, expectEvents, flow } from "./flow.ts";
import { exercise, type Named, numbersTo, type Stage } from "./stage.ts";

/** A task that records each part of it that runs, "a1" say, and yields `pause` between them. */
function* inParts(stage: Stage, task: number, parts: number, pause?: unknown) {
  for (let i = 1; i <= parts; i++) {
    if (i > 1) yield pause;
    stage.note("put", "abc"[task] + i);
  }
}

/** Expects the parts of tasks to have run in an order. */
function expectOrder(stage: Stage, due: string, hint?: string): void {
  const is = stage.of("put").map(({ value }) => value).join(" ");
  const expected = `the parts of the tasks run in the order ${due || "of nothing"}`;
  expect(is === due, expected, `they ran in the order ${is || "of nothing"}`, hint);
}

/** The course's producer and consumer, on the learner's loop and queue. */
function* produce(loop: Named, data: Named, num: number, pause: number | undefined) {
  for (let i = 1; i <= num; i++) {
    data.put([i * i, now()]);
    generated(i);
    if (pause !== 0) yield loop.sleep(pause ?? random() + 0.5);
  }
}

function* consume(stage: Stage, loop: Named, data: Named, num: number) {
  for (let i = 0; i < num; i++) {
    const item = yield* data.get();
    if (!item) return stage.note("got", item);
    processed(item[0], now() - item[1]);
    yield loop.sleep(0.5);
  }
}

const turnCases = [[[1]], [[2]], [[2, 2]], [[3, 1, 2]], [[0, 3]], [[]]];
exercise("11.1", "runInTurn(parts)", turnCases, async ({ runInTurn, parts }, stage) => {
  const tasks = parts.map((many: number, i: number) => inParts(stage, i, many));
  await stage.runPlain(() => runInTurn(tasks));
  const round = (part: number) =>
    parts.flatMap((many: number, i: number) => part > many ? [] : "abc"[i] + part);
  expectOrder(stage, numbersTo(Math.max(...parts)).flatMap(round).join(" "));
});

const pauseCases = [[[1], 2], [[1, 2], 2], [[2, 1], 3], [[1.5, 2, 0.5], 5]];
exercise("11.2", "runSleepers(pauses, parts)", pauseCases, async ({ runSleepers, pauses, parts }, stage) => {
  const tasks = pauses.map((pause: number, i: number) => inParts(stage, i, parts, pause));
  await stage.runPlain(() => runSleepers(tasks));
  const hint = "who yields seconds goes to the sleepers; the loop sleeps only while nobody is ready";
  for (const [task, pause] of pauses.entries()) {
    const all = stage.of("put").filter(({ value }) => value.startsWith("abc"[task]));
    all.forEach(({ time, value }, i) => {
      expectSame(time, i * pause, `part ${value} runs at # s`, "it ran at # s", hint);
    });
    expectCount(all.length, parts, "part", `of task ${"abc"[task]}, which yields ${pause} after each`);
  }
  const longest = (parts - 1) * Math.max(...pauses);
  expectSame(stage.total, longest, "it takes as long as the longest task, # s", "it took # s");
});

const loopCases = [[1], [2], [4, 0], [4, 0, 2], [6, 0.3, 3], [20]];
exercise("11.3", "MyLoop MyQueue(num, pause, consumers)", loopCases, async (given, stage) => {
  const { MyLoop, MyQueue, num, pause, consumers = 1 } = given;
  await stage.runPlain(async () => {
    const [loop, data] = [new MyLoop(), new MyQueue()];
    const [first, ...others] = numbersTo(consumers).map((i) =>
      traced(`our consumer ${i}`, consume(stage, loop, data, num / consumers))
    );
    await loop.run([first, traced("our producer", produce(loop, data, num, pause)), ...others]);
    await loop.run([0, 1].map((i) => inParts(stage, i, 2, loop.sleep(0)))); // both are ready at once
  });
  const way = "yield while there is none: another task may have been faster";
  expect(stage.of("got").length === 0, "get waits until there is an item", "it returned undefined", way);
  const pieces = "step calls then with a callback that adds to ready; put calls back one that waits";
  expectAll(stage, "", pieces);
  expectOrder(stage, "a1 b1 a2 b2", "the next step of a task goes to the end of ready");
  const { items, put, end } = flow(stage, pause, 0.5);
  expectEvents(stage, "generated", items);
  stage.events.sort((one, other) => one.time - other.time || one.value - other.value); // two consumers, two orders
  expectEvents(stage, "processed", items);
  expectSame(stage.total, Math.max(put, end), "all items and pauses take # s", "it took # s");
});
