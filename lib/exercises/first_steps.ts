// Notebooks 1 and 2: the synchronous program, and functions that the loop can run, but that await nothing yet.
import { expect, expectCount, expectSame } from "./expect.ts";
import { expectAll } from "./flow.ts";
import { type Call, choices, exercise, type Named, type Stage } from "./stage.ts";

/** The beginnings of the lines that the broken program prints for two items, in order, and the reason for the order. */
const PRINTED: [starts: string[], why?: string][] = [
  [["App started."]],
  [["-- generated item 1", "-- generated item 2"], "generateData runs first, and to its end"],
  [["+++ Processed", "+++ Processed"], "then processData runs, to its end"],
  [["Warning: data.put(…)", "Warning: data.get(…)"], "warnings come when both are over, in the same order"],
  [["LessonError: "], "the error comes last"],
];

const atOnce: [boolean, string] = [false, "it is done at once"];

/** Runs two functions that await nothing yet. */
async function runPair({ num, ...functions }: Named, stage: Stage, mayBlock = false): Promise<void> {
  const calls = Object.values(functions).map((fn): Call => [fn, num, stage.data]);
  await stage.onLoop(() => calls, { mayForget: true, mayBlock });
  expectAll(stage);
}

const sumCases = [[1, 1, 0.5, [1.5, 1]], [2, 1, 0.5, [3, 2]], [20, 1, 0.5, [30, 20]], [7, 2, 3, [35, 14]]];
exercise("1.1", "totalTime firstLatency(items, pause, work, due)", sumCases, (given) => {
  for (const [i, name] of ["totalTime", "firstLatency"].entries()) {
    const expected = `${name} is #, as the program shows when it is run`;
    expectSame(given[name](given.items, given.pause, given.work), given.due[i], expected, "yours says #");
  }
});

exercise("1.2", "lines:object order:string", [[]], ({ lines, order: given }) => {
  const order = given.replace(/\s/g, "");
  const [all, letters] = [Object.keys(lines), [...order].sort()].map((it) => it.join(""));
  expectSame(letters, all, "each letter once, #", "yours are #");
  const texts = [...order].map((letter) => lines[letter].trim());
  const due = PRINTED.flatMap(([starts, why]) => starts.map((start) => ({ start, why })));
  for (const [i, { start, why }] of due.entries()) {
    const expected = `another line comes ${i === 0 ? "first" : `after "${texts[i - 1]}"`}`;
    expect(texts[i].startsWith(start), expected, `your line ${i + 1} is "${texts[i]}"`, why);
  }
});

exercise("1.3", "later(value)", [[0], [7]], async ({ later, value }, stage) => {
  const [is] = await stage.onLoop(() => [[later, value]]);
  expectSame(is, value, "its result is #", "it is #");
});

exercise("2.1", "generateData processData(num)", [[1], [3]], (given, stage) => runPair(given, stage, true));

choices("2.2", "waits", { // does each call wait, and what for?
  "data.put": [true, "it waits for room, if the queue is full"],
  sleepSync: [true, "it waits for time to pass"],
  "data.get": [true, "it waits for an item, if the queue is empty"],
  ...{ now: atOnce, generated: atOnce, random: atOnce, processed: atOnce },
});

exercise("2.3", "generateSleeping processSleeping(num)", [[1], [3]], async (given, stage) => {
  await runPair(given, stage);
  for (const { name } of [given.generateSleeping, given.processSleeping]) {
    const calls = stage.of("sleep").filter(({ task }) => task === name).length;
    expectCount(calls, given.num, "call", `of sleep in ${name}, one for each item`);
  }
  const hint = "nothing is awaited yet: the awaits come in the next notebook";
  expectSame(stage.total, 0, "it takes # s", "something was awaited, since it took # s", hint);
});
