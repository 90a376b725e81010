import assert from "node:assert/strict";
import { syntaxErrorIn } from "./syntax_error.ts";

const notAsync = "await in a function that is not async (write async in front of the function)";
const faults: [source: string, error: string][] = [
  ["const a = ;", "syntax error in line 1: Unexpected token"],
  ["const a = 1;\nconst b = 'b;\n", "syntax error in line 2: Unterminated string constant"],
  ["function f() {\n  await sleep(1);\n}", `syntax error in line 2: ${notAsync}`],
  ["const f = () => {\n  const item = await data.get();\n};", `syntax error in line 2: ${notAsync}`],
  ["function f() { for await (const x of y) {} }", `syntax error in line 1: ${notAsync}`],
];
for (const [source, error] of faults) {
  Deno.test(`syntaxErrorIn() tells what is wrong with ${JSON.stringify(source)}`, () => {
    assert.equal(syntaxErrorIn(source), error);
  });
}

Deno.test("syntaxErrorIn() finds nothing in TypeScript with an await of its own", () => {
  assert.equal(
    syntaxErrorIn("const a: number = await f<number>(1);\nasync function g() { await a; }"),
    undefined,
  );
});
