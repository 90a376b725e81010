import { deepEqual, equal, match } from "node:assert/strict";
import { experiment } from "./experiment.ts";
import { framesOf } from "./frames.ts";
import { gather } from "./gather.ts";
import { generated, processed } from "./lines.ts";
import { EventLoop } from "./loop.ts";
import { now } from "./execution.ts";
import { steps } from "./plots/steps.ts";
import { Queue } from "./queue.ts";
import { random } from "./random.ts";
import type { Run } from "./run.ts";
import { sleep } from "./sleep.ts";
import { sleepSync } from "./sleep_sync.ts";

type Item = [value: number, time: number];

async function generateData(num: number, data: Queue<Item>) {
  for (let idx = 1; idx <= num; idx++) {
    await data.put([idx * idx, now()]);
    generated(idx);
    await sleep(random() + 0.5);
  }
}

async function processData(num: number, data: Queue<Item>) {
  for (let done = 0; done < num; done++) {
    const [value, time] = await data.get();
    processed(value, now() - time);
    await sleep(0.5);
  }
}

/** The program of notebook 3, with a consumer that takes so many items, and so many producers. */
function run(made: number, taken: number, producers = 1): Promise<Run> {
  return experiment("run", { seed: 2164, quiet: true, mayFail: true }, () => {
    const loop = new EventLoop();
    const data = new Queue<Item>();
    const tasks = Array.from({ length: producers }, () => loop.createTask(generateData, made, data));
    return loop.runUntilComplete(gather(...tasks, loop.createTask(processData, taken, data)));
  });
}

const sentences = (run: Run) =>
  framesOf(run).frames.map(({ sentence }) => sentence.replace(/line \d+/, "line"));

Deno.test("framesOf() tells the first steps of notebook 3: who runs, until when, who is woken", async () => {
  deepEqual(sentences(await run(2, 2)), [
    "0.00 s: generateData starts, puts item 1 in and sleeps until 0.98 s (line).",
    "0.00 s: processData starts, takes item 1 and sleeps until 0.50 s (line). Nobody is ready: the clock jumps to 0.50 s.",
    "0.50 s: processData wakes and waits for an item (line). Nobody is ready: the clock jumps to 0.98 s.",
    "0.98 s: generateData wakes, puts item 2 in and sleeps until 1.51 s (line). That wakes processData.",
    "0.98 s: processData goes on, takes item 2 and sleeps until 1.48 s (line). Nobody is ready: the clock jumps to 1.48 s.",
    "1.48 s: processData wakes and is done. Nobody is ready: the clock jumps to 1.51 s.",
    "1.51 s: generateData wakes and is done.",
    "1.51 s: The run is over.",
  ]);
});

Deno.test("framesOf() has the line of the call at which each task stands, and the queue's items", async () => {
  const source = Deno.readTextFileSync(new URL(import.meta.url)).split("\n");
  const { frames } = framesOf(await run(2, 2));
  const code = frames.map(({ states }) => states.map(({ at }) => source[(at?.place?.line ?? 0) - 1]?.trim()));
  const [pause, get, work] = [
    "await sleep(random() + 0.5);",
    "const [value, time] = await data.get();",
    "await sleep(0.5);",
  ];
  deepEqual(code.slice(0, 4), [[pause, undefined], [pause, work], [pause, get], [pause, get]]);
  deepEqual(frames.slice(0, 5).map(({ step }) => step!.queues), [[[1, 1]], [[2, 1]], [[2, 1]], [[2, 2]], [[
    3,
    2,
  ]]]);
});

