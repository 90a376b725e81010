import assert from "node:assert/strict";
import { join } from "node:path";
import { tempFolder } from "../testdata/notebooks.ts";
import { assign, checkValue, parameterNamed, readAssignment, readValuesFile } from "./assign.ts";
import { readDeclarations } from "./declaration.ts";

const parameters = readDeclarations("const items = 20; // 1 to 1000: items\nconst name = 'a';", "a cell");
const set = (assignments: string[], file: Record<string, unknown> = {}) =>
  Object.fromEntries(
    assign(
      parameters,
      new Map([...Object.entries(file), ...assignments.map(readAssignment)]),
    ),
  );

Deno.test("readAssignment() splits at the first =", () => {
  assert.deepEqual(readAssignment("name=a=b"), ["name", "a=b"]);
  assert.deepEqual(readAssignment("name="), ["name", ""]);
});

Deno.test("readAssignment() refuses anything else, in one line", () => {
  for (const argument of ["items", "=3", "", "a\nb"]) {
    assert.throws(
      () => readAssignment(argument),
      /^CourseError: Cannot read -p [^\n]*name=value[^\n]*$/,
    );
  }
});

Deno.test("assign() sets the values of a file, overridden by those of the command line", () => {
  assert.deepEqual(set(["items=3"], { items: 5, name: "b" }), { items: 3, name: "b" });
});

Deno.test("parameterNamed() lists the existing parameters when one is unknown", () => {
  for (const name of ["produces", "toString", "__proto__"]) {
    const message = `Cannot set ${name}: a.ipynb has no such parameter. It has items, name.`;
    assert.throws(() => parameterNamed(parameters, name, "a.ipynb"), { message });
  }
});

async function readText(text: string | Uint8Array<ArrayBuffer>): Promise<object> {
  using folder = tempFolder();
  const path = join(folder.path, "params");
  await Deno.writeFile(path, typeof text === "string" ? new TextEncoder().encode(text) : text);
  return Object.fromEntries(await readValuesFile(path));
}

Deno.test("readValuesFile() reads JSON and YAML", async () => {
  assert.deepEqual(await readText('{ "items": 3, "name": "x" }'), { items: 3, name: "x" });
  assert.deepEqual(await readText("items: 3 # three\nname: x\n"), { items: 3, name: "x" });
});

const faults: [text: string | Uint8Array<ArrayBuffer>, why: RegExp][] = [
  ["", /: it contains no names\./],
  ["[1, 2]", /: it contains no names\./],
  ["just words", /: it contains no names\./],
  ["teacher:secret:1:::\n", /: it contains no names\./],
  ["items: 3\nitems: 4", /: invalid YAML: duplicate key at line 2, column 1\./],
  ['{ "items": ', /: [^\n]+ Write name: value/],
  ["items: 1e400", /: 1e400 would become Infinity\./],
  ["{ a: [9007199254740993] }", /: 9007199254740993 would become 9007199254740992\./],
  ["a: *b", /: invalid YAML: wrong alias\./],
  ["token: 9007199254740993\nb: [", /: invalid YAML: bad indent at line 2, column \d+\./],
  [new Uint8Array([0x89, 0x50, 0, 0xff, 0x0a]), /./],
];
for (const [text, why] of faults) {
  Deno.test(`readValuesFile() refuses ${JSON.stringify(text)} in one line`, async () => {
    await assert.rejects(readText(text), (error: Error) => {
      return /^Cannot read parameters from [^\n]*$/.test(error.message) && why.test(error.message);
    });
  });
}

Deno.test("readValuesFile() quotes nothing of a file that it cannot read", async () => {
  const texts = [
    "a: *hunter2",
    "a: [hunter2",
    "a: {hunter2: 1}}hunter2",
    'a: "\\qhunter2"',
    "hunter2: |hunter2",
    "a: `hunter2",
    "*hunter2",
    "%hunter2\n---",
    "!hunter2",
  ];
  for (const text of texts) {
    await readText(text).catch((error) => assert.doesNotMatch(error.message, /hunter2/, text));
  }
  await assert.rejects(
    readText(`a: ${"[".repeat(5000)}`),
    /^CourseError: Cannot read parameters from [^\n]*$/,
  );
});

