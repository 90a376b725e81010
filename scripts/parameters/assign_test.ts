import assert from "node:assert/strict";
import { join } from "node:path";
import { tempFolder } from "../testdata/notebooks.ts";
import { assign, readAssignment, readValuesFile } from "./assign.ts";
import { readDeclarations } from "./declaration.ts";

const parameters = readDeclarations("const items = 20; // 1 to 1000: items\nconst name = 'a';", "a cell");
const set = (assignments: string[], file: Record<string, unknown> = {}) =>
  Object.fromEntries(assign(parameters, assignments.map(readAssignment), file, "a.ipynb"));

Deno.test("readAssignment() splits at the first =", () => {
  assert.deepEqual(readAssignment("name=a=b"), { name: "name", text: "a=b" });
  assert.deepEqual(readAssignment("name="), { name: "name", text: "" });
});

Deno.test("readAssignment() refuses what is no assignment, on one line", () => {
  for (const argument of ["items", "=3", "", "a\nb"]) {
    assert.throws(
      () => readAssignment(argument),
      /^CourseError: Cannot understand -p [^\n]*name=value[^\n]*$/,
    );
  }
});

Deno.test("assign() sets values of the file, and those of the command line over them", () => {
  assert.deepEqual(set(["items=3"], { items: 5, name: "b" }), { items: 3, name: "b" });
});

Deno.test("assign() names the parameters there are when one is unknown", () => {
  const message = "Cannot set produces: a.ipynb has no such parameter. It has items, name.";
  assert.throws(() => set(["produces=3"]), { message });
  assert.throws(() => set([], { produces: 3 }), { message });
  assert.throws(() => set(["toString=3"]), /Cannot set toString: a\.ipynb has no such parameter/);
  assert.throws(() => set([], JSON.parse('{"__proto__": 3}')), /Cannot set __proto__: a\.ipynb has no such/);
});

Deno.test("assign() refuses a parameter that is given twice", () => {
  assert.throws(() => set(["items=3", "items=3"]), {
    message: "Cannot set items twice, to 3 and to 3: give one of them.",
  });
});

async function readText(text: string | Uint8Array<ArrayBuffer>): Promise<Record<string, unknown>> {
  using folder = tempFolder();
  const path = join(folder.path, "params");
  await Deno.writeFile(path, typeof text === "string" ? new TextEncoder().encode(text) : text);
  return await readValuesFile(path);
}

Deno.test("readValuesFile() reads JSON and YAML", async () => {
  assert.deepEqual(await readText('{ "items": 3, "name": "x" }'), { items: 3, name: "x" });
  assert.deepEqual(await readText("items: 3 # three\nname: x\n"), { items: 3, name: "x" });
});

const faults: [text: string | Uint8Array<ArrayBuffer>, why: RegExp][] = [
  ["", /: it holds no names\./],
  ["[1, 2]", /: it holds no names\./],
  ["just words", /: it holds no names\./],
  ["items: 3\nitems: 4", /: Map keys must be unique/],
  ['{ "items": ', /: [^\n]+ Write name: value/],
  ["a: *b", /: [^\n]*b/],
  [new Uint8Array([0x89, 0x50, 0, 0xff, 0x0a]), /./],
];
for (const [text, why] of faults) {
  Deno.test(`readValuesFile() refuses ${JSON.stringify(text)} in one line`, async () => {
    await assert.rejects(readText(text), (error: Error) => {
      return /^Cannot read parameters from [^\n]*$/.test(error.message) && why.test(error.message);
    });
  });
}

Deno.test("readValuesFile() says that there is no such file, or that it is a folder", async () => {
  using folder = tempFolder();
  await assert.rejects(readValuesFile(join(folder.path, "none.yaml")), /none\.yaml: there is no such file\./);
  await assert.rejects(readValuesFile(folder.path), /: it is a folder\./);
});