Deno.test("framesOf() has the ready queue in its order, and nobody in it who waits", async () => {
  const { frames } = framesOf(await run(2, 4, 2));
  deepEqual(frames[0].step!.ready, ["generateData (2)", "processData"]);
  deepEqual(frames[0].states.map(({ text }) => text), ["item 1", "ready (1st)", "ready (2nd)"]);
  match(frames[1].sentence, /generateData \(2\) starts, puts the queue’s item 2 in and/); // which is its own first
  const asked = framesOf(
    await experiment("consumer first", { quiet: true }, () => {
      const loop = new EventLoop();
      const data = new Queue<Item>();
      const tasks = [
        loop.createTask(processData, 2, data),
        loop.createTask(sleep, 0),
        loop.createTask(generateData, 2, data),
      ];
      return loop.runUntilComplete(gather(...tasks));
    }),
  ).frames;
  equal(asked[1].states[0].text, "waits for an item"); // and is woken at the same second, one step later
  equal(asked[2].states[0].text, "ready (2nd)");
});

Deno.test("framesOf() ends a run that failed with who waits for what, and what was never awaited", async () => {
  const { frames } = framesOf(await run(1, 2));
  const { states, sentence } = frames.at(-1)!;
  deepEqual(states.map(({ text }) => text), ["done", "waits for an item"]);
  match(sentence, /^0\.98 s: DeadlockError: This run can never end: processData waits for an item/);
  const forgetful = await experiment("forgetful", { quiet: true }, () => {
    const loop = new EventLoop();
    return loop.runUntilComplete(loop.createTask(async function work() {
      sleep(1);
      await sleep(2);
    }));
  });
  match(
    framesOf(forgetful).frames.at(-1)!.sentence,
    /The run is over\. sleep\(…\) in work .*was never awaited/,
  );
});

Deno.test("framesOf() tells what blocks the thread, in a program without a loop", async () => {
  const synchronous = await experiment("synchronous", { quiet: true }, () => {
    generated(1);
    sleepSync(1);
    processed(1, 1);
    sleepSync(0.5);
  });
  deepEqual(sentences(synchronous), [
    "0.00 s: producer starts, generates item 1 and blocks the thread until 1.00 s (line).",
    "1.00 s: consumer starts, processes item 1 and blocks the thread until 1.50 s (line).",
    "1.50 s: The run is over.",
  ]);
});

Deno.test("framesOf() stops after the first few hundred steps of a long run", async () => {
  const long = await run(1000, 1000);
  const { frames } = framesOf(long);
  equal(frames.length, 300);
  equal(long.steps[299].ready?.length !== undefined && long.steps[300].ready === undefined, true);
});

Deno.test("framesOf() has the line of each timer in a program of plain promises", async () => {
  const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
  const plain = await experiment("plain", { quiet: true, plain: true }, async () => {
    generated(1);
    await pause(500);
    generated(2);
  });
  match(sentences(plain)[0], /^0\.00 s: producer starts, generates item 1 and sleeps until 0\.50 s \(line\)/);
});

Deno.test("steps() shows the call with its line where a task stops, the line where one stands, and the queue's items", async () => {
  const source = Deno.readTextFileSync(new URL(import.meta.url)).split("\n");
  const [pause, get] = ["await sleep(random", "await data.get()"].map((code) =>
    source.findIndex((line) => line.includes(code)) + 1
  );
  const svg = steps(await run(3, 3, 2)).bundle["image/svg+xml"] as string;
  const texts = [...svg.matchAll(/>([^<]+)<\/t(?:ext|span)>/g)].map(([, text]) => text);
  for (const text of [`${pause}: sleep(0.98)`, `line ${pause}`, "ready (2nd)", "[1, 2]", "[]"]) {
    equal(texts.includes(text), true, `${text} is missing in ${texts.join(" | ")}`);
  }
  const single = steps(await run(2, 2)).bundle["image/svg+xml"] as string;
  match(single, new RegExp(`>${get}: get\\(\\)<`));
});

Deno.test("framesOf() tells of a task that fails from one that is done", async () => {
  const failed = await experiment("run", { quiet: true, mayFail: true }, () => {
    const loop = new EventLoop();
    async function wrong() {
      await sleep(1);
      throw new Error("no");
    }
    return loop.runUntilComplete(loop.createTask(wrong));
  });
  deepEqual(sentences(failed).slice(1), ["1.00 s: wrong wakes and fails.", "1.00 s: Error: no"]);
});
