import assert from "node:assert/strict";
import { findings } from "./findings.ts";

/** Returns the findings in code, each as the underlined code and the message. */
const found = (code: string, before?: string) =>
  findings(code, before).map(({ start, end, message }) => `${code.slice(start, end)} <- ${message}`);

/** Code, and the rules of typescript-eslint 8.73.0 that report it, from left to right (with `checkThenables`). */
const cases: [code: string, ...rules: string[]][] = [
  ["async function f() { await 5; }", "await-thenable"],
  ["function g() {} async function f() { await g(); }", "await-thenable"],
  ["async function f(x: any) { await x; }"],
  ["async function f(x: number | Promise<number>) { await x; }"],
  ["async function f<T>(x: T) { await x; }"],
  ["async function p() { await null; } p();", "await-thenable", "no-floating-promises"],
  ["async function p() { await null; } void p();", "await-thenable"],
  [
    "async function p() { await null; } declare const c: boolean; c && p();",
    "await-thenable",
    "no-floating-promises",
  ],
  [
    "async function p() { await null; } declare const c: boolean; c ? p() : 0;",
    "await-thenable",
    "no-floating-promises",
  ],
  ["async function p() { await null; } [p(), p()];", "await-thenable", "no-floating-promises"],
  ["[1].map(async (x) => { await x; });", "no-floating-promises", "await-thenable"],
  ["async function p() { await null; } p().then(() => 1);", "await-thenable", "no-floating-promises"],
  ["async function p() { await null; } p().then(() => 1, () => 2);", "await-thenable"],
  ["async function p() { await null; } p().catch(() => 1);", "await-thenable"],
  ["async function p() { await null; } let q; q = p();", "await-thenable"],
  ["(async () => { await null; })();", "no-floating-promises", "await-thenable"],
  ["async function p() { await null; } async function f() { return p(); }", "await-thenable"],
  ["async function p() { await null; } const f = async () => p();", "await-thenable"],
  ["async function f() { return 1; }", "require-await"],
  ["class A { async m() { return 1; } }", "require-await"],
  ["async function f() {}"],
  ["async function f(x: AsyncIterable<number>) { for await (const y of x) y; }"],
  ["async function f(r: AsyncDisposable) { await using x = r; }"],
  ["async function* f() { yield 1; }", "require-await"],
  ["async function* f(x: AsyncIterable<number>) { yield* x; }"],
  ["async function f() { return async () => { await null; }; }", "require-await", "await-thenable"],
  ["declare const o: { m?(): Promise<void> }; o.m?.();", "no-floating-promises"],
  [
    "class T implements PromiseLike<number> { then!: PromiseLike<number>['then']; } declare const t: T; t;",
    "no-floating-promises",
  ],
  ["declare function g(): PromiseLike<number>; g();", "no-floating-promises"],
  ["async function p() { await null; } p().finally(() => 1);", "await-thenable", "no-floating-promises"],
  ["async function p() { await null; } p().catch(() => 1).finally(() => 1);", "await-thenable"],
  [
    "async function p() { await null; } const a: [Promise<void>, number] = [p(), 1]; a;",
    "await-thenable",
    "no-floating-promises",
  ],
  ["declare const q: Promise<void> | undefined; q;", "no-floating-promises"],
  ["class A { m = async () => 1; }", "require-await"],
  ["const f = async function () { return 1; };", "require-await"],
  ["declare const m: Map<string, Promise<void>>; m;"],
  ["declare function n(): never; async function f() { await n(); }", "await-thenable"],
  ["const o: { p?: Promise<void> } = {}; delete o.p;"],
  ["async function f(x: unknown) { await x; }"],
  ["async function p() { await null; } const f = () => { p(); };", "await-thenable", "no-floating-promises"],
  ["const o = { async m() { return 1; } };", "require-await"],
  ["new Promise(() => {});", "no-floating-promises"],
];

Deno.test("the three rules about await find what typescript-eslint finds", () => {
  for (const [code, ...rules] of cases) {
    const hints = findings(code).filter(({ kind }) => kind === "hint");
    assert.deepEqual(hints.map(({ message }) => message.match(/\(([\w-]+)\)$/)?.[1]), rules, code);
  }
});

const before = `import { Queue, sleep } from "@course/lib";\ntype Item = [value: number, time: number];`;

Deno.test("findings() underlines errors, with lib's types and the declarations of the cells before", () => {
  const code = `async function processData(data: Queue<Item>) {
  const [value] = data.get();
  data.put([value, 0]);
  sleep(0.5);
}`;
  assert.deepEqual(found(code, before), [
    "async function processData <- Async function 'processData' has no 'await' expression. (require-await)",
    "[value] <- Type 'Future<Item>' must have a '[Symbol.iterator]()' method that returns an iterator. (TS2488)",
    "data.put([value, 0]) <- Promises must be awaited. (no-floating-promises)",
    "sleep(0.5) <- Promises must be awaited. (no-floating-promises)",
  ]);
});

Deno.test("findings() finds nothing in a function that awaits, and lets it be declared again", () => {
  const code = `async function processData(data: Queue<Item>) {
  const [value] = await data.get();
  await data.put([value, 0]);
  await sleep(0.5);
}`;
  assert.deepEqual(found(code, `${before}\nfunction processData() {}`), []);
});

Deno.test("findings() reports syntax errors", () => {
  assert.deepEqual(found("const a = ;"), ["; <- Expression expected. (TS1109)"]);
});