Deno.test("readValuesFile() says that there is no such file, or that it is a folder", async () => {
  using folder = tempFolder();
  await assert.rejects(
    readValuesFile(join(folder.path, "none.yaml")),
    /none\.yaml: no such file or directory\./,
  );
  await assert.rejects(readValuesFile(folder.path), /: is a directory\./);
});

const [items, speed, name, mode, dry, times, limit, sizes] = readDeclarations(
  `const items = 20; // whole, 1 to 1000: items
   const speed = 1; // above 0: speed
   const name = "a";
   const mode: "fast" | "slow" = "fast";
   const dry = false;
   const times: 1 | 2 | 4 = 2;
   const limit: string | null = null;
   const sizes = [1, 2]; // whole, 1 to 9: sizes`,
  "a cell",
);

Deno.test("checkValue() reads texts as the parameter's type", () => {
  assert.equal(checkValue(items, " 7 "), 7);
  assert.equal(checkValue(speed, "infinity"), Infinity);
  assert.equal(checkValue(speed, "1e-3"), 0.001);
  assert.equal(checkValue(name, " 7 "), " 7 ");
  assert.equal(checkValue(dry, "true"), true);
});

Deno.test("checkValue() reads choices of numbers, null and lists", () => {
  assert.equal(checkValue(times, "4"), 4);
  assert.equal(checkValue(limit, "null"), null);
  assert.equal(checkValue(limit, "a"), "a");
  assert.deepEqual(checkValue(sizes, "[3, 4]"), [3, 4]);
  assert.deepEqual(checkValue(sizes, [5]), [5]);
});

Deno.test("checkValue() takes values from a file as they are", () => {
  assert.equal(checkValue(items, 7), 7);
  assert.equal(checkValue(dry, true), true);
  assert.equal(checkValue(speed, "Infinity"), Infinity);
});

const refused: [parameter: typeof items, given: unknown, message: string][] = [
  [items, "-1", "Cannot set items to -1: give a whole number from 1 to 1000."],
  [items, "2.5", "Cannot set items to 2.5: give a whole number from 1 to 1000."],
  [items, "1001", "Cannot set items to 1001: give a whole number from 1 to 1000."],
  [items, "NaN", "Cannot set items to NaN: give a whole number from 1 to 1000."],
  [items, NaN, "Cannot set items to NaN: give a whole number from 1 to 1000."],
  [items, "", 'Cannot set items to "": give a whole number from 1 to 1000.'],
  [items, "0x10", "Cannot set items to 0x10: give a whole number from 1 to 1000."],
  [items, "1..3", "Cannot set items to 1..3: give a whole number from 1 to 1000."],
  [items, "1;x()", 'Cannot set items to "1;x()": give a whole number from 1 to 1000.'],
  [items, true, "Cannot set items to true: give a whole number from 1 to 1000."],
  [items, null, "Cannot set items to null: give a whole number from 1 to 1000."],
  [items, [1], 'Cannot set items to "[1]": give a whole number from 1 to 1000.'],
  [speed, "0", "Cannot set speed to 0: give a number above 0."],
  [name, 5, "Cannot set name to 5: give a string."],
  [mode, "SLOW", "Cannot set mode to SLOW: give one of fast, slow."],
  [times, "3", "Cannot set times to 3: give one of 1, 2, 4."],
  [times, 3, "Cannot set times to 3: give one of 1, 2, 4."],
  [speed, "1e400", "Cannot set speed to 1e400, which would become Infinity: give a number above 0."],
  [
    speed,
    "9007199254740993",
    "Cannot set speed to 9007199254740993, which would become 9007199254740992: give a number above 0.",
  ],
  [
    sizes,
    "[1, 10]",
    'Cannot set sizes to "[1, 10]": give a list in brackets, each item a whole number from 1 to 9.',
  ],
  [sizes, "1,2", 'Cannot set sizes to "1,2": give a list in brackets, each item a whole number from 1 to 9.'],
  [sizes, "[1,", 'Cannot set sizes to "[1,": give a list in brackets, each item a whole number from 1 to 9.'],
  [dry, "yes", "Cannot set dry to yes: give true or false."],
];
for (const [parameter, given, message] of refused) {
  Deno.test(`checkValue() refuses ${JSON.stringify(given)} for ${parameter.name}`, () => {
    assert.throws(() => checkValue(parameter, given), { message });
  });
}
