import { type RightAnswer, testAnswers, type WrongAnswer } from "./testdata/answers.ts";

const sleep = (body: string) => `function sleep(seconds: number, value: unknown): unknown { ${body} }`;
const promisify = (body: string) => `function promisify(fn: (...args: any[]) => unknown): any { ${body} }`;
const all = (body: string) => `function all(values: any[]): unknown { ${body} }`;

const WRONG: WrongAnswer[] = [
  [
    "6.1",
    "milliseconds forgotten",
    sleep("return new Promise((done) => setTimeout(() => done(value), seconds))"),
    /it took 0\.00/,
  ],
  [
    "6.1",
    "called at once",
    sleep("return new Promise((done: any) => setTimeout(done(value), 1000 * seconds))"),
    /it took 0\.00 s/,
  ],
  [
    "6.1",
    "the value lost",
    sleep("return new Promise((done: any) => setTimeout(done, 1000 * seconds))"),
    /it gives undefined/,
  ],
  [
    "6.1",
    "a timer awaited",
    `async ${sleep("await setTimeout(() => {}, 1000 * seconds); return value")}`,
    /it took 0\.00 s/,
  ],
  ["6.1", "no promise", sleep("setTimeout(() => value, 1000 * seconds)"), /it gave undefined/],
  [
    "6.1",
    "never resolved",
    sleep("return new Promise(() => setTimeout(() => value, 1000 * seconds))"),
    /can never end/,
  ],
  [
    "6.2",
    "a promise, not a function",
    promisify("return new Promise((resolve) => fn(resolve))"),
    /it gave "a promise"/,
  ],
  [
    "6.2",
    "no arguments",
    promisify(
      "return () => new Promise((ok, no) => fn(1, 2, (e: unknown, it: unknown) => e ? no(e) : ok(it)))",
    ),
    /it gives 3/,
  ],
  [
    "6.2",
    "resolve as the callback",
    promisify("return (...args: any[]) => new Promise((ok) => fn(...args, ok))"),
    /it gives null/,
  ],
  [
    "6.2",
    "errors not heard",
    promisify(
      "return (...args: any[]) => new Promise((ok) => fn(...args, (_: unknown, it: unknown) => ok(it)))",
    ),
    /it gives undefined/,
  ],
  [
    "6.2",
    "0 taken for nothing",
    promisify(
      "return (...args: any[]) => new Promise((ok, no) => fn(...args, (e: unknown, it: unknown) => it ? ok(it) : no(e)))",
    ),
    /it fails with "null"/,
  ],
  [
    "6.2",
    "one promise for all calls",
    promisify(
      "let all: any; return (...args: any[]) => all ??= new Promise((ok, no) => fn(...args, (e: unknown, it: unknown) => e ? no(e) : ok(it)))",
    ),
    /it gives 3/,
  ],
  [
    "6.3",
    "the empty list forgotten",
    all(
      "return new Promise((ok, no) => { let n = values.length; const all: any[] = []; values.forEach((v, i) => Promise.resolve(v).then((it) => { all[i] = it; if (--n === 0) ok(all); }, no)); })",
    ),
    /can never end/,
  ],
  [
    "6.3",
    "failures not passed on",
    all(
      "return new Promise((ok) => { let n = values.length; const all: any[] = []; if (!n) ok(all); values.forEach((v, i) => Promise.resolve(v).then((it) => { all[i] = it; if (--n === 0) ok(all); }, () => {})); })",
    ),
    /can never end/,
  ],
  [
    "6.3",
    "whoever is first comes first",
    all(
      "return new Promise((ok, no) => { const all: any[] = []; if (!values.length) ok(all); values.forEach((v) => Promise.resolve(v).then((it) => { if (all.push(it) === values.length) ok(all); }, no)); })",
    ),
    /it gives \["value 2","value 1"\]/,
  ],
  [
    "6.3",
    "the length as a count",
    all(
      "return new Promise((ok, no) => { const all: any[] = []; if (!values.length) ok(all); values.forEach((v, i) => Promise.resolve(v).then((it) => { all[i] = it; if (all.length === values.length) ok(all); }, no)); })",
    ),
    /it gives \[undefined,"value 2"\]/,
  ],
  [
    "6.3",
    "then of what is no promise",
    all(
      "return new Promise((ok, no) => { let n = values.length; const all: any[] = []; if (!n) ok(all); values.forEach((v, i) => v.then((it: any) => { all[i] = it; if (--n === 0) ok(all); }, no)); })",
    ),
    /then is not a function/,
  ],
  [
    "6.3",
    "the failures as values",
    all("return Promise.allSettled(values).then((all) => all.map((it: any) => it.value ?? it.reason))"),
    /it gives \[{}\]/,
  ],
  ["6.3", "Promise.all itself", all("return Promise.all(values)"), /Promise\.all is not a function/],
  [
    "6.3",
    "Promise.all, awaited",
    `async ${all("return await Promise.all(values)")}`,
    /Promise\.all is not a function/,
  ],
  [
    "6.3",
    "started, then awaited",
    `async ${
      all(
        "const all = []; for (const v of values.map((it) => Promise.resolve(it))) all.push(await v); return all",
      )
    }`,
    /it took 3\.00 s/,
  ],
];

const RIGHT: RightAnswer[] = [
  [
    "6.1",
    "arguments of setTimeout",
    sleep("return new Promise((done: any) => setTimeout(done, 1000 * seconds, value))"),
  ],
  [
    "6.1",
    "async",
    `async ${
      sleep("await new Promise<void>((done) => setTimeout(() => done(), seconds * 1e3)); return value")
    }`,
  ],
  [
    "6.1",
    "a chain",
    sleep("return new Promise<void>((done) => setTimeout(done, seconds * 1000)).then(() => value)"),
  ],
  [
    "6.2",
    "a conditional",
    promisify(
      "return (...args: any[]) => new Promise((ok, no) => fn(...args, (e: unknown, it: unknown) => e ? no(e) : ok(it)))",
    ),
  ],
  [
    "6.2",
    "async, and it throws",
    promisify(
      "return async function (...args: any[]) { const [e, it]: any[] = await new Promise((done) => fn(...args, (...end: any[]) => done(end))); if (e !== null) throw e; return it; }",
    ),
  ],
  [
    "6.3",
    "await in functions",
    all(
      "return new Promise(async (ok, no) => { try { const all: any[] = []; const left = values.map(async (v, i) => { try { all[i] = await v; } catch (e) { no(e); } }); for (const it of left) await it; ok(all); } catch (e) { no(e); } })",
    ),
  ],
  [
    "6.3",
    "counting up",
    all(
      "return new Promise((ok, no) => { let done = 0; const all = Array(values.length); const end = () => done === values.length && ok(all); end(); for (const [i, v] of values.entries()) Promise.resolve(v).then((it) => { all[i] = it; done++; end(); }).catch(no); })",
    ),
  ],
  [
    "6.3",
    "two and two, with races",
    all(
      "const fail = new Promise((_, no) => values.forEach((v) => Promise.resolve(v).catch(no))); const list = (async () => { const all = []; for (const v of values) all.push(await v); return all; })(); list.catch(() => {}); return Promise.race([list, fail])",
    ),
  ],
];

testAnswers([...WRONG, ...RIGHT]);
