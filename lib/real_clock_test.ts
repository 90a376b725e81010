import { equal, throws } from "node:assert/strict";
import { RealClock } from "./real_clock.ts";
import { engineTimer, triedAgain } from "./testdata/testing.ts";

Deno.test(
  "RealClock.reach() is there only when the time has come",
  triedAgain(async () => {
    const clock = new RealClock(200);
    equal(clock.reach(2), false);
    await engineTimer(12);
    equal(clock.reach(2), true);
    equal(clock.now(), 2); // the time that was due, not the moment at which the timer rang
  }),
);

Deno.test("RealClock.alarm() rings when the time has come", async () => {
  const clock = new RealClock(200);
  await new Promise<void>((ring) => clock.alarm(2, ring));
  equal(clock.reach(2), true);
});

Deno.test("RealClock.alarm() can be taken back", { sanitizeOps: true }, async () => {
  let rung = false;
  new RealClock(200).alarm(1, () => rung = true)();
  await engineTimer(10);
  equal(rung, false);
});

Deno.test("RealClock.alarm() does not ring early where the time is further off than a timer can reach", {
  sanitizeOps: true,
}, async () => {
  let rung = false;
  const takeBack = new RealClock(1).alarm(1e9, () => rung = true);
  await engineTimer(5);
  equal(rung, false);
  takeBack(); // and leaves no timer, or the sanitizer would tell
});

Deno.test(
  "RealClock.block() really blocks, and tells the time that was asked for",
  triedAgain(() => {
    const clock = new RealClock(200);
    const start = performance.now();
    clock.block(2);
    equal(performance.now() - start >= 9, true);
    equal(clock.now(), 2);
  }),
);

Deno.test("RealClock.now() shows where the thread was kept busy", () => {
  const clock = new RealClock(10_000); // 0.15 s of computing would be long; a clock this fast notices 100 ms
  const start = performance.now();
  while (performance.now() - start < 110);
  equal(clock.now() >= 1000, true);
});

Deno.test("RealClock refuses a speed at which nothing runs", () => {
  for (const speed of [0, -1, NaN, "fast" as unknown as number]) {
    throws(() => new RealClock(speed), /^LessonError: Cannot run at speed .*: give a number above 0/);
  }
  const clock = new RealClock(Infinity); // waits for nothing, as a VirtualClock
  clock.block(30);
  equal(clock.reach(1e9) && clock.now(), 1e9);
});
