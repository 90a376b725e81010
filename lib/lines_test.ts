import { deepEqual, throws } from "node:assert/strict";
import { experiment } from "./experiment.ts";
import { generated, processed } from "./lines.ts";
import { sleepSync } from "./sleep_sync.ts";
import { printed } from "./testdata/testing.ts";

Deno.test("generated() and processed() print the lecture's lines, which can be read on any page", async () => {
  const { lines } = await printed(() =>
    experiment("lines", {}, () => {
      generated(1);
      sleepSync(0.5);
      processed(1, 0.5);
    })
  );
  deepEqual(lines, [
    "\x1b[1mApp started.\x1b[0m",
    "\x1b[30;43m --\x1b[0m generated item 1",
    "\x1b[30;46m +++\x1b[0m Processed value 1 after 0.50 sec.",
    "\x1b[1mApp exiting, total time: 0.50 sec.\x1b[0m",
  ]);
});

Deno.test("generated() and processed() leave marks in the trace", async () => {
  const run = await experiment("marks", { quiet: true }, () => {
    generated(1);
    sleepSync(2);
    processed(1, 2);
  });
  deepEqual(run.items, [
    { number: 1, producer: "producer", generated: 0, consumer: "consumer", processed: 2, latency: 2 },
  ]);
});

Deno.test("processed() shows what was never awaited as it is: undefined after NaN seconds", async () => {
  const { lines } = await printed(() =>
    experiment("NaN", {}, () => processed(undefined, (undefined as unknown as number) - 1))
  );
  deepEqual(lines[1], "\x1b[30;46m +++\x1b[0m Processed value undefined after NaN sec.");
});

Deno.test("generated() and processed() need an experiment", () => {
  throws(() => generated(1), /^LessonError: Cannot mark an item as generated: no experiment is running\./);
  throws(() => processed(1, 0), /^LessonError: Cannot mark an item as processed: no experiment is running\./);
});
