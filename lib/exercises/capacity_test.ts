import { type Answer, testAnswers } from "./testdata/answers.ts";

const frame = (fill: string, rest: string) =>
  `async function* (loop, source, limit) { const END = {}; const buffer = new Queue<any>(limit); async function fill() { ${fill} } const filling = loop.createTask(fill); ${rest} }`;
const FILL =
  "try { for await (const item of source) await buffer.put(item); } finally { await buffer.put(END); }";
const REST = "for await (const item of buffer) { if (item === END) break; yield item; } await filling;";
const beats = (body: string) =>
  `async (num, period, send) => { const start = now(); for (let i = 1; i <= num; i++) { ${body} } }`;

/** Answers that look right and are not, with what is expected of the words that the check finds; and others that are. */
const answers: Answer[] = [
  [
    "10.1",
    "waits for room",
    "async (queue, item) => { await queue.put(item); return true; }",
    /it returned a promise/,
  ],
  ["10.1", "throws", "(queue, item) => { queue.putNowait(item); return true; }", /it is full/],
  [
    "10.1",
    "one too many",
    "(queue, item) => { if (queue.size > queue.maxsize) return false; queue.put(item); return true; }",
    /it returned true/,
  ],
  [
    "10.1",
    "drops the oldest",
    "(queue, item) => { if (queue.full) queue.getNowait(); queue.putNowait(item); return true; }",
    /it returned true/,
  ],
  [
    "10.1",
    "says yes and forgets",
    "(queue, item) => { if (queue.full) return false; return true; }",
    /it returned true/,
  ],
  [
    "10.1",
    "says nothing",
    "(queue, item) => { if (!queue.full) queue.putNowait(item); }",
    /it returned undefined/,
  ],
  ["10.1", "one line", "(queue, item) => !queue.full && (queue.putNowait(item), true)"],
  [
    "10.1",
    "catches",
    "(queue, item) => { try { queue.putNowait(item); return true; } catch { return false; } }",
  ],

  ["10.2", "one at a time", "async function* (_loop, source) { yield* source; }", /it took 4\.50 s/],
  ["10.2", "without a limit", frame(FILL, REST).replace("(limit)", "()"), /5 were/],
  ["10.2", "two ahead, whatever the limit", frame(FILL, REST).replace("(limit)", "(1)"), /2 were/],
  [
    "10.2",
    "all first",
    "async function* (_loop, source) { const all = []; for await (const item of source) all.push(item); yield* all; }",
    /it took/,
  ],
  ["10.2", "never ends", frame(FILL, REST).replace("await buffer.put(END)", ""), /can never end/],
  [
    "10.2",
    "an end in case of success alone",
    frame("for await (const item of source) await buffer.put(item); await buffer.put(END);", REST),
    /can never end/,
  ],
  ["10.2", "the error is lost", frame(FILL, REST.replace("await filling;", "")), /it returned undefined/],
  [
    "10.2",
    "an end that is undefined, and 0 taken for it",
    frame(FILL.replace("put(END)", "put(undefined)"), REST.replace("item === END", "!item")),
    /there are none/,
  ],
  [
    "10.2",
    "null for the end",
    frame(FILL.replace("put(END)", "put(null)"), REST.replace("=== END", "=== null")),
    /there are 2/,
  ],
  [
    "10.2",
    "not awaited",
    frame(FILL.replace("await buffer.put(item)", "buffer.put(item)"), REST),
    /never awaited|were/,
  ],
  [
    "10.2",
    "a list and a count",
    "async function* (loop, source, limit) { const items: any[] = []; const room = new Semaphore(limit); const there = new Semaphore(0); let over = false; const filling = loop.createTask(async function fill() { try { for await (const item of source) { await room.acquire(); items.push(item); there.release(); } } finally { over = true; there.release(); } }); for (;;) { await there.acquire(); if (items.length === 0 && over) break; yield items.shift(); room.release(); } await filling; }",
  ],
  [
    "10.2",
    "results in the queue",
    "async function* (loop, source, limit) { const buffer = new Queue<any>(limit); loop.createTask(async function fill() { try { for await (const value of source) await buffer.put({ value }); await buffer.put({ done: true }); } catch (error) { await buffer.put({ error }); } }); for (;;) { const it = await buffer.get(); if (it.done) return; if (it.error) throw it.error; yield it.value; } }",
  ],

  [
    "10.3",
    "sleeps less by a fixed time",
    beats("await sleep(period - 0.25); await send(i);"),
    /it was sent at/,
  ],
  [
    "10.3",
    "does not wait for send",
    beats("await sleep(period); send(i);"),
    /never awaited|it was sent at|it ended/,
  ],
  [
    "10.3",
    "subtracts what the last one took",
    "async (num, period, send) => { let took = 0; for (let i = 1; i <= num; i++) { await sleep(Math.max(0, period - took)); const begun = now(); await send(i); took = now() - begun; } }",
    /it was sent at/,
  ],
  [
    "10.3",
    "from 0 s, not from its start",
    beats("await sleep(Math.max(0, i * period - now())); await send(i);"),
    /it was sent at 1\.00 s/,
  ],
  [
    "10.3",
    "negative times",
    beats("await sleep(start + i * period - now()); await send(i);"),
    /Cannot sleep for -0\.5 s/,
  ],
  [
    "10.3",
    "blocks",
    beats("sleepSync(Math.max(0, start + i * period - now())); await send(i);"),
    /it was blocked/,
  ],
  [
    "10.3",
    "leaves out late ones",
    beats(
      "const left = start + i * period - now(); if (left < 0) continue; await sleep(left); await send(i);",
    ),
    /3 came|there are/,
  ],
  [
    "10.3",
    "a due time",
    "async (num, period, send) => { let due = now(); for (let i = 1; i <= num; i++) { due += period; if (due > now()) await sleep(due - now()); await send(i); } }",
  ],
  [
    "10.3",
    "recursion",
    "async function beat(num, period, send, start = now(), i = 1) { if (i > num) return; await sleep(Math.max(0, start + period * i - now())); await send(i); await beat(num, period, send, start, i + 1); }",
  ],
];

const names: Record<string, string> = { "10.1": "offer", "10.2": "ahead", "10.3": "heartbeat" };

testAnswers(answers.map(([number, name, code, happened]) => {
  const before = 'import { Semaphore, sleepSync } from "@course/lib";\n';
  return [number, name, `${before}const ${names[number]}: any = ${code};`, happened];
}));
