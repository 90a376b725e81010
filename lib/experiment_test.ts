import { deepEqual, equal, match, notEqual, rejects, throws } from "node:assert/strict";
import { LessonError } from "./errors.ts";
import { experiment, type ExperimentOptions } from "./experiment.ts";
import { gather } from "./gather.ts";
import { generated, processed } from "./lines.ts";
import { currentLoop, EventLoop } from "./loop.ts";
import { currentExperiment, now } from "./execution.ts";
import { Queue } from "./queue.ts";
import { random } from "./random.ts";
import type { Run } from "./run.ts";
import { sleep } from "./sleep.ts";
import { sleepSync } from "./sleep_sync.ts";
import { engineTimer, printed, triedAgain } from "./testdata/testing.ts";

async function generateData(num: number, data: Queue<[number, number]>) {
  for (let idx = 1; idx <= num; idx++) {
    await data.put([idx * idx, now()]);
    generated(idx);
    await sleep(random() + 0.5);
  }
}

async function processData(num: number, data: Queue<[number, number]>) {
  for (let count = 1; count <= num; count++) {
    const [value, time] = await data.get();
    processed(value, now() - time);
    await sleep(0.5);
  }
}

/** The lecture's program with one producer. */
function lecture(options: ExperimentOptions, items = 20) {
  return experiment("async", options, async () => {
    const loop = new EventLoop();
    const data = new Queue<[number, number]>();
    await loop.runUntilComplete(
      gather(loop.createTask(generateData, items, data), loop.createTask(processData, items, data)),
    );
  });
}

Deno.test("experiment() runs the lecture's program: 20 s, and no item waits", async () => {
  const run = await lecture({ quiet: true });
  equal(run.total > 17 && run.total < 23, true);
  deepEqual(run.latency, { first: 0, best: 0, mean: 0, max: 0 });
  deepEqual([run.name, run.speed, run.seed, run.stopped], ["async", Infinity, 1, false]);
});

Deno.test("experiment() prints the same bytes for the same seed", async () => {
  const print = async (seed: number) => (await printed(() => lecture({ seed }))).lines.join("\n");
  equal(await print(1), await print(1));
  equal(await print(1) === await print(2), false);
  match(await print(1), /App started\..*generated item 20\b.*App exiting, total time: \d\d\.\d\d sec\./s);
});

Deno.test(
  "experiment() prints at a finite speed what it prints at once",
  triedAgain(async () => {
    const instant = await printed(() => lecture({}, 3));
    const real = await printed(() => lecture({ speed: 50 }, 3));
    deepEqual(real, instant);
  }),
);

Deno.test("experiment() only counts the lines after the first few hundred", async () => {
  const { lines } = await printed(() => lecture({}, 300));
  equal(lines.length, 402);
  equal(lines.at(-2), "\x1b[1m… and 201 more lines; run.items has them all.\x1b[0m");
});

Deno.test("experiment() warns of what was never awaited", async () => {
  const { warnings } = await printed(() =>
    experiment("forgetful", {}, async () => {
      const loop = new EventLoop();
      await loop.runUntilComplete(loop.createTask(async function main() {
        sleep(1);
        await sleep(0);
      }));
    })
  );
  equal(warnings.length, 1);
  match(warnings[0], /^Warning: sleep\(…\) in main \(experiment_test\.ts, line \d+\) was never awaited: /);
});

Deno.test("experiment() only counts the warnings after the first twenty", async () => {
  const { warnings } = await printed(() =>
    experiment("many", {}, async () => {
      const loop = new EventLoop();
      const failing = () => Promise.reject(new Error("boom"));
      for (let i = 0; i < 25; i++) loop.createTask(failing);
      await loop.runUntilComplete(loop.createTask(sleep, 1));
    })
  );
  equal(warnings.length, 21);
  equal(warnings[20], "Warning: there are 5 more of these; run.warnings has them all.");
});

Deno.test("experiment() waits for a loop that the program did not await, and says so", async () => {
  const { warnings, lines } = await printed(() =>
    experiment("forgetful", {}, () => {
      const loop = new EventLoop();
      loop.runUntilComplete(loop.createTask(sleep, 2));
    })
  );
  deepEqual(warnings, [
    "Warning: loop.runUntilComplete(…) was never awaited: write await in front of it.",
  ]);
  equal(lines.at(-1), "\x1b[1mApp exiting, total time: 2.00 sec.\x1b[0m");
});

Deno.test("experiment() throws what the program throws, and the next one works", async () => {
  const failing: (() => unknown)[] = [
    () => {
      throw new RangeError("boom");
    },
    () => Promise.reject(new RangeError("boom")),
    () => {
      const loop = new EventLoop();
      loop.createTask(sleep, 1000);
      return loop.runUntilComplete(loop.createTask(async () => {
        await sleep(1);
        throw new RangeError("boom");
      }));
    },
  ];
  for (const main of failing) {
    await rejects(experiment("failing", { quiet: true }, main), new RangeError("boom"));
    deepEqual([currentLoop(), currentExperiment()], [undefined, undefined]);
    equal((await lecture({ quiet: true })).processed, 20);
  }
});

Deno.test("experiment() ends the one that still runs", async () => {
  const first = lecture({ speed: 1, quiet: true });
  const ended = rejects(
    first,
    new LessonError(
      'The experiment "async" was ended, since "async" was started before it was over: await one before you ' +
        "start the next.",
    ),
  );
  const second = await lecture({ quiet: true });
  equal(second.processed, 20);
  await ended;
  equal(currentExperiment(), undefined);
});

