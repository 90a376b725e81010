// Notebooks 1 and 2: the synchronous program, and functions that the loop can run and that wait nowhere yet.
import { now } from "../context.ts";
import { sleepSync } from "../sleep_sync.ts";
import { count } from "../words.ts";
import { expect, expectCount, expectTime, isSame } from "./expect.ts";
import { type Call, choices, exercise, type Named, type Stage } from "./stage.ts";

/** The lines that the broken program prints for two items, in order, each with a word on its place. */
const PRINTED: [start: string, why?: string][] = [
  ["App started."],
  [" -- generated item 1", "generateData runs first, and to its end"],
  [" -- generated item 2", "generateData runs first, and to its end"],
  [" +++ Processed value undefined", "then processData runs, to its end"],
  [" +++ Processed value undefined", "then processData runs, to its end"],
  ["Warning: data.put(…) in generateData", "warnings come when the run is over"],
  ["Warning: data.get(…) in processData", "warnings come when the run is over"],
  ["LessonError: ", "the error comes last"],
];

const atOnce: [boolean, string] = [false, "it is done at once"];

/** Runs two functions, of which nothing is awaited yet. */
async function runPair({ num, ...functions }: Named, stage: Stage, mayBlock = false): Promise<void> {
  const calls = Object.values(functions).map((fn): Call => [fn, num, stage.data]);
  await stage.onLoop(() => calls, { mayForget: true, mayBlock });
  const [made, used] = [stage.of("generated").length, stage.of("processed").length];
  const happened = `${made} generated, ${used} processed`;
  expect(made === num && used === num, `${count(num, "line")} of each kind`, happened);
}

const formulaCases = [[1, 1, 0.5], [2, 1, 0.5], [20, 1, 0.5], [7, 0.25, 3]];

/** The exercises of notebooks 1 and 2. */
export const firstSteps = {
  "1.1": exercise("totalTime firstLatency(items, pause, work)", formulaCases, async (given, stage) => {
    const { items, pause, work } = given;
    const first: number = await stage.run(async () => {
      for (let i = 0; i < items; i++) sleepSync(pause);
      const first = now();
      for (let i = 0; i < items; i++) sleepSync(work);
      return await Promise.resolve(first);
    });
    for (const [name, due] of Object.entries({ totalTime: stage.total, firstLatency: first })) {
      const said = given[name](items, pause, work);
      const expected = `${name} is ${+due.toFixed(6)}, as the program shows when it is run`;
      const hint = said === undefined ? "is a return missing?" : undefined;
      expect(isSame(due, said), expected, `yours says ${said}`, hint);
    }
  }),
  "1.2": exercise("lines:object order:string", [[]], ({ lines, order: given }) => {
    const order = given.replace(/\s/g, "");
    const letters = Object.keys(lines);
    const missing = letters.find((letter) => !order.includes(letter));
    expect(!missing, `each of ${letters.length} letters once`, `"${missing}" is missing in "${order}"`);
    expect(order.length === letters.length, "no letter twice", `"${order}" has ${order.length} letters`);
    const line = (i: number) => `"${lines[order[i]].trim()}"`;
    PRINTED.forEach(([start, why], i) => {
      const expected = `${i === 0 ? "at first" : `after ${line(i - 1)}`} comes another line`;
      expect(lines[order[i]].startsWith(start), expected, `your line ${i + 1} is ${line(i)}`, why);
    });
  }),
  "1.3": exercise("later(value)", [[0], [7]], async ({ later, value }, stage) => {
    const [is] = await stage.onLoop(() => [[later, value]]);
    expect(is === value, `its result is ${value}`, `it is ${is}`);
  }),
  "2.1": exercise("generateData processData(num)", [[1], [3]], (given, stage) => runPair(given, stage, true)),
  "2.2": choices("waits", { // does each call wait, and what for?
    "data.put": [true, "it waits for room, if the queue is full"],
    sleepSync: [true, "it waits for time to pass"],
    "data.get": [true, "it waits for an item, if the queue is empty"],
    ...{ now: atOnce, generated: atOnce, random: atOnce, processed: atOnce },
  }),
  "2.3": exercise("generateSleeping processSleeping(num)", [[1], [3]], async (given, stage) => {
    await runPair(given, stage);
    const { num, ...functions } = given;
    for (const { name } of Object.values(functions)) {
      const calls = stage.of("sleep").filter(({ task }) => task === name).length;
      expectCount(calls, num, "call", `of sleep in ${name}, one for each item`);
    }
    const hint = "nothing is awaited yet: the awaits come in the next notebook";
    expectTime(stage.total, 0, "it takes", "something was awaited, since it took", hint);
  }),
};
