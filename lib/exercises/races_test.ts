import { type RightAnswer, testAnswers, type WrongAnswer } from "./testdata/answers.ts";

const add = (body: string) => `async function addSafely(store: Store, lock: Lock) { ${body} }`;
const plus = "const it = await store.read(); await store.write(it + 1);";
const load = (body: string, before = "") =>
  `${before}\nasync function loadOnce(cache: Map<string, any>, address: string, load: any) { ${body} }`;
const answer = (a: string, b: string, c: string, d: string, e: string) =>
  `const mayStepIn = { a: ${a}, b: ${b}, c: ${c}, d: ${d}, e: ${e} };`;

const WRONG: WrongAnswer[] = [
  ["7.1", "everywhere", answer("true", "true", "true", "true", "true"), /yours is true/],
  ["7.1", "at the call of write", answer("true", "false", "true", "false", "true"), /yours is true/],
  ["7.1", "at the end alone", answer("false", "false", "false", "false", "true"), /yours is false/],
  ["7.1", "words", answer('"true"', "false", "false", "false", "true"), /yours is true/],
  [
    "7.2",
    "read outside of the lock",
    add(
      "const it = await store.read(); await lock.acquire(); try { await store.write(it + 1); } finally { lock.release(); }",
    ),
    /they made 1/,
  ],
  [
    "7.2",
    "a lock for each",
    add(`const own = new Lock(); await own.acquire(); try { ${plus} } finally { own.release(); }`),
    /they made 1/,
  ],
  [
    "7.2",
    "released before it is written",
    add(
      "await lock.acquire(); const it = await store.read(); const end = store.write(it + 1); lock.release(); await end;",
    ),
    /they made 4/,
  ],
  [
    "7.2",
    "the write not awaited",
    add("await lock.acquire(); try { store.write(await store.read() + 1); } finally { lock.release(); }"),
    /it made 0/,
  ],
  [
    "7.2",
    "acquire not awaited",
    add(`lock.acquire(); try { ${plus} } finally { lock.release(); }`),
    /acquire\(…\) in worker was never awaited/,
  ],
  ["7.2", "never released", add(`await lock.acquire(); ${plus}`), /waits for its turn at a Lock/],
  [
    "7.2",
    "not released after a failure",
    add(`await lock.acquire(); ${plus} lock.release();`),
    /waits for its turn at a Lock/,
  ],
  [
    "7.2",
    "one lock for the reading, one for the writing",
    add(
      "await lock.acquire(); const it = await store.read(); lock.release(); await lock.acquire(); try { await store.write(it + 1); } finally { lock.release(); }",
    ),
    /they made 1/,
  ],
  ["7.2", "a look at it first", add(`while (lock.locked) await sleep(0.1); ${plus}`), /they made 1/],
  [
    "7.2",
    "read again before it is written",
    add(
      "const it = await store.read(); if (await store.read() === it) await store.write(it + 1); else await addSafely(store, lock);",
    ),
    /they made 1/,
  ],
  [
    "7.3",
    "the text, after the load",
    load("const text = cache.get(address) ?? await load(address); cache.set(address, text); return text"),
    /there are 2/,
  ],
  [
    "7.3",
    "asked twice",
    load(
      "if (!cache.has(address)) { await null; if (!cache.has(address)) cache.set(address, await load(address)); } return cache.get(address)",
    ),
    /there are 2/,
  ],
  [
    "7.3",
    "a promise in the cache, as a text",
    load("if (!cache.has(address)) cache.set(address, load(address)); return [cache.get(address)]"),
    /it gave \[object Promise\]/,
  ],
  [
    "7.3",
    "one line for all pages",
    load(
      "const before = last; let done = () => {}; last = new Promise<void>((go) => done = go); await before; if (!cache.has(address)) cache.set(address, await load(address)); done(); return await cache.get(address)",
      "let last: Promise<void> = Promise.resolve();",
    ),
    /it was there at 2\.00 s/,
  ],
  [
    "7.3",
    "one promise for all pages",
    load("only ??= load(address); return await only", "let only: any;"),
    /./,
  ],
  [
    "7.3",
    "busy waiting",
    load(
      "if (cache.get(address) === 'soon') { while (cache.get(address) === 'soon') await new Promise((go) => setTimeout(go, 300)); } else if (!cache.has(address)) { cache.set(address, 'soon'); cache.set(address, await load(address)); } return cache.get(address)",
    ),
    /it was there at 1\.20 s/,
  ],
];

const RIGHT: RightAnswer[] = [
  [
    "7.2",
    "with a return",
    add(
      "await lock.acquire(); try { return await store.write(await store.read() + 1); } finally { lock.release(); }",
    ),
  ],
  [
    "7.2",
    "a catch that throws on",
    add(`await lock.acquire(); try { ${plus} } catch (e) { lock.release(); throw e; } lock.release();`),
  ],
  [
    "7.2",
    "a helper",
    `async function locked(lock: Lock, work: () => Promise<void>) { await lock.acquire(); try { await work(); } finally { lock.release(); } } const addSafely = (store: Store, lock: Lock) => locked(lock, async () => { ${plus} });`,
  ],
  [
    "7.2",
    "a lock of its own for all",
    `const ours = new Map<Store, Lock>(); ${
      add(
        `if (!ours.has(store)) ours.set(store, new Lock()); const l = ours.get(store)!; await l.acquire(); try { ${plus} } finally { l.release(); }`,
      )
    }`,
  ],
  [
    "7.3",
    "no await",
    "const loadOnce = (cache: Map<string, any>, address: string, load: any) => { let it = cache.get(address); if (!it) cache.set(address, it = load(address)); return it; };",
  ],
  [
    "7.3",
    "the text once it is there",
    load(
      "if (!cache.has(address)) { const soon = load(address); cache.set(address, soon); cache.set(address, await soon); } return await cache.get(address)",
    ),
  ],
  [
    "7.3",
    "in one expression",
    load("return await (cache.get(address) ?? cache.set(address, load(address)).get(address))"),
  ],
];

testAnswers([...WRONG, ...RIGHT]);
