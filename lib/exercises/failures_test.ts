import { type Answer, testAnswers } from "./testdata/answers.ts";

/** Answers that look right and are not, with what is expected of the words that the check finds; and others that are. */
const answers: Answer[] = [
  [
    "8.1",
    "one after the other",
    "async (tasks) => { const all = []; for (const it of tasks) all.push(await it); return all; }",
    /it ended after 2\.00 s/,
  ],
  [
    "8.1",
    "the error is swallowed",
    "async (tasks) => { try { return await gather(...tasks); } catch { tasks.forEach((it) => it.cancel()); } }",
    /it returned undefined/,
  ],
  [
    "8.1",
    "another error",
    "async (tasks) => { try { return await gather(...tasks); } catch (error) { tasks.forEach((it) => it.cancel()); throw new Error(`failed: ${error}`); } }",
    /it threw Error: failed/,
  ],
  [
    "8.1",
    "allSettled",
    "async (tasks) => { const all = await Promise.allSettled(tasks); for (const it of all) if (it.status === 'rejected') throw it.reason; return all.map((it) => it.value); }",
    /it ended after 2\.00 s/,
  ],
  [
    "8.1",
    "only the first is cancelled",
    "async (tasks) => { try { return await gather(...tasks); } catch (error) { tasks[0].cancel(); throw error; } }",
    /one went on until 2\.00 s/,
  ],
  [
    "8.1",
    "no results",
    "async (tasks) => { try { await gather(...tasks); } catch (error) { tasks.forEach((it) => it.cancel()); throw error; } }",
    /it gave undefined/,
  ],
  [
    "8.1",
    "the results in another order",
    "async (tasks) => { const all = []; try { await Promise.all(tasks.map((it) => it.then((value) => all.push(value)))); return all; } catch (error) { tasks.forEach((it) => it.cancel()); throw error; } }",
    /it gave \["1 s","2 s"\]/,
  ],
  [
    "8.1",
    "Promise.all",
    "async (tasks) => { try { return await Promise.all(tasks); } catch (error) { tasks.forEach((it) => it.cancel()); throw error; } }",
  ],
  [
    "8.1",
    "a finally",
    "async (tasks) => { try { return await gather(...tasks); } finally { for (const it of tasks) it.cancel(); } }",
  ],
  [
    "8.1",
    "a catch",
    "(tasks) => gather(...tasks).catch((error) => { tasks.map((it) => it.cancel()); throw error; })",
  ],

  ["8.2", "throws", "async (seconds, queue) => await timeout(seconds, queue.get())", /took longer than 1 s/],
  [
    "8.2",
    "asks again and again",
    "async (seconds, queue) => { for (let i = 0; i < 10; i++) { if (!queue.empty) return queue.getNowait(); await sleep(seconds / 10); } }",
    /it was returned at|it was never/,
  ],
  [
    "8.2",
    "looks only at the end",
    "async (seconds, queue) => { await sleep(seconds); return queue.empty ? undefined : queue.getNowait(); }",
    /it was returned at 1\.00 s/,
  ],
  [
    "8.2",
    "puts it back",
    "async (seconds, queue) => { const item = queue.get(); let late = false; item.then((it) => late && queue.put(it)); const first = await Promise.race([item, sleep(seconds)]); late = first === undefined; return first; }",
    /./,
  ],
  ["8.2", "waits for ever", "async (_seconds, queue) => await queue.get()", /can never end/],
  [
    "8.2",
    "cancels in any case",
    "async (seconds, queue) => { const item = queue.get(); const first = await Promise.race([item, sleep(seconds).then(() => undefined)]); item.cancel(); return first; }",
  ],
  [
    "8.2",
    "cancels the sleep",
    "async (seconds, queue) => { const pause = sleep(seconds); const first = await Promise.race([queue.get(), pause]); pause.cancel(); return first; }",
    /it was never seen again/,
  ],
  [
    "8.2",
    "timeout and catch",
    "async (seconds, queue) => { try { return await timeout(seconds, queue.get()); } catch (error) { if (error instanceof TimeoutError) return; throw error; } }",
  ],
  ["8.2", "a chain", "(seconds, queue) => timeout(seconds, queue.get()).catch(() => undefined)"],
  [
    "8.2",
    "done",
    "async (seconds, queue) => { const item = queue.get(); await Promise.race([item, sleep(seconds)]); if (item.done) return await item; item.cancel(); }",
  ],

  [
    "8.3",
    "resolves",
    "(seconds, signal) => new Promise((resolve) => { if (signal.aborted) return resolve(); setTimeout(resolve, 1000 * seconds); signal.addEventListener('abort', () => resolve()); })",
    /it returned undefined/,
  ],
  [
    "8.3",
    "aborted before",
    "(seconds, signal) => new Promise((resolve, reject) => { setTimeout(resolve, 1000 * seconds); signal.addEventListener('abort', () => reject(signal.reason)); })",
    /it ended after 2\.00 s/,
  ],
  [
    "8.3",
    "an error of its own",
    "(seconds, signal) => new Promise((resolve, reject) => { const end = () => reject(new Error('aborted')); if (signal.aborted) end(); setTimeout(resolve, 1000 * seconds); signal.addEventListener('abort', end); })",
    /it threw Error: aborted/,
  ],
  [
    "8.3",
    "looks at the end",
    "(seconds, signal) => new Promise((resolve, reject) => { setTimeout(() => signal.aborted ? reject(signal.reason) : resolve(), 1000 * seconds); })",
    /it ended after 2\.00 s/,
  ],
  [
    "8.3",
    "milliseconds",
    "(seconds, signal) => new Promise((resolve, reject) => { if (signal.aborted) reject(signal.reason); setTimeout(resolve, seconds); signal.addEventListener('abort', () => reject(signal.reason)); })",
    /it ended after 0\.00 s/,
  ],
  [
    "8.3",
    "onabort, of which a signal has one",
    "async (seconds, signal) => { signal.throwIfAborted(); await new Promise((resolve, reject) => { const timer = setTimeout(resolve, 1000 * seconds); signal.onabort = () => { clearTimeout(timer); reject(signal.reason); }; }); }",
    /it ended after 2\.00 s/,
  ],
  [
    "8.3",
    "async, throwIfAborted",
    "async (seconds, signal) => { signal.throwIfAborted(); await new Promise((resolve, reject) => { const timer = setTimeout(resolve, 1000 * seconds); signal.addEventListener('abort', () => { clearTimeout(timer); reject(signal.reason); }); }); }",
  ],
  [
    "8.3",
    "a race",
    "async (seconds, signal) => { if (signal.aborted) throw signal.reason; await Promise.race([new Promise((resolve) => setTimeout(resolve, 1000 * seconds)), new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))]); }",
  ],
];

const names: Record<string, string> = { "8.1": "allOrNothing", "8.2": "getWithin", "8.3": "pause" };

testAnswers(answers.map(([number, name, code, happened]) => {
  const before = number === "8.2" ? 'import { TimeoutError } from "@course/lib";\n' : "";
  return [number, name, `${before}const ${names[number]}: any = ${code};`, happened];
}));
