import { deepEqual, equal, match, throws } from "node:assert/strict";
import { experiment } from "./experiment.ts";
import { generated, processed } from "./lines.ts";
import { sleepSync } from "./sleep_sync.ts";
import { lanesOf } from "./testdata/testing.ts";
import { traced } from "./traced.ts";

function* make() {
  generated(1);
  yield { kind: "sleep" as const };
  sleepSync(0.5);
}

function* use() {
  yield { kind: "get" as const };
  processed(1, 2);
}

Deno.test("traced() draws each task of a loop that is not ours in a lane of its own", async () => {
  const run = await experiment("own", { quiet: true }, () => {
    const tasks = [traced("make", make()), traced("use", use())];
    for (const task of tasks) task.next();
    sleepSync(2);
    for (const task of tasks) equal(task.next().done, true);
  });
  deepEqual(lanesOf(run), [
    {
      name: "make",
      role: "producer",
      slices: [{ start: 0, end: 0 }, { start: 2, end: 2.5 }],
      waits: [{ start: 0, end: 2, for: "sleep" }],
      busy: 2.5,
    },
    {
      name: "use",
      role: "consumer",
      slices: [{ start: 0, end: 0 }, { start: 2.5, end: 2.5 }],
      waits: [{ start: 0, end: 2.5, for: "get" }],
      busy: 0,
    },
  ]);
  deepEqual(run.items, [
    { number: 1, producer: "make", generated: 0, consumer: "use", processed: 2.5, latency: 2 },
  ]);
});

Deno.test("traced() needs an experiment", () => {
  throws(() => traced("make", make()).next(), /Cannot draw a task: no experiment is running/);
});

Deno.test("traced() draws a loop of one's own as the course's is drawn: see notebook 11, which prints what notebook 3 does", () => {
  const [third, eleventh] = ["03-awaiting-sleep-and-get", "11-build-the-loop"].map((name) => {
    const { cells } = JSON.parse(
      Deno.readTextFileSync(new URL(`../notebooks/${name}.ipynb`, import.meta.url)),
    );
    return (id: string) => JSON.stringify(cells.find((cell: { id: string }) => cell.id === id).outputs);
  });
  deepEqual(JSON.parse(eleventh("run"))[0].text, JSON.parse(third("run"))[0].text);
  match(eleventh("picture"), /the very picture of notebook 3/);
});
