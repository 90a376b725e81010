import assert from "node:assert/strict";
import { syntaxProblem } from "./syntax_error.ts";

const notAsync = "await in a function that is not async (write async in front of the function)";
const faults: [source: string, line: number, message: string][] = [
  ["const a = ;", 1, "Unexpected token"],
  ["const a = 1;\nconst b = 'b;\n", 2, "Unterminated string constant"],
  ["function f() {\n  await sleep(1);\n}", 2, notAsync],
  ["const f = () => {\n  const item = await data.get();\n};", 2, notAsync],
  ["function f() { for await (const x of y) {} }", 1, notAsync],
];
for (const [source, line, message] of faults) {
  Deno.test(`syntaxProblem() tells what is wrong with ${JSON.stringify(source)}`, () => {
    const { column: _, isOpen: __, ...problem } = syntaxProblem(source)!;
    assert.deepEqual(problem, { line, message });
  });
}

Deno.test("syntaxProblem() accepts TypeScript with top-level await", () => {
  assert.equal(
    syntaxProblem("const a: number = await f<number>(1);\nasync function g() { await a; }"),
    undefined,
  );
});

Deno.test("syntaxProblem() reads angle brackets as TypeScript, not JSX", () => {
  for (const source of ["const f = <T>(x: T) => x;", "<any>5"]) {
    assert.equal(syntaxProblem(source), undefined);
  }
});

const typed: [isOpen: boolean, ...sources: string[]][] = [
  [true, "function f(a: number) {", "class A {\n  async f() {\n    await f(", "  a +", "f(1, // then"],
  [true, "`abc\n  ${a}", "/* A comment", "try {\n  f();\n}"],
  [false, "'abc", "a)", "let a = ;"],
];
Deno.test("syntaxProblem() tells incomplete code from invalid code", () => {
  for (const [isOpen, ...sources] of typed) {
    for (const source of sources) assert.equal(syntaxProblem(source)?.isOpen, isOpen, source);
  }
});
