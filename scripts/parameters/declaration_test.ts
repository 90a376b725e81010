import assert from "node:assert/strict";
import { notebookOf } from "../testdata/notebooks.ts";
import { readDeclarations, readParameters } from "./declaration.ts";
import { typeInWords } from "./type.ts";

const read = (source: string) => readDeclarations(source, "a.ipynb, cell 1");

Deno.test("readParameters() refuses a second parameters cell", () => {
  const two = notebookOf(["const a: number = 1;", "parameters"], "1", ["const b: number = 2;", "parameters"]);
  assert.throws(() => readParameters(two, "a.ipynb"), {
    message: 'Cannot set parameters of a.ipynb: cells 1 and 3 are both tagged "parameters". ' +
      "Put all declarations into one of them.",
  });
});

Deno.test("readDeclarations() takes names, types, defaults, ranges and help", () => {
  const [items, speed, name] = read(`
    const items: number = 20; // whole, 1 to 1000: items to make
    let speed = Infinity; // above 0: how fast
    const name: "fast" | "slow" = "fast", dry = true; // which way
  `);
  assert.deepEqual(items, {
    name: "items",
    type: {
      written: "number",
      isList: false,
      kinds: ["number"],
      choices: [],
      range: { whole: true, least: 1, most: 1000 },
    },
    keyword: "const",
    default: 20,
    help: "items to make",
  });
  assert.deepEqual([speed.keyword, speed.default, speed.type.range], ["let", Infinity, { above: 0 }]);
  assert.deepEqual([name.type.choices, name.help], [["fast", "slow"], "which way"]);
});

Deno.test("readDeclarations() reads every line ending of TypeScript", () => {
  assert.deepEqual(
    read("const a = 1;\u2028const b = 2;\r\nconst c = 3;\u2029let d = 4;").map(({ name }) => name),
    [
      "a",
      "b",
      "c",
      "d",
    ],
  );
});

Deno.test("readDeclarations() reads every way to write a literal", () => {
  const values = read("const a = -1, b = 1_000, c = 0x10, d = `x`, e = 'it\\'s', f = -Infinity, g = false;");
  assert.deepEqual(values.map((parameter) => parameter.default), [
    -1,
    1000,
    16,
    "x",
    "it's",
    -Infinity,
    false,
  ]);
});

const declarations: [source: string, type: string, words: string][] = [
  ["const a: 1 | 2 | 4 = 2; // times", "1 | 2 | 4", "one of 1, 2, 4"],
  ["const a = 'fast' as const;", "string", "a string"],
  ["const a = 'fast' as 'fast' | 'slow';", "'fast' | 'slow'", "one of fast, slow"],
  ["const a: number | null = null; // 1 to 9: at the most", "number | null", "a number from 1 to 9, or null"],
  [
    "const a: readonly number[] = [1, 2]; // above 0: sizes",
    "number[]",
    "a list in brackets, each item a number above 0",
  ],
  ["const a = ['x', null];", "(string | null)[]", "a list in brackets, each item a string, or null"],
  [
    "const a = [];",
    "(number | string | boolean)[]",
    "a list in brackets, each item a number, or a string, or true or false",
  ],
  [
    "const a = [null];",
    "(number | string | boolean | null)[]",
    "a list in brackets, each item a number, or a string, or true or false, or null",
  ],
  ["const a = null;", "number | string | boolean | null", "a number, or a string, or true or false, or null"],
  ["const a: (1 | -2)[] = [-2];", "(1 | -2)[]", "a list in brackets, each item one of 1, -2"],
  ["const a: Mine = 1;", "number", "a number"],
];
for (const [source, type, words] of declarations) {
  Deno.test(`readDeclarations() reads ${source}`, () => {
    const [parameter] = read(source);
    assert.deepEqual([parameter.type.written, typeInWords(parameter.type)], [type, words]);
  });
}

const faults: [source: string, message: RegExp][] = [
  [
    "const a = 1;\nconst b = f();",
    /^Cannot read the parameters of a\.ipynb, cell 1, line 2: "const b = f\(\);"/,
  ],
  ["const { a } = { a: 1 };", /line 1: .* Move it to another cell\.$/],
  ["const a = `x${1}`;", /does not declare a number/],
  ["let a: number;", /does not declare a number/],
  ["console.log(1)", /does not declare a number/],
  ["const a = ;", /^Cannot read the parameters of a\.ipynb, cell 1: .* Correct the cell\.$/],
  ["const a = 1; const a = 2;", /already been declared/],
  ["const a = [[1]];", /does not declare a number/],
  ["const a = 1e400;", /does not declare a number/],
  ["const a = [9007199254740993];", /does not declare a number/],
  ["const a: 1 | 2 = 3;", /: a is 3, but is declared to be one of 1, 2\. Change one/],
  ["const a = 5; // 1 to 4: small", /: a is 5, but is declared to be a number from 1 to 4\. Change one/],
  ['const a: "x" | "y" = "z";', /: a is z, but is declared to be one of x, y\. Change one/],
];
for (const [source, message] of faults) {
  Deno.test(`readDeclarations() refuses ${source.replaceAll("\n", " ")}`, () => {
    assert.throws(
      () => read(source),
      (error: Error) => message.test(error.message) && !error.message.includes("\n"),
    );
  });
}

Deno.test("readParameters() refuses a notebook without a parameters cell", () => {
  assert.throws(
    () => readParameters(notebookOf("const a = 1;"), "a.ipynb"),
    /^CourseError: Cannot set parameters of a\.ipynb: it has no cell tagged "parameters"\. Tag one\.$/,
  );
});
