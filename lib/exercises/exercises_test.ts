import assert from "node:assert/strict";
import { exercises, tried } from "./testdata/answers.ts";

for (const { number, starter, solution } of exercises) {
  Deno.test(`${number}: the starter runs, and fails its check with words on what is wrong`, async () => {
    const finding = (await tried(number, starter)).failed?.finding;
    assert.ok(finding, "it passes");
    assert.ok(finding.expected.length > 10 && finding.happened.length > 5);
  });

  Deno.test(`${number}: the solution passes`, async () => {
    const { failed } = await tried(number, solution);
    assert.equal(failed && `${failed.words}: ${failed.finding.message}`, undefined);
  });
}

/** Answers that look right: the solution with one thing changed. */
const wrong: [number: string, from: string | RegExp, to: string, happened: RegExp][] = [
  ["1.1", "items * (pause + work)", "items * pause + work", /yours says/],
  ["1.1", /return items \* pause;/, "return (items - 1) * pause;", /yours says 0/],
  ["1.2", "dfbagche", "dfabgche", /your line 3 is "\+\+\+ Processed/],
  ["1.2", "dfbagche", "dfbagch", /yours are "abcdfgh"/],
  ["1.3", "Promise.resolve(value)", "Promise.resolve()", /it is undefined/],
  ["1.3", "return Promise", "Promise", /a promise was expected/],
  ["2.1", "async function processData", "function processData", /processData returned undefined/],
  ["2.1", "idx <= num", "idx < num", /0 were generated/],
  ["2.2", `"data.put": true`, `"data.put": false`, /yours is false/],
  ["2.2", "now: false", "now: true", /yours is true/],
  ["2.3", "sleep(0.5)", "sleepSync(0.5)", /blocked for 0\.50 s/],
  ["2.3", /\n\s+sleep\(random\(\) \+ 0\.5\);/, "", /there are none/],
  ["3.1", "await data.put", "data.put", /data\.put\(…\) in generateData.* was never awaited/],
  ["3.1", "await sleep", "sleep", /it ended at 0\.00 s/],
  ["3.1", "await sleep", "sleepSync", /blocked/],
  ["3.1", "idx * idx", "idx", /it is 2/],
  ["3.1", "random() + 0.5", "random() + 1", /it ended at 1\.26 s/],
  ["3.2", "await sleep", "sleep", /it ended at 0\.00 s/],
  ["3.2", "await sleep", "sleepSync", /blocked/],
  ["3.2", "await data.get()", "data.get()", /Write await in front of it/],
  ["3.2", "await data.get()", "await Promise.race([data.get(), sleep(0.2).then(() => [0, 0] as Item)])", /./],
  ["3.2", "const [value", "while (data.size === 0) await sleep(0.01);\n    const [value", /was processed at/],
  [
    "3.2",
    "const [value",
    "while (data.size === 0) await sleep(0);\n    const [value",
    /was resumed 10000 times by 0\.50 s: does it ask again and again/,
  ],
  ["3.2", "now() - time", "now()", /processed was given a latency of 0\.94 s/],
  ["3.3", "await target", "target", /put.* was still waiting|never awaited/],
  ["3.3", "await sleep(0.2);\n", "", /it was taken by our consumer at 0\.00 s/],
  ["3.3", "target.put(item)", "target.put([item[0], 0])", /it has the time 0\.00 s$/],
  ["3.3", "await source", "source", /./],
  ["3.3", /(const item.*\n)(.*sleep.*\n)/, "$2$1", /it was taken by our consumer at 1\.00 s/],
  ["4.1", "producers * items", "items", /1 left in the queue/],
  ["4.1", "return loop", "loop", /^loop\.runUntilComplete\(…\) was never awaited: write/],
  ["4.1", "i < producers", "i < 1", /can never end/],
  ["4.3", " + (i < all % consumers ? 1 : 0)", "", /left in the queue/],
  ["4.3", "Math.floor(all / consumers)", "Math.ceil(all / consumers)", /can never end/],
  ["4.3", "share, data", "i === 0 ? all : 0, data", /there is 1/],
  ["4.3", "gather(...tasks)", "gather(...tasks.slice(0, producers))", /left in the queue/],
  ["4.2", "Queue<Item>(limit)", "Queue<Item>(limit + 1)", /it held/],
  ["4.2", "Queue<Item>(limit)", "Queue<Item>()", /it held/],
  ["4.4", "producers, producers, items", "producers, 2, items", /./],
  ["4.4", "producers, producers, items", "1, producers, producers * items", /./],
  [
    "5.1",
    /return await gather[^]*\);\n}/,
    "return [await make('tea', 3), await loop.createTask(make, 'toast', 2), await loop.createTask(make, 'eggs', 4)];\n}",
    /ready after 9\.00 s/,
  ],
  ["5.3", "await pause(0.5)", "pause(0.5)", /it was processed at 0\.10 s/],
  ["5.3", "await Promise.all", "Promise.all", /it took 0\.00 s/],
  ["5.3", "[produce(), consume()]", "[await produce(), await consume()]", /it was processed at 0\.76 s/],
  ["5.3", "await data.get()", "data.get() as unknown as Item", /./],
  ["5.2", "Promise.all(addresses.map(load))", "Promise.race(addresses.map(load))", /./],
  [
    "5.2",
    "return await Promise.all(addresses.map(load))",
    "const pages: string[] = []; await Promise.all(addresses.map(async (a) => pages.push(await load(a)))); return pages",
    /it gave/,
  ],
  ["11.1", "if (!done) ready", "ready", /still running, and was stopped/],
  ["11.1", "ready.shift()!", "ready.pop()!", /in the order a1 b1 b2|in the order b1 b2 a1 a2/],
  ["11.1", "ready.push(task)", "ready.unshift(task)", /in the order a1 a2 b1 b2/],
  ["11.1", "const { done }", "task.next();\n    const { done }", /they ran in the order/],
  ["11.2", /\n.*ready\.push\(sleepers\.shift\(\)!\.task\);/, "", /still running, and was stopped/],
  ["11.2", /\n.*sleepers\.sort.*/, "", /it ran at 2\.00 s/],
  ["11.2", "sleepers.push({", "sleepSync(value); sleepers.push({", /it ran at/],
  ["11.2", "now() + value", "value", /still running|it ran at|negative/],
  ["11.2", "|| sleepers.length > 0", "", /there is 1/],
  ["11.3", "this.ready.push(() => this.step(task))", "{}", /1 were generated, 0 processed/],
  ["11.3", "if (!done) value", "value", /Cannot read properties of undefined/],
  [
    "11.3",
    "while (this.items.length === 0) yield",
    "if (this.items.length === 0) yield",
    /returned undefined/,
  ],
  ["11.3", "this.waiting.shift()?.();", "", /1 were generated, 0 processed/],
  ["11.3", "this.ready.push(() => this.step(task))", "this.step(task)", /in the order a1 a2 b1 b2/],
  ["11.3", "this.waiting.shift()?.()", "this.waiting[0]?.()", /./],
  [
    "11.3",
    "ready.push(() => this.step(task)));",
    "ready.unshift(() => this.step(task)));",
    /in the order a1 a2 b1 b2/,
  ],
  ["11.3", "this.items.shift()!", "this.items.pop()!", /it is 16/],
];

