import assert from "node:assert/strict";
import { noTslab, testWith } from "../testdata/needs.ts";
import { type ExecuteReply, Kernel } from "./client.ts";
import type { Published } from "./messages.ts";
import { frontCommand, FrontEnd } from "../testdata/front_end.ts";
import { deno } from "./kernel.ts";
import { tslab } from "./tslab.ts";

const missing = await noTslab;
const kinds = [
  ["Deno's kernel", () => Kernel.start(deno)],
  ["our kernel in front of it", () => FrontEnd.start(frontCommand(deno.name))],
  ["tslab", () => Kernel.start(tslab)],
] as const;

const cell = (producers: string, seed: string) =>
  `const items: number = 20; // whole, 1 to 1000: items of each producer
const producers: number = ${producers}; // whole, 1 to 20: producers
const seed: number = ${seed}; // whole, 0 to 4294967295: same seed, same numbers
const speed: number = Infinity; // above 0: 1 is life's pace, Infinity instant`;

const refused = (name: string, value: string) => {
  const range = name === "producers" ? "1 to 20" : "0 to 4294967295";
  return `LessonError: Cannot set ${name} to ${value}: give a whole number from ${range}.`;
};

/** A kernel, or a front end that has one. */
interface Runs extends AsyncDisposable {
  execute(code: string, options: { onMessage(message: Published): void }): Promise<ExecuteReply>;
}

/** Runs code; gives the status of the reply, and all that was put out, as one text. */
async function run(kernel: Runs, code: string): Promise<[status: string, text: string]> {
  let text = "";
  const { status } = await kernel.execute(code, {
    onMessage({ header, content }) {
      if (header.msg_type === "execute_input") return;
      text += content.text ?? content.data?.["text/plain"] ?? content.traceback?.join("\n") ?? "";
    },
  });
  // deno-lint-ignore no-control-regex
  return [status, text.replace(/\x1b\[\d+m/g, "").trimEnd()];
}

for (const [name, start] of kinds) {
  const test = (title: string, fn: (kernel: Runs) => Promise<void>) =>
    testWith(name === tslab.name ? missing : undefined, `${name} ${title}`, async () => {
      await using kernel: Runs = await start();
      await fn(kernel);
    });

  test("rejects a value that the declaration does not allow, and sets nothing", async (kernel) => {
    assert.deepEqual(await run(kernel, cell("2", "2164")), ["ok", ""]);
    for (const value of ["0", "-1", "2.5", "1e9", "'abc'", "[1]", "null"]) {
      const words = { "1e9": "1000000000", "'abc'": "abc", "[1]": '"[1]"' }[value] ??
        value;
      assert.deepEqual(await run(kernel, cell(value, "2164")), ["error", refused("producers", words)]);
      if (value === "0" || value === "1e9") continue; // seeds are from 0, up to 2^32
      assert.deepEqual(await run(kernel, cell("3", value)), ["error", refused("seed", words)]);
    }
    assert.deepEqual(await run(kernel, "console.log(producers, seed)"), ["ok", "2 2164"]);
    for (const [producers, seed] of [["1", "0"], ["20", "4294967295"], ["5", "1e9"]]) {
      assert.deepEqual(await run(kernel, cell(producers, seed)), ["ok", ""]);
      const both = `${producers} ${Number(seed)}`;
      assert.deepEqual(await run(kernel, "console.log(producers, seed)"), ["ok", both]);
    }
  });

  test("does not mistake a learner's variable for a parameter", async (kernel) => {
    assert.deepEqual(await run(kernel, "let rows: any[] = [null], row: any = null;"), ["ok", ""]);
    const code =
      "rows = [1, 2]; row = 3;\nvar most = Math.max(3, 4); // at least 0: rows\nconsole.log(most);";
    assert.deepEqual(await run(kernel, code), ["ok", "4"]);
  });

  test("checks a computed value once it is known", async (kernel) => {
    for (
      const value of ["NaN", "1e400", "2 ** 5", "1 - 1", "await Promise.resolve(0.5)", "[1][1] as number"]
    ) {
      const [status, text] = await run(kernel, cell(value, "2164"));
      const words = String(await eval(`(async () => ${value.replace(" as number", "")})()`));
      assert.deepEqual([status, text], ["error", refused("producers", words)]);
    }
    assert.deepEqual(await run(kernel, cell("2 * 5", "Math.floor(Math.random() * 100)")), ["ok", ""]);
    assert.deepEqual(await run(kernel, "console.log(producers)"), ["ok", "10"]);
  });

  test("checks assignments in later cells against the declaration", async (kernel) => {
    await run(kernel, cell("2", "2164").replaceAll("const", "let"));
    for (
      const code of [
        "// Parameters\nlet producers: number = 0;",
        "// Parameters\nproducers = 0;",
        "producers = 0",
      ]
    ) {
      assert.deepEqual(await run(kernel, code), ["error", refused("producers", "0")]);
    }
    assert.deepEqual(await run(kernel, "// Parameters\nproducers = 3;\nconsole.log(producers);"), [
      "ok",
      "3",
    ]);
    assert.deepEqual(await run(kernel, "// Parameters\nlet producers: number = 4;"), ["ok", ""]);
    assert.deepEqual(await run(kernel, "console.log(producers, seed)"), ["ok", "4 2164"]);
  });

  test("leaves other code alone", async (kernel) => {
    await run(kernel, cell("2", "2164"));
    for (
      const code of [
        "for (const producers of [0, 50]) console.log(producers);",
        "{ const producers = 0; console.log(producers); } console.log(50);",
        "const count = 0; // whole or not\nconsole.log('0\\n50');",
        "const two = () => [0, 50];\nconst [a, b]: number[] = two(); // 1 to 5: of a list\nconsole.log(a); console.log(b);",
        'const of: { [K in "a"]: number } = { a: 0 }; // 1 to 5: of each\nconsole.log(of.a); console.log(50);',
      ]
    ) assert.deepEqual(await run(kernel, code), ["ok", "0\n50"]);
  });

  test("accepts only the declared choices", async (kernel) => {
    const code = (value: string) => `const mode: "fast" | "slow" = "${value}";`;
    assert.deepEqual(await run(kernel, code("slow")), ["ok", ""]);
    assert.deepEqual(await run(kernel, code("quick")), [
      "error",
      "LessonError: Cannot set mode to quick: give one of fast, slow.",
    ]);
  });
}
