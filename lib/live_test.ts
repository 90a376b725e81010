import { deepEqual, equal, ok } from "node:assert/strict";
import type { MimeBundle } from "./host/host.ts";

interface Sent {
  type: string;
  data: MimeBundle;
  transient: { display_id?: string };
}
let messages: Sent[] = [];
let isStopped = false;
let hear: (reason: unknown) => void;

// lib looks where it runs when it is loaded: here, in a kernel that keeps what it is sent.
Object.assign(globalThis, {
  [Symbol.for("course.host")]: {
    broadcast: (type: string, content: Omit<Sent, "type">) =>
      Promise.resolve(void messages.push({ type, ...content })),
    onUnhandled(listener: (reason: unknown) => void) {
      hear = listener;
      return () => {};
    },
    onStop(stop: () => void) {
      if (isStopped) stop();
      return () => {};
    },
  },
});
const { EventLoop, experiment, sleep, timeline } = await import("./mod.ts");
const { printed } = await import("./testdata/testing.ts");

/** Returns the messages that the kernel is sent while `main` runs. */
async function sent(main: () => Promise<unknown>): Promise<Sent[]> {
  messages = [];
  await main();
  return messages;
}

async function program() {
  const loop = new EventLoop();
  await loop.runUntilComplete(loop.createTask(sleep, 25));
}

let total = NaN; // of the last run
const run = (speed: number) =>
  sent(() =>
    printed(async () => {
      ({ total } = await experiment("a run", { speed, live: timeline }, program));
    })
  );

Deno.test("experiment({ live }) shows one picture and replaces it in place, in real time as at once", async () => {
  const instant = await run(Infinity);
  deepEqual(instant.map(({ type }) => type), ["display_data", "update_display_data"]);
  const started = performance.now();
  const real = await run(25);
  const tenths = (performance.now() - started) / 100;
  ok(real.length > 2 && real.length < tenths + 3, `${real.length} pictures in ${tenths} tenths of a second`);
  equal(new Set(real.map(({ transient }) => transient.display_id)).size, 1);
  // A machine that stands still for a tenth of a second shows, as it should.
  if (total === 25) deepEqual(real.at(-1)?.data, instant.at(-1)?.data);
});

Deno.test("experiment({ live }) draws what happened so far when its program fails", async () => {
  const messages = await sent(() =>
    printed(() => experiment("a run", { live: timeline }, () => Promise.reject(new Error("no"))))
  );
  equal(messages.at(-1)?.type, "update_display_data");
});

Deno.test("experiment({ live }) throws what a picture throws, once its program is over", async () => {
  const live = () => {
    throw new Error("no picture");
  };
  await sent(async () => {
    const { error } = await printed(() => experiment("a run", { speed: 100, live }, program));
    equal(error?.message, "no picture");
  });
});

Deno.test("experiment() that ends another one still hears of what nobody awaits", async () => {
  const { error, warnings } = await printed(async () => {
    const first = experiment("first", { speed: 1 }, program).catch(() => {});
    const { warnings } = await experiment("second", {}, async () => {
      await first;
      hear(new Error("lost"));
    });
    equal(warnings.length, 1);
  });
  equal(error, undefined);
  equal(warnings.length, 1);
});

Deno.test("experiment() ends at once in a cell in which Stop was pressed before", async () => {
  isStopped = true;
  const { lines } = await printed(async () => {
    const { stopped, total } = await experiment("a run", {}, program);
    deepEqual([stopped, total], [true, 0]);
    equal((await experiment("endless", { quiet: true }, () => new Promise(() => {}))).stopped, true);
  });
  isStopped = false;
  equal(lines.at(-1), "\x1b[1mApp stopped after 0.00 sec.\x1b[0m");
});