for (const [number, from, to, happened] of wrong) {
  Deno.test(`${number}: ${String(from).slice(0, 40)} → ${to.slice(0, 40)} is told apart`, async () => {
    const { solution } = exercises.find((exercise) => exercise.number === number)!;
    const finding = (await tried(number, changed(solution, from, to))).failed?.finding;
    assert.ok(finding, "it passes");
    assert.match(finding.happened, happened);
  });
}

// Whole answers, each below its number, a mark for wrong or right, its name, and patterns of what happened and of the hint.
for (const answer of Deno.readTextFileSync(new URL("testdata/answers.txt", import.meta.url)).split("\n\n")) {
  const [, number, mark, name, happened, hint] = /^([\d.]+) ([✗✓]) ([^:\n]+)(?:: (.*?)(?: → (.*))?)?\n/.exec(
    answer,
  )!;
  Deno.test(`${number} ${mark} ${name}`, async () => {
    const { failed } = await tried(number, answer.slice(answer.indexOf("\n")));
    if (mark === "✓") return assert.equal(failed && `${failed.words}: ${failed.finding.message}`, undefined);
    assert.match(failed?.finding.happened ?? "it passes", new RegExp(happened));
    if (hint) assert.match(failed!.finding.hint ?? "no hint", new RegExp(hint));
  });
}

function changed(text: string, from: string | RegExp, to: string): string {
  const result = text.replace(from, to);
  assert.notEqual(result, text, "nothing was changed");
  return result;
}
