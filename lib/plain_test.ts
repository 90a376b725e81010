import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { now } from "./execution.ts";
import { DeadlockError } from "./errors.ts";
import { experiment } from "./experiment.ts";
import { lane } from "./lines.ts";
import { sleepSync } from "./sleep_sync.ts";
import { lanesOf, triedAgain } from "./testdata/testing.ts";

const pause = (seconds: number) => new Promise<void>((done) => setTimeout(done, seconds * 1000));
const plain = (main: () => unknown, speed = Infinity) =>
  experiment("plain", { plain: true, quiet: true, speed }, main);

Deno.test("a plain program's timers ring in the order of time; of two due at once, the one that was set first", async () => {
  const said: string[] = [];
  const { total } = await plain(async () => {
    const say = (what: string) => said.push(`${now()} ${what}`);
    await Promise.all([
      pause(2).then(() => say("a")),
      pause(1).then(() => say("b")),
      pause(1).then(() => say("c")),
    ]);
  });
  deepEqual([said, total], [["1 b", "1 c", "2 a"], 2]);
});

Deno.test("a plain program's timer does not ring once it is cleared", async () => {
  const said: string[] = [];
  await plain(async () => {
    clearTimeout(setTimeout(() => said.push("never"), 500));
    clearTimeout(undefined);
    await pause(1);
  });
  deepEqual(said, []);
});

Deno.test("a plain program that waits for nothing that comes is ended", async () => {
  await rejects(
    plain(() => new Promise(() => clearTimeout(setTimeout(() => {}, 1)))),
    new DeadlockError(
      "This program can never end: it waits, and no timer is left that could wake it.",
    ),
  );
});

Deno.test("a plain program of 20,000 sleepers takes no time to choose the next of them", async () => {
  const started = performance.now();
  const { total } = await plain(() =>
    Promise.all(Array.from({ length: 20_000 }, (_, i) => pause(1 + i % 7)))
  );
  equal(total, 7);
  const took = performance.now() - started;
  ok(took < 10_000, `${took} ms`);
});

Deno.test("a plain program's lanes sleep, each by itself, and wait for nothing that is not known", async () => {
  const run = await plain(() =>
    Promise.all([1, 2].map(async (seconds) => {
      lane(`lane ${seconds}`);
      await pause(seconds);
    }))
  );
  const rows = lanesOf(run).map((
    { name, waits },
  ) => [name, ...waits.map(({ start, end, for: what }) => [what, start, end])]);
  deepEqual([rows, run.bound], [[["lane 1", ["sleep", 0, 1]], ["lane 2", ["sleep", 0, 2]]], 2]);
});

Deno.test("a plain program that blocks the thread does so in the lane that it has named", async () => {
  const run = await plain(async () => {
    lane("page");
    await pause(1);
    sleepSync(2);
  });
  deepEqual(lanesOf(run).map(({ name, slices }) => [name, slices[1]]), [["page", { start: 1, end: 3 }]]);
});

Deno.test("a plain program that is ended gives setTimeout back at once, and does no more", async () => {
  const { setTimeout } = globalThis;
  for (const seconds of [1e6, 0.1]) {
    let times = 0;
    const program = async () => {
      for (;; times++) await pause(seconds);
    };
    const endless = experiment("endless", { plain: true, quiet: true, speed: 100 }, program);
    const ended = rejects(endless, /"endless" was ended/);
    await new Promise((done) => setTimeout(done, 20));
    await plain(() => pause(3));
    equal(globalThis.setTimeout, setTimeout);
    await ended;
    const before = times;
    await new Promise((done) => setTimeout(done, 20));
    equal(times, before);
  }
});

Deno.test(
  "a plain program runs at a finite speed",
  triedAgain(async () => {
    const started = performance.now();
    const { total } = await plain(async () => {
      await pause(3);
      await pause(1);
    }, 100);
    equal(total, 4);
    ok(performance.now() - started >= 39);
  }),
);

Deno.test("a plain program in another one ends that, and has the clock for itself", async () => {
  let inner: ReturnType<typeof plain> | undefined;
  await rejects(
    plain(async () => {
      await pause(1);
      inner = plain(() => pause(5));
      await pause(7);
    }),
    /^LessonError: The experiment "plain" was ended, since "plain" was started before it was over/,
  );
  equal((await inner!).total, 5);
});
