import assert from "node:assert/strict";
import { noTslab, testWith } from "../testdata/needs.ts";
import { Kernel, type KernelLost } from "./client.ts";
import { kernelKinds } from "./kinds.ts";
import { tslab } from "./tslab.ts";

/** Code that throws, or shows, what throws when it is looked at; and what is said of it, under Deno and under tslab. */
const hostile: [code: string, shown: RegExp][] = [
  [
    "class E extends Error { get message(): string { throw 1; } }\nthrow new E();",
    /^\(it throws when it is looked at\)\n {4}at In\[\d+\]:2:7/,
  ],
  [
    "throw new (class extends Error { get name(): string { throw 1; } })('said');",
    /^\(it throws when it is looked at\)\n {4}at In/,
  ],
  [
    "throw new (class extends Error { get cause(): any { throw 1; } })('said');",
    /^\(it throws when it is looked at\)$/,
  ],
  [
    "const fail = () => { throw 1; };\nthrow new Proxy({}, { get: fail, has: fail, getPrototypeOf: fail, ownKeys: fail });",
    /^Uncaught: \(it throws when it is looked at\)$/,
  ],
  [
    "const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); throw proxy;",
    /^Uncaught: \(it throws when it is looked at\)$/,
  ],
  [
    'const fail = () => { throw 1; };\nconst inspected = { [Symbol.for("Deno.customInspect")]: fail, [Symbol.for("nodejs.util.inspect.custom")]: fail };',
    /^$/,
  ],
  ["throw inspected;", /^Uncaught: \(it throws when it is looked at\)$/],
  ["console.log(inspected);", /^Uncaught: 1$/],
  ["inspected", /^Uncaught: 1$/],
  [
    "({ [Symbol.for('Jupyter.display')]() { throw new Error('no picture'); } })",
    /^Error: no picture\n {4}at /,
  ],
  ["({ [Symbol.for('Jupyter.display')]: () => ({ 'text/plain': 1n }) })", /^TypeError: .*BigInt/],
  ["const silent = new Error('silent'); silent.stack = undefined; throw silent;", /^\[?Error: silent\]?$/],
  [
    "throw Object.assign(new Error(), { message: Symbol('none') })",
    /^\(it throws when it is looked at\)\n {4}at In/,
  ],
  [
    "throw new AggregateError([Promise.reject(0), 'text'].slice(1), 'many')",
    /^AggregateError: many\n.*'?"?text/s,
  ],
];

for (const kind of kernelKinds) {
  const missing = kind === tslab ? await noTslab : undefined;
  testWith(
    missing,
    `${kind.name}: any thrown value is reported as far as possible, and the kernel survives`,
    async () => {
      await using kernel = await Kernel.start(kind);
      for (const [code, shown] of hostile) {
        const { traceback = [] } = await kernel.execute(code, { timeout: 10 });
        assert.match(traceback.join("\n"), shown, code);
      }
      assert.equal((await kernel.execute("1")).status, "ok");
    },
  );

  testWith(missing, `${kind.name}: the end of a flood of output is kept, whatever follows`, async () => {
    const flood = (last: string) =>
      `for (let i = 0; i < 50_000; i++) console.log(i);\nconsole.log("last");\n${last}`;
    await using kernel = await Kernel.start(kind);
    let text = "";
    const execute = (code: string) =>
      kernel.execute(code, {
        timeout: 20,
        onMessage: ({ content }) => text += content.text ?? content.traceback?.[0] ?? "",
      });
    await execute(flood('console.error("error"); throw "end";'));
    assert.match(text.slice(-100), /49999\nlast\nerror\nUncaught: .end.$/);
    const exit = kind === tslab ? "process.exit(3)" : "Deno.exit(3)";
    await assert.rejects(execute(flood(exit)), (error: KernelLost) => /exit code 3/.test(error.message));
    assert.match(text.slice(-100), /49999\nlast\n$/);
  });
}
