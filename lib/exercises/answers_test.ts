import assert from "node:assert/strict";
import { tried } from "./testdata/answers.ts";

/** Answers that look right and are not: what is expected of the words that the check finds. */
const WRONG: [number: string, name: string, code: string, happened: RegExp][] = [
  [
    "1.1",
    "the first item's own wait",
    "function totalTime(n: number, p: number, w: number) { return n * (p + w); } function firstLatency(_n: number, p: number) { return p; }",
    /yours says 1/,
  ],
  [
    "1.1",
    "right for two items alone",
    "function totalTime(n: number, p: number, w: number) { return 2 * (p + w) + (n > 2 ? 27 : 0); } function firstLatency(n: number, p: number) { return n * p; }",
    /yours says 3/,
  ],
  [
    "1.1",
    "the maximum",
    "function totalTime(n: number, p: number, w: number) { return n * Math.max(p, w) + w; } function firstLatency(n: number, p: number) { return n * p; }",
    /yours says 2\.5/,
  ],
  ["1.2", "warnings first", 'const order = "dcfbaghe";', /your line 2 is "Warning: data\.put\(…\) in/],
  ["1.2", "a letter twice", 'const order = "dfbagchee";', /"dfbagchee" has 9 letters/],
  [
    "1.3",
    "a promise of a promise-like that never comes",
    "function later(value: number): unknown { return { then() {} }; }",
    /later awaits something of which the loop/,
  ],
  [
    "1.3",
    "an array with a promise",
    "function later(value: number): unknown { return [Promise.resolve(value)]; }",
    /later returned a list of 1: a promise was/,
  ],
  [
    "1.3",
    "always seven",
    "function later(_value: number): unknown { return Promise.resolve(7); }",
    /it is 7/,
  ],
  [
    "1.3",
    "a promise of nothing",
    "function later(value: number): unknown { return Promise.resolve(value).then(() => {}); }",
    /it is undefined/,
  ],
  [
    "2.1",
    "async around nothing",
    "async function generateData(num: number, data: Queue<Item>) { for (let i = 1; i <= num; i++) { data.put([i * i, now()]); generated(i); } } async function processData() {}",
    /1 generated, 0 processed/,
  ],
  [
    "2.1",
    "async inside only",
    "function generateData(num: number, data: Queue<Item>) { (async () => { for (let i = 1; i <= num; i++) { data.put([i * i, now()]); generated(i); sleepSync(random() + 0.5); } })(); } async function processData(num: number, data: Queue<Item>) { for (let i = 0; i < num; i++) { const item = data.get() as any; processed(item[0], 0); sleepSync(0.5); } }",
    /generateData returned undefined/,
  ],
  [
    "2.2",
    "all true",
    "const waits = { 'data.put': true, now: true, generated: true, random: true, sleepSync: true, 'data.get': true, processed: true };",
    /yours is true/,
  ],
  [
    "2.2",
    "words",
    "const waits = { 'data.put': 'true', now: 'false', generated: false, random: false, sleepSync: true, 'data.get': true, processed: false };",
    /yours is true/,
  ],
  [
    "2.3",
    "one function alone",
    "async function generateSleeping(num: number, data: Queue<Item>) { for (let i = 1; i <= num; i++) { data.put([i * i, now()]); generated(i); sleep(random() + 0.5); sleep(0.5); } } async function processSleeping(num: number, data: Queue<Item>) { for (let i = 0; i < num; i++) { const item = data.get() as any; processed(item[0], 0); } }",
    /there are 2/,
  ],
  [
    "3.1",
    "only the last put awaited",
    "async function generateData(num: number, data: Queue<Item>) { for (let i = 1; i <= num; i++) { const put = data.put([i * i, now()]); if (i === num) await put; generated(i); await sleep(random() + 0.5); } }",
    /put\(…\) in generateData was never awaited/,
  ],
  [
    "3.1",
    "put in the background, with a then",
    "async function generateData(num: number, data: Queue<Item>) { for (let i = 1; i <= num; i++) { data.put([i * i, now()]).then(() => generated(i)); await sleep(random() + 0.5); } }",
    /it ended at 2\.71 s/,
  ],
  [
    "3.1",
    "all at once",
    "async function generateData(num: number, data: Queue<Item>) { await Promise.all(Array.from({ length: num }, async (_, i) => { await data.put([(i + 1) ** 2, now()]); generated(i + 1); await sleep(random() + 0.5); })); }",
    /it was generated at 0\.00 s/,
  ],
  [
    "3.1",
    "the last sleep not awaited",
    "async function generateData(num: number, data: Queue<Item>) { for (let i = 1; i <= num; i++) { await data.put([i * i, now()]); generated(i); const pause = sleep(random() + 0.5); if (i < num) await pause; } }",
    /it ended at 0\.00 s/,
  ],
  [
    "3.1",
    "busy waiting for room",
    "async function generateData(num: number, data: Queue<Item>) { for (let i = 1; i <= num; i++) { while (data.full) await sleep(0.01); data.putNowait([i * i, now()]); generated(i); await sleep(random() + 0.5); } }",
    /it was generated at 2\.0030 s/,
  ],
  [
    "3.1",
    "forEach with async",
    "async function generateData(num: number, data: Queue<Item>) { Array.from({ length: num }, (_, i) => i + 1).forEach(async (i) => { await data.put([i * i, now()]); generated(i); await sleep(random() + 0.5); }); }",
    /it ended at 0\.00 s/,
  ],
  [
    "3.1",
    "the time taken before",
    "async function generateData(num: number, data: Queue<Item>) { const start = now(); for (let i = 1; i <= num; i++) { await data.put([i * i, start]); generated(i); await sleep(random() + 0.5); } }",
    /it has the time 0/,
  ],
  [
    "3.2",
    "a race that drops an item",
    "async function processData(num: number, data: Queue<Item>) { for (let done = 0; done < num;) { const item = await Promise.race([data.get(), sleep(0.2)]); if (!item) continue; const [value, time] = item as Item; processed(value, now() - time); await sleep(0.5); done++; } }",
    /after 2000 s of its time it was still not/,
  ],
  [
    "3.2",
    "only the last sleep awaited",
    "async function processData(num: number, data: Queue<Item>) { for (let i = 0; i < num; i++) { const [value, time] = await data.get(); processed(value, now() - time); const pause = sleep(0.5); if (i === num - 1) await pause; } }",
    /it was processed at 0\.00 s/,
  ],
  [
    "3.2",
    "all gets first",
    "async function processData(num: number, data: Queue<Item>) { const items: Item[] = []; for (let i = 0; i < num; i++) items.push(await data.get()); for (const [value, time] of items) { processed(value, now() - time); await sleep(0.5); } }",
    /it was processed at 0\.94 s/,
  ],
  [
    "3.2",
    "the sleep before the call of processed",
    "async function processData(num: number, data: Queue<Item>) { for (let i = 0; i < num; i++) { const [value, time] = await data.get(); await sleep(0.5); processed(value, now() - time); } }",
    /it was processed at 0\.50 s/,
  ],
  [
    "3.2",
    "ends while the queue is empty",
    "async function processData(num: number, data: Queue<Item>) { await sleep(0); while (!data.empty) { const [value, time] = data.getNowait(); processed(value, now() - time); await sleep(0.5); } }",
    /there are none/,
  ],
  [
    "3.2",
    "a time measured at first",
    "async function processData(num: number, data: Queue<Item>) { const start = now(); for (let i = 0; i < num; i++) { const [value, time] = await data.get(); processed(value, start - time); await sleep(0.5); } }",
    /its latency is said to be 0/,
  ],
  [
    "3.3",
    "all of one, then all of the other",
    "async function relay(num: number, source: Queue<Item>, target: Queue<Item>) { const all: Item[] = []; for (let i = 0; i < num; i++) { all.push(await source.get()); await sleep(0.2); } for (const item of all) await target.put(item); }",
    /it was taken out at 0\.40 s/,
  ],
  [
    "3.3",
    "a task of its own for each",
    "async function relay(num: number, source: Queue<Item>, target: Queue<Item>) { await Promise.all(Array.from({ length: num }, async () => { const item = await source.get(); await sleep(0.2); await target.put(item); })); }",
    /it was taken out at 0\.20 s/,
  ],
  [
    "3.3",
    "the last put not awaited",
    "async function relay(num: number, source: Queue<Item>, target: Queue<Item>) { for (let i = 0; i < num; i++) { const item = await source.get(); await sleep(0.2); const put = target.put(item); if (i < num - 1) await put; } }",
    /put\(…\) in relay was never awaited/,
  ],
  [
    "3.3",
    "sleepSync",
    "async function relay(num: number, source: Queue<Item>, target: Queue<Item>) { for (let i = 0; i < num; i++) { const item = await source.get(); sleepSync(0.2); await target.put(item); } }",
    /it was blocked for 0\.20 s/,
  ],
  [
    "4.1",
    "one producer with all items",
    "function main(producers: number, items: number) { const loop = new EventLoop(); const data = new Queue<Item>(); return loop.runUntilComplete(gather(loop.createTask(generateData, producers * items, data), loop.createTask(processData, producers * items, data))); }",
    /there is 1/,
  ],
  [
    "4.1",
    "producers one after the other",
    "function main(producers: number, items: number) { const loop = new EventLoop(); const data = new Queue<Item>(); const all = async () => { for (let i = 0; i < producers; i++) await loop.createTask(generateData, items, data); }; return loop.runUntilComplete(gather(loop.createTask(all), loop.createTask(processData, producers * items, data))); }",
    /generateData \(2\) started after 0\.76 s/,
  ],
  [
    "4.1",
    "waiting for the first alone",
    "function main(producers: number, items: number) { const loop = new EventLoop(); const data = new Queue<Item>(); const tasks = []; for (let i = 0; i < producers; i++) tasks.push(loop.createTask(generateData, items, data)); loop.createTask(processData, producers * items, data); return loop.runUntilComplete(tasks[0]); }",
    /2 items took 0\.50 s in all/,
  ],
  [
    "4.1",
    "a queue for each",
    "function main(producers: number, items: number) { const loop = new EventLoop(); const tasks = []; const data = new Queue<Item>(); for (let i = 0; i < producers; i++) tasks.push(loop.createTask(generateData, items, i === 0 ? data : new Queue<Item>())); tasks.push(loop.createTask(processData, producers * items, data)); return loop.runUntilComplete(gather(...tasks)); }",
    /This run can never end: processData waits/,
  ],
  [
    "4.1",
    "waits for the consumer alone",
    "function main(producers: number, items: number) { const loop = new EventLoop(); const data = new Queue<Item>(); for (let i = 0; i < producers; i++) loop.createTask(generateData, items, data); return loop.runUntilComplete(loop.createTask(processData, producers * items, data)); }",
    /it ended before generateData did/,
  ],
  [
    "4.3",
    "a sentinel for one consumer of two",
    "function mainMany(producers: number, consumers: number, items: number) { const loop = new EventLoop(); const data = new Queue<Item | null>(); const consume = async function processData() { for (;;) { const item = await data.get(); if (!item) return; processed(item[0], now() - item[1]); await sleep(0.5); } }; const feed = async () => { await gather(...Array.from({ length: producers }, () => loop.createTask(generateData, items, data as Queue<Item>))); await data.put(null); }; return loop.runUntilComplete(gather(loop.createTask(feed), ...Array.from({ length: consumers }, () => loop.createTask(consume)))); }",
    /This run can never end: processData waits/,
  ],
  [
    "4.3",
    "a shared count, read before and raised after",
    "function mainMany(producers: number, consumers: number, items: number) { const loop = new EventLoop(); const data = new Queue<Item>(); let done = 0; const consume = async function processData() { while (done < producers * items) { const [value, time] = await data.get(); const n = done; processed(value, now() - time); await sleep(0.5); done = n + 1; } }; return loop.runUntilComplete(gather(...Array.from({ length: producers }, () => loop.createTask(generateData, items, data)), ...Array.from({ length: consumers }, () => loop.createTask(consume)))); }",
    /This run can never end: processData \(2\)/,
  ],
  [
    "4.3",
    "a count checked before the wait",
    "function mainMany(producers: number, consumers: number, items: number) { const loop = new EventLoop(); const data = new Queue<Item>(); let done = 0; const consume = async function processData() { while (done < producers * items) { const [value, time] = await data.get(); done++; processed(value, now() - time); await sleep(0.5); } }; return loop.runUntilComplete(gather(...Array.from({ length: producers }, () => loop.createTask(generateData, items, data)), ...Array.from({ length: consumers }, () => loop.createTask(consume)))); }",
    /This run can never end: processData waits/,
  ],
  [
    "4.3",
    "waits for the producers alone",
    "function mainMany(producers: number, consumers: number, items: number) { const loop = new EventLoop(); const data = new Queue<Item>(); for (let i = 0; i < consumers; i++) loop.createTask(processData, Math.ceil(producers * items / consumers), data); return loop.runUntilComplete(gather(...Array.from({ length: producers }, () => loop.createTask(generateData, items, data)))); }",
    /8 processed, 4 left in the queue/,
  ],
  [
    "4.3",
    "rounded shares",
    "function mainMany(producers: number, consumers: number, items: number) { const loop = new EventLoop(); const data = new Queue<Item>(); const tasks = []; for (let i = 0; i < producers; i++) tasks.push(loop.createTask(generateData, items, data)); for (let i = 0; i < consumers; i++) tasks.push(loop.createTask(processData, Math.round(producers * items / consumers), data)); return loop.runUntilComplete(gather(...tasks)); }",
    /This run can never end: processData \(2\)/,
  ],
  [
    "4.3",
    "consumers whose work is not awaited",
    "function mainMany(producers: number, consumers: number, items: number) { const loop = new EventLoop(); const data = new Queue<Item>(); const all = producers * items; const consume = async function processData(n: number) { for (let i = 0; i < n; i++) { const [value, time] = await data.get(); processed(value, now() - time); } }; const tasks = []; for (let i = 0; i < producers; i++) tasks.push(loop.createTask(generateData, items, data)); for (let i = 0; i < consumers; i++) tasks.push(loop.createTask(consume, Math.floor(all / consumers) + (i < all % consumers ? 1 : 0))); return loop.runUntilComplete(gather(...tasks)); }",
    /1 item took 0\.00 s in all/,
  ],
  [
    "4.2",
    "a limit that is never reached",
    "function mainBounded(producers: number, items: number, limit: number) { const loop = new EventLoop(); const data = new Queue<Item>(limit * producers); const tasks = []; for (let i = 0; i < producers; i++) tasks.push(loop.createTask(generateData, items, data)); tasks.push(loop.createTask(processData, producers * items, data)); return loop.runUntilComplete(gather(...tasks)); }",
    /it held up to 3/,
  ],
  [
    "4.2",
    "a fixed limit",
    "function mainBounded(producers: number, items: number, _limit: number) { const loop = new EventLoop(); const data = new Queue<Item>(5); const tasks = []; for (let i = 0; i < producers; i++) tasks.push(loop.createTask(generateData, items, data)); tasks.push(loop.createTask(processData, producers * items, data)); return loop.runUntilComplete(gather(...tasks)); }",
    /it held up to 5/,
  ],
  [
    "4.2",
    "many consumers, no limit",
    "function mainBounded(producers: number, items: number, _limit: number) { const loop = new EventLoop(); const data = new Queue<Item>(); const tasks = []; for (let i = 0; i < producers; i++) tasks.push(loop.createTask(generateData, items, data)); for (let i = 0; i < producers * items; i++) tasks.push(loop.createTask(processData, 1, data)); return loop.runUntilComplete(gather(...tasks)); }",
    /it held up to 3/,
  ],
  [
    "4.2",
    "always one",
    "function mainBounded(producers: number, items: number, _limit: number) { const loop = new EventLoop(); const data = new Queue<Item>(1); const tasks = []; for (let i = 0; i < producers; i++) tasks.push(loop.createTask(generateData, items, data)); tasks.push(loop.createTask(processData, producers * items, data)); return loop.runUntilComplete(gather(...tasks)); }",
    /it held up to 1/,
  ],
  [
    "4.4",
    "one consumer",
    "function mainQuick(producers: number, items: number) { return mainMany(producers, 1, items); }",
    /it took 50\.00 s/,
  ],
  [
    "4.4",
    "work that is not awaited",
    "function mainQuick(producers: number, items: number) { const loop = new EventLoop(); const data = new Queue<Item>(); const quickly = async function processData(n: number) { for (let i = 0; i < n; i++) { const [value, time] = await data.get(); processed(value, now() - time); sleep(0.5); } }; return loop.runUntilComplete(gather(...Array.from({ length: producers }, () => loop.createTask(generateData, items, data)), loop.createTask(quickly, producers * items))); }",
    /100 items took 0\.00 s in all/,
  ],
  [
    "4.4",
    "fewer producers",
    "function mainQuick(producers: number, items: number) { return mainMany(3, 5, Math.ceil(producers * items / 3)); }",
    /there are 102/,
  ],
  [
    "5.1",
    "no tasks",
    "async function breakfast(_loop: EventLoop) { return await Promise.all([make('tea', 3), make('toast', 2)]); }",
    /it returned \["tea","toast"\]/,
  ],
  [
    "5.1",
    "in the wrong order",
    "async function breakfast(loop: EventLoop) { return await gather(loop.createTask(make, 'toast', 2), loop.createTask(make, 'tea', 3), loop.createTask(make, 'eggs', 4)); }",
    /it returned \["toast","tea","eggs"\]/,
  ],
  [
    "5.1",
    "the eggs start late",
    "async function breakfast(loop: EventLoop) { const tea = loop.createTask(make, 'tea', 3); const toast = loop.createTask(make, 'toast', 2); return [await tea, await toast, await loop.createTask(make, 'eggs', 4)]; }",
    /it was ready after 7\.00 s/,
  ],
  [
    "5.1",
    "the names, by themselves",
    "async function breakfast(loop: EventLoop) { loop.createTask(make, 'eggs', 4); return ['tea', 'toast', 'eggs']; }",
    /there is 1$/,
  ],
  [
    "5.1",
    "a nap of four seconds",
    "async function breakfast(_loop: EventLoop) { await sleep(4); return ['tea', 'toast', 'eggs']; }",
    /there is 1$/,
  ],
  [
    "5.3",
    "consume not awaited",
    "async function plainTwin(num: number) { const data = new PlainQueue<Item>(); async function produce() { for (let i = 1; i <= num; i++) { await data.put([i * i, now()]); generated(i); await pause(random() + 0.5); } } async function consume() { for (let i = 0; i < num; i++) { const [value, time] = await data.get(); processed(value, now() - time); await pause(0.5); } } consume(); await produce(); }",
    /5 were generated, 1 processed/,
  ],
  [
    "5.3",
    "one function",
    "async function plainTwin(num: number) { for (let i = 1; i <= num; i++) { generated(i); processed(i * i, 0); await pause(random() + 0.5); } }",
    /it was processed at 0\.10 s/,
  ],
  [
    "5.3",
    "a race",
    "async function plainTwin(num: number) { const data = new PlainQueue<Item>(); async function produce() { for (let i = 1; i <= num; i++) { await data.put([i * i, now()]); generated(i); await pause(random() + 0.5); } } async function consume() { for (let i = 0; i < num; i++) { const [value, time] = await data.get(); processed(value, now() - time); await pause(0.5); } } await Promise.race([produce(), consume()]); }",
    /it took 0\.50 s/,
  ],
  [
    "5.3",
    "milliseconds forgotten",
    "async function plainTwin(num: number) { const data = new PlainQueue<Item>(); async function produce() { for (let i = 1; i <= num; i++) { await data.put([i * i, now()]); generated(i); await new Promise((done) => setTimeout(done, random() + 0.5)); } } async function consume() { for (let i = 0; i < num; i++) { const [value, time] = await data.get(); processed(value, now() - time); await pause(0.5); } } await Promise.all([produce(), consume()]); }",
    /it took 0\.50 s/,
  ],
  [
    "5.2",
    "promises, not awaited",
    "async function loadAll(addresses: string[], load: (address: string) => Promise<string>) { return addresses.map(load); }",
    /it gave \["a promise"\]/,
  ],
  [
    "2.3",
    "sleeps that are awaited already",
    "async function generateSleeping(num: number, data: Queue<Item>) { for (let idx = 1; idx <= num; idx++) { data.put([idx, 0]); generated(idx); await sleep(1); } }\n" +
    "async function processSleeping(num: number, data: Queue<Item>) { for (let done = 0; done < num; done++) { data.get(); processed(undefined, NaN); await sleep(0.5); } }",
    /something was awaited, since it took 1\.00 s/,
  ],
  [
    "5.2",
    "forEach",
    "async function loadAll(addresses: string[], load: (address: string) => Promise<string>) { const pages: string[] = []; addresses.forEach(async (a) => { pages.push(await load(a)); }); return pages; }",
    /it gave \[\]/,
  ],
  [
    "5.2",
    "two at a time",
    "async function loadAll(addresses: string[], load: (address: string) => Promise<string>) { const pages: string[] = []; for (let i = 0; i < addresses.length; i += 2) pages.push(...await Promise.all(addresses.slice(i, i + 2).map(load))); return pages; }",
    /the last was asked for after 3\.00 s/,
  ],
  [
    "5.2",
    "each page twice",
    "async function loadAll(addresses: string[], load: (address: string) => Promise<string>) { await Promise.all(addresses.map(load)); return await Promise.all(addresses.map(load)); }",
    /the last was asked for after 1\.00 s/,
  ],
  [
    "5.2",
    "sorted",
    "async function loadAll(addresses: string[], load: (address: string) => Promise<string>) { return (await Promise.all([...addresses].reverse().map(load))); }",
    /it gave \["the text of page 2","the text of/,
  ],
  [
    "9.1",
    "one by one",
    "async function getEach(pages: number[], get: Get) { const all = []; for (const page of pages) all.push(await get(page).catch(() => undefined)); return all; }",
    /the last was sent after 3\.00 s/,
  ],
  [
    "9.1",
    "those that failed left out",
    "async function getEach(pages: number[], get: Get) { const all = await Promise.allSettled(pages.map((page) => get(page))); return all.filter((it) => it.status === 'fulfilled').map((it) => it.value); }",
    /it gave \[\]/,
  ],
  [
    "9.1",
    "the results of allSettled as they are",
    "async function getEach(pages: number[], get: Get) { return await Promise.allSettled(pages.map((page) => get(page))); }",
    /it gave \[\{"status":"fulfilled"/,
  ],
  [
    "9.1",
    "one catch around all",
    "async function getEach(pages: number[], get: Get) { try { return await Promise.all(pages.map((page) => get(page))); } catch { return pages.map(() => undefined); } }",
    /it gave \["nothing","nothing","nothing"\]/,
  ],
  [
    "9.1",
    "promises, not awaited",
    "async function getEach(pages: number[], get: Get) { return pages.map((page) => get(page).catch(() => undefined)); }",
    /it gave \["a promise"\]/,
  ],
  [
    "9.1",
    "asked again for what came",
    "async function getEach(pages: number[], get: Get) { await Promise.allSettled(pages.map((page) => get(page))); return await Promise.all(pages.map((page) => get(page).catch(() => undefined))); }",
    /there are 2/,
  ],
  [
    "9.2",
    "all at once",
    "async function mapLimit<T, R>(items: T[], limit: number, fn: (item: T) => Promise<R>) { return await Promise.all(items.map((item) => fn(item))); }",
    /there were 3/,
  ],
  [
    "9.2",
    "batches",
    "async function mapLimit<T, R>(items: T[], limit: number, fn: (item: T) => Promise<R>) { const results: R[] = []; for (let i = 0; i < items.length; i += limit) results.push(...await Promise.all(items.slice(i, i + limit).map((item) => fn(item)))); return results; }",
    /it took 4\.00 s/,
  ],
  [
    "9.2",
    "in the order in which they came",
    "async function mapLimit<T, R>(items: T[], limit: number, fn: (item: T) => Promise<R>) { const results: R[] = []; const left = [...items]; await Promise.all(Array.from({ length: limit }, async () => { while (left.length > 0) results.push(await fn(left.shift()!)); })); return results; }",
    /it gave \["page 2","page 3"/,
  ],
  [
    "9.2",
    "fixed shares",
    "async function mapLimit<T, R>(items: T[], limit: number, fn: (item: T) => Promise<R>) { const results: R[] = []; await Promise.all(Array.from({ length: limit }, async (_, w) => { for (let i = w; i < items.length; i += limit) results[i] = await fn(items[i]); })); return results; }",
    /it took 4\.00 s/,
  ],
  [
    "9.2",
    "failures swallowed",
    "async function mapLimit<T, R>(items: T[], limit: number, fn: (item: T) => Promise<R>) { const results: (R | undefined)[] = []; let next = 0; await Promise.all(Array.from({ length: limit }, async () => { while (next < items.length) { const i = next++; results[i] = await fn(items[i]).catch(() => undefined); } })); return results; }",
    /it gave \["page 1","nothing"/,
  ],
  [
    "9.2",
    "the index read after the await",
    "async function mapLimit<T, R>(items: T[], limit: number, fn: (item: T) => Promise<R>) { const results: R[] = []; let next = 0; await Promise.all(Array.from({ length: limit }, async () => { while (next < items.length) { results[next] = await fn(items[next]); next++; } })); return results; }",
    /there are 6/,
  ],
  [
    "9.2",
    "an item lost in the race",
    "async function mapLimit<T, R>(items: T[], limit: number, fn: (item: T) => Promise<R>) { const results: R[] = []; const running = new Set<Promise<void>>(); for (const [i, item] of items.entries()) { const call = fn(item).then((it) => { results[i] = it; running.delete(call); }); running.add(call); if (running.size >= limit) await Promise.race(running); } return results; }",
    /it gave \[\]/,
  ],
  [
    "9.3",
    "without a wait",
    "async function retry<T>(ask: () => Promise<T>, tries: number, seconds: number): Promise<T> { for (let i = 1;; i++) { try { return await ask(); } catch (error) { if (i === tries) throw error; } } }",
    /it started at 1\.00 s/,
  ],
  [
    "9.3",
    "the same wait each time",
    "async function retry<T>(ask: () => Promise<T>, tries: number, seconds: number): Promise<T> { for (let i = 1;; i++) { try { return await ask(); } catch (error) { if (i === tries) throw error; await pause(seconds); } } }",
    /it started at 3\.00 s/,
  ],
  [
    "9.3",
    "one try too many",
    "async function retry<T>(ask: () => Promise<T>, tries: number, seconds: number): Promise<T> { for (let i = 0;; i++) { try { return await ask(); } catch (error) { if (i === tries) throw error; await pause(seconds * 2 ** i); } } }",
    /there are 2/,
  ],
  [
    "9.3",
    "a wait after the last",
    "async function retry<T>(ask: () => Promise<T>, tries: number, seconds: number): Promise<T> { let last: unknown; for (let i = 0; i < tries; i++) { try { return await ask(); } catch (error) { last = error; await pause(seconds * 2 ** i); } } throw last; }",
    /it took 2\.00 s/,
  ],
  [
    "9.3",
    "the first error",
    "async function retry<T>(ask: () => Promise<T>, tries: number, seconds: number): Promise<T> { let first: unknown; for (let i = 0; i < tries; i++) { if (i > 0) await pause(seconds * 2 ** (i - 1)); try { return await ask(); } catch (error) { first ??= error; } } throw first; }",
    /page 1 was refused/,
  ],
  [
    "9.3",
    "an error swallowed",
    "async function retry<T>(ask: () => Promise<T>, tries: number, seconds: number): Promise<T> { for (let i = 0; i < tries; i++) { if (i > 0) await pause(seconds * 2 ** (i - 1)); try { return await ask(); } catch { continue; } } return undefined as T; }",
    /it gave "nothing"/,
  ],
  [
    "9.3",
    "the call not awaited in the try",
    "async function retry<T>(ask: () => Promise<T>, tries: number, seconds: number): Promise<T> { for (let i = 1;; i++) { try { return ask(); } catch (error) { if (i === tries) throw error; } await pause(seconds); seconds *= 2; } }",
    /there is 1/,
  ],
  [
    "12.1",
    "the work not awaited",
    "async function handle(message: Message, work: Work) { work(message.value); message.ack(); }",
    /it is lost/,
  ],
  [
    "12.1",
    "never acknowledged",
    "async function handle(message: Message, work: Work) { await work(message.value); }",
    /it was done 6 times/,
  ],
  [
    "12.1",
    "acknowledged only when it comes again",
    "async function handle(message: Message, work: Work) { await work(message.value); if (message.deliveries > 1) message.ack(); }",
    /it was done 2 times/,
  ],
  [
    "12.1",
    "work twice, to be sure",
    "async function handle(message: Message, work: Work) { await work(message.value); await work(message.value); message.ack(); }",
    /it was done 2 times/,
  ],
  [
    "12.1",
    "acknowledged in a then of nothing",
    "async function handle(message: Message, work: Work) { await Promise.all([work(message.value), Promise.resolve().then(() => message.ack())]); }",
    /it is lost/,
  ],
  [
    "12.1",
    "only the first delivery is worked on",
    "async function handle(message: Message, work: Work) { if (message.deliveries === 1) await work(message.value); message.ack(); }",
    /it is lost/,
  ],
  [
    "12.2",
    "acknowledged first",
    "async function addUp(message: Message, store: Store) { message.ack(); const { sum, done } = await store.read(); if (done.includes(message.id)) return; await store.write({ sum: sum + message.value, done: [...done, message.id] }); }",
    /it is 0/,
  ],
  [
    "12.2",
    "first the sum, then that it is done",
    "async function addUp(message: Message, store: Store) { const { sum, done } = await store.read(); if (!done.includes(message.id)) { await store.write({ sum: sum + message.value, done }); await store.write({ sum: sum + message.value, done: [...done, message.id] }); } message.ack(); }",
    /it is 2/,
  ],
  [
    "12.2",
    "first that it is done, then the sum",
    "async function addUp(message: Message, store: Store) { const { sum, done } = await store.read(); if (!done.includes(message.id)) { await store.write({ sum, done: [...done, message.id] }); await store.write({ sum: sum + message.value, done: [...done, message.id] }); } message.ack(); }",
    /it is 0/,
  ],
  [
    "12.2",
    "a duplicate is not acknowledged",
    "async function addUp(message: Message, store: Store) { const { sum, done } = await store.read(); if (done.includes(message.id)) return; await store.write({ sum: sum + message.value, done: [...done, message.id] }); message.ack(); }",
    /it never was, and came 6 times/,
  ],
  [
    "12.2",
    "only what is delivered once counts",
    "async function addUp(message: Message, store: Store) { const { sum, done } = await store.read(); if (message.deliveries === 1) await store.write({ sum: sum + message.value, done }); message.ack(); }",
    /it is 0/,
  ],
  [
    "12.2",
    "remembered in memory",
    "const seen = new Set<number>(); async function addUp(message: Message, store: Store) { const { sum, done } = await store.read(); if (!seen.has(message.id)) { seen.add(message.id); await store.write({ sum: sum + message.value, done }); } message.ack(); }",
    /it is 0/,
  ],
  [
    "12.2",
    "the write not awaited",
    "async function addUp(message: Message, store: Store) { const { sum, done } = await store.read(); if (!done.includes(message.id)) store.write({ sum: sum + message.value, done: [message.id] }); message.ack(); }",
    /it is/,
  ],
  [
    "12.3",
    "set aside at once",
    "async function handleOrSetAside(message: Message, work: Work, setAside: SetAside) { try { await work(message.value); } catch { await setAside(message.id); } message.ack(); }",
    /it was tried 1 time$/,
  ],
  [
    "12.3",
    "one delivery too many",
    "async function handleOrSetAside(message: Message, work: Work, setAside: SetAside) { try { await work(message.value); } catch (error) { if (message.deliveries <= 3) throw error; await setAside(message.id); } message.ack(); }",
    /it was tried 4 times/,
  ],
  [
    "12.3",
    "set aside, and not acknowledged",
    "async function handleOrSetAside(message: Message, work: Work, setAside: SetAside) { try { await work(message.value); message.ack(); } catch { if (message.deliveries === 3) await setAside(message.id); } }",
    /it was tried 6 times/,
  ],
  [
    "12.3",
    "acknowledged, and not set aside",
    "async function handleOrSetAside(message: Message, work: Work, setAside: SetAside) { try { await work(message.value); } catch (error) { if (message.deliveries < 3) throw error; } message.ack(); }",
    /it was set aside 0 times/,
  ],
  [
    "12.3",
    "acknowledged in a finally",
    "async function handleOrSetAside(message: Message, work: Work, setAside: SetAside) { try { await work(message.value); } catch (error) { if (message.deliveries < 3) throw error; await setAside(message.id); } finally { message.ack(); } }",
    /it was tried 1 time$/,
  ],
  [
    "12.3",
    "all that comes a third time is set aside, and never tried",
    "async function handleOrSetAside(message: Message, work: Work, setAside: SetAside) { if (message.deliveries === 3) await setAside(message.id); else await work(message.value); message.ack(); }",
    /it was tried 2 times/,
  ],
];

/** A loop for exercise 11.3. */
const LOOP =
  "class MyLoop { readonly ready: Resume[] = []; sleepers: { due: number; resume: Resume }[] = []; sleep(seconds: number): Wait { return { kind: 'sleep', then: (resume) => { const due = now() + seconds; const at = this.sleepers.findIndex((it) => it.due > due); this.sleepers.splice(at < 0 ? this.sleepers.length : at, 0, { due, resume }); } }; } step(task: Task): void { const { done, value } = task.next(); if (done) return; value.then(() => this.ready.push(() => this.step(task))); } run(tasks: Task[]) { this.ready.push(...tasks.map((task) => () => this.step(task))); for (;;) { const next = this.ready.shift(); if (next) next(); else if (this.sleepers.length === 0) return; else { const { due, resume } = this.sleepers.shift()!; sleepSync(Math.max(0, due - now())); resume(); } } } }";

/** Right answers, written otherwise than the solution. */
const RIGHT: [number: string, name: string, code: string][] = [
  [
    "1.1",
    "arrow functions",
    "const totalTime = (n: number, p: number, w: number) => n * p + n * w; const firstLatency = (n: number, p: number) => p * n;",
  ],
  ["1.3", "an async function", "async function later(value: number) { return value; }"],
  [
    "1.3",
    "a chain",
    "function later(value: number): unknown { return Promise.resolve().then(() => value); }",
  ],
  [
    "3.1",
    "recursion",
    "async function generateData(num: number, data: Queue<Item>, i = 1): Promise<void> { if (i > num) return; await data.put([i * i, now()]); generated(i); await sleep(random() + 0.5); await generateData(num, data, i + 1); }",
  ],
  [
    "3.1",
    "a chain",
    "function generateData(num: number, data: Queue<Item>) { let all = Promise.resolve(); for (let i = 1; i <= num; i++) all = all.then(() => data.put([i * i, now()])).then(() => generated(i)).then(() => sleep(random() + 0.5)); return all; }",
  ],
  [
    "3.1",
    "while and other names",
    "async function generateData(many: number, box: Queue<Item>) { let k = 0; while (k < many) { k += 1; const item: Item = [k ** 2, now()]; const placed = box.put(item); await placed; generated(k); const rest = sleep(0.5 + random()); await rest; } }",
  ],
  [
    "3.1",
    "a helper",
    "async function step(i: number, data: Queue<Item>) { await data.put([i * i, now()]); generated(i); await sleep(random() + 0.5); } async function generateData(num: number, data: Queue<Item>) { for (let i = 1; i <= num; i++) await step(i, data); }",
  ],
  [
    "3.2",
    "recursion",
    "async function processData(num: number, data: Queue<Item>): Promise<void> { if (num === 0) return; const [value, time] = await data.get(); processed(value, now() - time); await sleep(0.5); return processData(num - 1, data); }",
  ],
  [
    "3.2",
    "a chain",
    "function processData(num: number, data: Queue<Item>): PromiseLike<void> { return num > 0 ? data.get().then(([value, time]) => { processed(value, now() - time); return sleep(0.5); }).then(() => processData(num - 1, data)) : Promise.resolve(); }",
  ],
  [
    "3.2",
    "while and a future in a variable",
    "async function processData(count: number, queue: Queue<Item>) { while (count-- > 0) { const next = queue.get(); const item = await next; processed(item[0], now() - item[1]); await sleep(0.5); } }",
  ],
  [
    "3.2",
    "for await",
    "async function processData(num: number, data: Queue<Item>) { let done = 0; if (num === 0) return; for await (const [value, time] of data) { processed(value, now() - time); await sleep(0.5); if (++done === num) break; } }",
  ],
  [
    "3.3",
    "a chain",
    "function relay(num: number, source: Queue<Item>, target: Queue<Item>): PromiseLike<void> { return num > 0 ? source.get().then((item) => sleep(0.2).then(() => target.put(item))).then(() => relay(num - 1, source, target)) : Promise.resolve(); }",
  ],
  [
    "3.3",
    "a nested await",
    "async function relay(n: number, a: Queue<Item>, b: Queue<Item>) { while (n--) await b.put(await a.get().then(async (item) => { await sleep(0.2); return item; })); }",
  ],
  [
    "4.1",
    "async, with an await",
    "async function main(producers: number, items: number) { const loop = new EventLoop(); const data = new Queue<Item>(); const made = Array.from({ length: producers }, () => loop.createTask(generateData, items, data)); await loop.runUntilComplete(gather(...made, loop.createTask(processData, producers * items, data))); }",
  ],
  [
    "4.1",
    "one task that starts the others",
    "function main(producers: number, items: number) { const loop = new EventLoop(); const data = new Queue<Item>(); const all = async () => { const tasks = Array.from({ length: producers }, () => loop.createTask(generateData, items, data)); await processData(producers * items, data); for (const task of tasks) await task; }; return loop.runUntilComplete(loop.createTask(all)); }",
  ],
  [
    "4.3",
    "a task for each item",
    "function mainMany(producers: number, consumers: number, items: number) { const loop = new EventLoop(); const data = new Queue<Item>(); const tasks = []; for (let i = 0; i < producers; i++) tasks.push(loop.createTask(generateData, items, data)); for (let i = 0; i < producers * items; i++) tasks.push(loop.createTask(processData, 1, data)); return loop.runUntilComplete(gather(...tasks)); }",
  ],
  [
    "4.3",
    "a sentinel for each consumer",
    "function mainMany(producers: number, consumers: number, items: number) { const loop = new EventLoop(); const data = new Queue<Item | null>(); const consume = async function processData() { for (;;) { const item = await data.get(); if (!item) return; processed(item[0], now() - item[1]); await sleep(0.5); } }; const feed = async () => { await gather(...Array.from({ length: producers }, () => loop.createTask(generateData, items, data as Queue<Item>))); for (let i = 0; i < consumers; i++) await data.put(null); }; return loop.runUntilComplete(gather(loop.createTask(feed), ...Array.from({ length: consumers }, () => loop.createTask(consume)))); }",
  ],
  [
    "4.3",
    "a count of those begun",
    "function mainMany(producers: number, consumers: number, items: number) { const loop = new EventLoop(); const data = new Queue<Item>(); let begun = 0; const consume = async function processData() { while (begun < producers * items) { begun++; const [value, time] = await data.get(); processed(value, now() - time); await sleep(0.5); } }; return loop.runUntilComplete(gather(...Array.from({ length: producers }, () => loop.createTask(generateData, items, data)), ...Array.from({ length: consumers }, () => loop.createTask(consume)))); }",
  ],
  [
    "4.3",
    "Promise.all inside a task",
    "function mainMany(producers: number, consumers: number, items: number) { const loop = new EventLoop(); const data = new Queue<Item>(); const all = producers * items; const run = async () => { await Promise.all([...Array.from({ length: producers }, () => loop.createTask(generateData, items, data)), ...Array.from({ length: consumers }, (_, i) => loop.createTask(processData, Math.floor((all + i) / consumers), data))]); }; return loop.runUntilComplete(loop.createTask(run)); }",
  ],
  [
    "4.2",
    "an async function",
    "const mainBounded = async (producers: number, items: number, limit: number) => { const loop = new EventLoop(); const data = new Queue<Item>(limit); const start = () => [...Array(producers)].map(() => loop.createTask(generateData, items, data)); return await loop.runUntilComplete(gather(...start(), loop.createTask(processData, producers * items, data))); };",
  ],
  [
    "4.4",
    "a task for each item",
    "function mainQuick(producers: number, items: number) { const loop = new EventLoop(); const data = new Queue<Item>(); const tasks = []; for (let i = 0; i < producers; i++) tasks.push(loop.createTask(generateData, items, data)); for (let i = 0; i < producers * items; i++) tasks.push(loop.createTask(processData, 1, data)); return loop.runUntilComplete(gather(...tasks)); }",
  ],
  [
    "4.4",
    "three consumers",
    "function mainQuick(producers: number, items: number) { return mainMany(producers, 3, items); }",
  ],
  [
    "4.4",
    "six consumers",
    "function mainQuick(producers: number, items: number) { return mainMany(producers, 6, items); }",
  ],
  [
    "5.1",
    "tasks awaited one by one",
    "async function breakfast(loop: EventLoop) { const tasks = [loop.createTask(make, 'tea', 3), loop.createTask(make, 'toast', 2), loop.createTask(make, 'eggs', 4)]; const all = []; for (const task of tasks) all.push(await task); return all; }",
  ],
  [
    "5.1",
    "Promise.all of tasks",
    "function breakfast(loop: EventLoop) { return Promise.all(([['tea', 3], ['toast', 2], ['eggs', 4]] as const).map(([what, time]) => loop.createTask(make, what, time))); }",
  ],
  [
    "5.1",
    "Promise.all of calls",
    "async function breakfast(_loop: EventLoop) { return await Promise.all([make('tea', 3), make('toast', 2), make('eggs', 4)]); }",
  ],
  [
    "5.3",
    "awaited one by one",
    "async function plainTwin(num: number) { const data = new PlainQueue<Item>(); const produce = async () => { let i = 0; while (i < num) { i++; await data.put([i * i, now()]); generated(i); await pause(random() + 0.5); } }; const consume = async (left: number): Promise<void> => { if (!left) return; const [value, time] = await data.get(); processed(value, now() - time); await pause(0.5); await consume(left - 1); }; const [a, b] = [produce(), consume(num)]; await a; await b; }",
  ],
  [
    "5.2",
    "started, then awaited",
    "async function loadAll(addresses: string[], load: (address: string) => Promise<string>) { const begun = addresses.map((a) => load(a)); const pages = []; for (const page of begun) pages.push(await page); return pages; }",
  ],
  [
    "5.2",
    "by its place",
    "async function loadAll(addresses: string[], load: (address: string) => Promise<string>) { const pages: string[] = []; await Promise.all(addresses.map(async (address, i) => { pages[i] = await load(address); })); return pages; }",
  ],
  [
    "5.2",
    "no async",
    "const loadAll = (addresses: string[], load: (address: string) => Promise<string>) => Promise.all(addresses.map((address) => load(address)));",
  ],
  [
    "11.1",
    "in rounds",
    "function runInTurn(tasks: Generator[]) { while (tasks.length > 0) tasks = tasks.filter((task) => !task.next().done); }",
  ],
  [
    "11.1",
    "recursion",
    "function runInTurn([task, ...others]: Generator[]): void { if (task) runInTurn(task.next().done ? others : [...others, task]); }",
  ],
  [
    "11.2",
    "the earliest, each time",
    "function runSleepers(tasks: Generator<number>[]) { let all = tasks.map((task) => ({ due: now(), task })); while (all.length > 0) { const next = all.reduce((a, b) => b.due < a.due ? b : a); if (next.due > now()) sleepSync(next.due - now()); const { done, value } = next.task.next(); all = all.filter((it) => it !== next); if (!done) all.push({ due: now() + value, task: next.task }); } }",
  ],
  [
    "11.2",
    "a map of times",
    "function runSleepers(tasks: Generator<number>[]) { const times = new Map(tasks.map((task) => [task, now()])); while (times.size > 0) { const [task, due] = [...times].sort(([, a], [, b]) => a - b)[0]; sleepSync(Math.max(0, due - now())); const { done, value } = task.next(); if (done) times.delete(task); else times.set(task, now() + value); } }",
  ],
  [
    "11.3",
    "all who wait are woken, and get calls itself",
    `${LOOP} class MyQueue<T> { items: T[] = []; waiting: Resume[] = []; put(item: T) { this.items.push(item); for (const resume of this.waiting.splice(0)) resume(); } *get(): Generator<Wait, T> { if (this.items.length > 0) return this.items.shift()!; yield { kind: 'get', then: (resume) => void this.waiting.push(resume) }; return yield* this.get(); } }`,
  ],
  [
    "11.3",
    "an item is handed over",
    `${LOOP} class MyQueue<T> { items: T[] = []; waiting: ((item: T) => void)[] = []; put(item: T) { const give = this.waiting.shift(); if (give) give(item); else this.items.push(item); } *get(): Generator<Wait, T> { if (this.items.length > 0) return this.items.shift()!; let given: T; yield { kind: 'get', then: (resume) => void this.waiting.push((item) => { given = item; resume(); }) }; return given!; } }`,
  ],
  [
    "9.1",
    "a catch for each",
    "async function getEach(pages: number[], get: Get) { return await Promise.all(pages.map((page) => get(page).catch(() => undefined))); }",
  ],
  [
    "9.1",
    "by its place",
    "async function getEach(pages: number[], get: Get) { const texts: (string | undefined)[] = pages.map(() => undefined); const each = async (page: number, i: number) => { try { texts[i] = await get(page); } catch { /* as it was */ } }; await Promise.all(pages.map(each)); return texts; }",
  ],
  [
    "9.2",
    "a race of those that run",
    "async function mapLimit<T, R>(items: T[], limit: number, fn: (item: T) => Promise<R>) { const results: R[] = []; const running = new Set<Promise<void>>(); for (const [i, item] of items.entries()) { const call: Promise<void> = fn(item).then((it) => { results[i] = it; running.delete(call); }); running.add(call); if (running.size >= limit) await Promise.race(running); } await Promise.all(running); return results; }",
  ],
  [
    "9.2",
    "workers on one iterator",
    "async function mapLimit<T, R>(items: T[], limit: number, fn: (item: T) => Promise<R>) { const results: R[] = []; const left = items.entries(); const worker = async () => { for (const [i, item] of left) results[i] = await fn(item); }; await Promise.all(Array(limit).fill(0).map(worker)); return results; }",
  ],
  [
    "9.2",
    "a gate in front of each",
    "async function mapLimit<T, R>(items: T[], limit: number, fn: (item: T) => Promise<R>) { let free = limit; const waiting: (() => void)[] = []; return await Promise.all(items.map(async (item) => { if (free > 0) free--; else await new Promise<void>((go) => waiting.push(go)); try { return await fn(item); } finally { const next = waiting.shift(); if (next) next(); else free++; } })); }",
  ],
  [
    "9.3",
    "recursion",
    "async function retry<T>(ask: () => Promise<T>, tries: number, seconds: number): Promise<T> { try { return await ask(); } catch (error) { if (tries === 1) throw error; await pause(seconds); return await retry(ask, tries - 1, 2 * seconds); } }",
  ],
  [
    "9.3",
    "a chain",
    "function retry<T>(ask: () => Promise<T>, tries: number, seconds: number): Promise<T> { return ask().catch((error) => { if (tries <= 1) throw error; return pause(seconds).then(() => retry(ask, tries - 1, 2 * seconds)); }); }",
  ],
  [
    "12.1",
    "a chain",
    "function handle(message: Message, work: Work) { return work(message.value).then(() => message.ack()); }",
  ],
  [
    "12.1",
    "an arrow function",
    "const handle = async ({ value, ack }: Message, work: Work) => { await work(value); ack(); };",
  ],
  [
    "12.2",
    "what is done returns early",
    "async function addUp(message: Message, store: Store) { const { sum, done } = await store.read(); if (done.includes(message.id)) return message.ack(); await store.write({ sum: sum + message.value, done: done.concat(message.id) }); message.ack(); }",
  ],
  [
    "12.2",
    "a state of its own",
    "async function addUp(message: Message, store: Store) { const { done } = await store.read(); const all = [...new Set([...done, message.id])]; await store.write({ sum: all.reduce((sum, id) => sum + id, 0), done: all }); message.ack(); }",
  ],
  [
    "12.3",
    "what fails is not acknowledged, without a throw",
    "async function handleOrSetAside(message: Message, work: Work, setAside: SetAside) { let isDone = true; try { await work(message.value); } catch { isDone = false; } if (!isDone && message.deliveries < 3) return; if (!isDone) await setAside(message.id); message.ack(); }",
  ],
  [
    "12.3",
    "a chain",
    "function handleOrSetAside(message: Message, work: Work, setAside: SetAside) { return work(message.value).catch((error) => { if (message.deliveries < 3) throw error; return setAside(message.id); }).then(() => message.ack()); }",
  ],
];

for (const [number, name, code, happened] of WRONG) {
  Deno.test(`${number}: ${name}: is found`, async () => {
    const finding = (await tried(number, code)).failed?.finding;
    assert.ok(finding, "it passes");
    assert.match(finding.happened, happened);
  });
}

for (const [number, name, code] of RIGHT) {
  Deno.test(`${number}: ${name}: passes`, async () => {
    const { failed } = await tried(number, code);
    assert.equal(failed && `${failed.words}: ${failed.finding.message}`, undefined);
  });
}
