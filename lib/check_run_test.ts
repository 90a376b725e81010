import { rejects, throws } from "node:assert/strict";
import { experiment } from "./experiment.ts";
import { compare } from "./plots/compare.ts";
import { latency } from "./plots/latency.ts";
import { timeline } from "./plots/timeline.ts";
import { report } from "./report.ts";
import type { Run } from "./run.ts";

const promise = experiment("a run", { quiet: true }, () => {}) as unknown as Run;
const missing = undefined as unknown as Run;

const draws: [string, (run: Run) => unknown][] = [
  ["timeline", timeline],
  ["timeline with a title", (run) => timeline(run, { title: "A title" })],
  ["latency", latency],
  ["compare", (run) => compare([run])],
];
for (const [name, draw] of draws) {
  Deno.test(`${name} says what is missing where it is given a promise, or nothing`, () => {
    throws(() => draw(promise), {
      name: "LessonError",
      message: "Cannot draw a promise: write await in front of experiment(…).",
    });
    throws(() => draw(missing), {
      name: "LessonError",
      message: "Cannot draw undefined: give a run, which experiment(…) returns.",
    });
  });
}

Deno.test("report() says what is missing where it is given a promise, or nothing", async () => {
  await rejects(report(promise), { message: /^Cannot report a promise: write await in front of experiment/ });
  await rejects(report(missing), { message: /^Cannot report undefined: give a run, which experiment/ });
});

Deno.test("compare() asks for a list where it is given one run, or a promise", async () => {
  const run = await (promise as unknown as Promise<Run>) as unknown as Run[];
  throws(() => compare(run), { message: "Cannot draw one run: give a list of runs, [run1, run2]." });
  throws(() => compare(promise as unknown as Run[]), { message: /^Cannot draw a promise: write await/ });
});
