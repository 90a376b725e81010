import { equal } from "node:assert/strict";
import { VirtualClock } from "./clock.ts";

Deno.test("VirtualClock.reach() is there at once, and never goes back", () => {
  const clock = new VirtualClock();
  equal(clock.reach(30), true);
  equal(clock.reach(20), true);
  equal(clock.now(), 30);
});

Deno.test("VirtualClock.block() takes its time without waiting", () => {
  const clock = new VirtualClock();
  clock.block(1e6);
  equal(clock.now(), 1e6);
});