Deno.test("experiment() in another one ends that, with a sentence, in a task or not", async () => {
  const inner = () => experiment("inner", { quiet: true }, () => {});
  const programs = [inner, async () => {
    const loop = new EventLoop();
    await loop.runUntilComplete(loop.createTask(inner));
  }];
  for (const program of programs) {
    await rejects(
      experiment("outer", { quiet: true }, program),
      /^LessonError: The experiment "outer" was ended, since "inner" was started before it was over: await one/,
    );
  }
});

Deno.test("experiment() can be stopped during a sleep: it ends with what there is so far", async () => {
  const { lines } = await printed(async () => {
    const run = lecture({ speed: 200, seed: 1 }, 1000);
    await engineTimer(20);
    currentLoop()!.stop();
    const { stopped, processed, items } = await run;
    deepEqual([stopped, processed > 0, processed < 1000, items.length >= processed], [
      true,
      true,
      true,
      true,
    ]);
  });
  match(lines.at(-1)!, /App stopped after \d+\.\d\d sec\./);
  const count = lines.length;
  await engineTimer(10);
  equal(lines.length, count); // nothing goes on
});

Deno.test("experiment() serves the synchronous program as well", async () => {
  const run = await experiment("synchronous", { quiet: true }, () => sleepSync(30));
  deepEqual([run.total, run.bound], [30, 30]);
});

Deno.test("experiment() says what is wrong with its options", async () => {
  const refused = (options: ExperimentOptions, message: RegExp) =>
    rejects(experiment("refused", options, () => {}), message);
  await refused({ speed: 0 }, /^LessonError: Cannot run at speed 0: give a number above 0/);
  await refused({ speed: "10" as unknown as number }, /^LessonError: Cannot run at speed "10": /);
  await refused({ seed: -1 }, /^LessonError: Cannot use -1 as a seed: give a whole number from 0/);
  await rejects(
    // @ts-expect-error a promise is no program
    experiment("refused", {}, Promise.resolve()),
    /^LessonError: Cannot run an experiment with "refused", an object, a promise: give its name, its options and/,
  );
  await rejects(
    // @ts-expect-error the name and the options are missing
    experiment(() => {}),
    /^LessonError: Cannot run an experiment with an unnamed function: /,
  );
});

Deno.test("experiment() refuses an option that there is not", async () => {
  await rejects(
    // @ts-expect-error it is misspelt
    experiment("o", { speeed: 10 }, () => {}),
    new LessonError(
      'Cannot run the experiment "o": there is no option speeed; there are speed, seed, order, quiet, mayFail, plain, live.',
    ),
  );
});

Deno.test("experiment() tells of tasks whose loop was never run", async () => {
  const told = async (tasks: number) =>
    (await printed(() =>
      experiment("forgetful", { quiet: true }, () => {
        const loop = new EventLoop();
        for (let i = 0; i < tasks; i++) loop.createTask(async function b() {});
      })
    )).warnings;
  deepEqual(await told(1), ["Warning: b was created and never run: give it to loop.runUntilComplete(…)."]);
  deepEqual(await told(2), [
    "Warning: b was created and never run: give it to loop.runUntilComplete(…).",
    "Warning: b (2) was created and never run: give it to loop.runUntilComplete(…).",
  ]);
  deepEqual((await printed(() => lecture({ quiet: true }))).warnings, []);
});

Deno.test("now() needs an experiment or a running loop", async () => {
  await rejects(async () => await now(), /^LessonError: Cannot tell the time: no experiment is running\./);
});

Deno.test("experiment() that is not awaited says so where it is printed or read", async () => {
  const run = experiment("forgotten", { quiet: true }, () => {});
  equal(Deno.inspect(run), "[this run is not there yet: write await in front of experiment(…)]");
  throws(
    () => (run as unknown as Run).total,
    new LessonError("Cannot read total: this run is not there yet: write await in front of experiment(…)."),
  );
  equal((await run).total, 0);
});

Deno.test("experiment() hints once where seconds look like milliseconds", async () => {
  const { warnings } = await printed(() =>
    experiment("long", { quiet: true }, async () => {
      const loop = new EventLoop();
      await loop.runUntilComplete(loop.createTask(async () => {
        for (const seconds of [99.5, 1000, 2000]) await sleep(seconds);
      }));
      sleepSync(500);
    })
  );
  deepEqual(warnings, [
    "Warning: sleep(1000) waits for 1000 seconds: if milliseconds are meant, sleep(1).",
  ]);
});

Deno.test("experiment() takes ready tasks in another order for each order, and in the same one again", async () => {
  const names = async (order: number) => {
    const said: string[] = [];
    await experiment("orders", { order, quiet: true }, () => {
      const loop = new EventLoop();
      const say = (name: string) => () => Promise.resolve(said.push(name));
      return loop.runUntilComplete(gather(...["a", "b", "c", "d"].map((name) => loop.createTask(say(name)))));
    });
    return said.join("");
  };
  equal(await names(0), "abcd");
  equal(await names(3), await names(3));
  notEqual(await names(3), await names(5));
  await rejects(experiment("orders", { order: 0.5 }, () => {}), /Cannot use 0\.5 as the order/);
});
