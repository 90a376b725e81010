import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { courseNotebooks } from "../common/course.ts";
import { type Notebook, readNotebook, writeNotebook } from "../notebook/notebook.ts";
import { tempFolder } from "../testdata/notebooks.ts";
import { progressOf, type Student } from "./students.ts";

const course = await Promise.all((await courseNotebooks()).map(readNotebook));
const third = course[3];

const tagged = (cell: Notebook["cells"][number], tag: string) =>
  (cell.metadata.tags as string[] | undefined)?.includes(tag) ?? false;

/** A student's copy, with `code` in place of the sources of some cells, by their ids. */
function copyOf(notebook: Notebook, code: Record<string, string> = {}): Notebook {
  const cells = notebook.cells.filter((cell) => !tagged(cell, "solution"))
    .map((cell) => ({ ...cell, source: code[cell.id] ?? cell.source }));
  return { ...notebook, cells };
}

/** The text of the solutions, by the ids of their exercises. */
function solutionsOf(notebook: Notebook): Record<string, string> {
  return Object.fromEntries(
    notebook.cells.filter((cell) => tagged(cell, "solution")).map(({ id, source }) => {
      return [id.replace(/solution$/, "exercise"), source];
    }),
  );
}

const solved = solutionsOf(third);

/** A solved copy of the third notebook, except for the producer. */
const with31 = (code: string) => copyOf(third, { ...solved, "producer-exercise": code });

/** A producer that does something else first. */
const doing = (code: string) => `${solved["producer-exercise"].replace("{", `{\n  ${code}\n`)}`;

/** Runs notebooks, given by the names of students and files. */
async function progressIn(students: Record<string, Record<string, Notebook | string>>, seconds?: number) {
  using folder = tempFolder();
  for (const [student, notebooks] of Object.entries(students)) {
    for (const [name, notebook] of Object.entries(notebooks)) {
      const path = join(folder.path, student, name);
      await Deno.mkdir(dirname(path), { recursive: true });
      if (typeof notebook === "string") await Deno.writeTextFile(path, notebook);
      else await writeNotebook(path, notebook);
    }
  }
  const found = await progressOf([folder.path], {
    signal: new AbortController().signal,
    seconds,
  });
  return { ...found, of: (name: string) => found.students.find((student) => student.name === name)! };
}

const byNumber = new Intl.Collator("en", { numeric: true }).compare; // 10.1 comes after 9.3
const green = ({ exercises }: Student) =>
  [...exercises].flatMap(([number, why]) => why ? [] : [number]).sort(byNumber);

Deno.test("progressOf() finds all green in a solved copy, and none in an untouched one", async () => {
  const named = (make: (notebook: Notebook) => Notebook) =>
    Object.fromEntries(course.map((notebook, i) => [`ipynb/${i}.ipynb`, make(notebook)]));
  const { exercises, of } = await progressIn({
    anna: named((notebook) => copyOf(notebook, solutionsOf(notebook))),
    ben: named((notebook) => copyOf(notebook)),
  });
  const checks = course.flatMap(({ cells }) => cells).filter((cell) => tagged(cell, "check")).length;
  assert.deepEqual(exercises, exercises.toSorted(byNumber));
  assert.equal(exercises.length, checks);
  assert.deepEqual(green(of("anna")), exercises);
  assert.deepEqual([green(of("ben")), of("ben").exercises.size], [[], checks]);
  assert.deepEqual([of("anna").notes, of("ben").notes], [[], []]);
});

Deno.test("progressOf() runs the course's checks, whatever happened to those of the copy", async () => {
  const { of } = await progressIn({
    removed: {
      "a.ipynb": {
        ...with31(solved["producer-exercise"]),
        cells: with31(solved["producer-exercise"]).cells.filter((cell) => !tagged(cell, "check")),
      },
    },
    forged: { "a.ipynb": copyOf(third, { "producer-check": 'await show("✓ Exercise 3.1 is right");' }) },
    own: {
      "a.ipynb": copyOf(third, {
        imports: `${
          third.cells.find(({ id }) => id === "imports")!.source.replace("check, ", "")
        }\nconst check = () => {};`,
      }),
    },
    told: {
      "a.ipynb": with31(
        'await Deno.stdout.write(new TextEncoder().encode("\\n" + JSON.stringify({ check: "3.1" }) + "\\n"));\nasync function generateData() {}',
      ),
    },
  });
  assert.deepEqual(green(of("removed")), ["3.1", "3.2", "3.3"]);
  for (const name of ["forged", "own"]) assert.deepEqual(green(of(name)), [], name);
  assert.deepEqual(green(of("told")), ["3.2", "3.3"]);
});

/** The note on the cell of an answer. */
const noteOn = (what: string) =>
  new RegExp(`cell ${with31("").cells.findIndex(({ id }) => id === "producer-exercise") + 1} ${what}`);

/** Answers that must cost no other exercise, each with what is wrong with it, and the note on its cell. */
const HOSTILE: Record<string, [code: string, why: RegExp | undefined, note?: RegExp]> = {
  "an endless loop in an answer": [doing("while (true);"), /still running/],
  "an endless loop in a cell": [
    "while (true);",
    /generateData is a function; happened: it is undefined/,
    noteOn("does not end within 8 s"),
  ],
  "a cell that waits for ever": [
    "await new Promise(() => {});",
    /generateData is a function; happened: it is undefined/,
  ],
  "memory in an answer": [
    doing("const all = []; while (true) all.push(new Array(1000));"),
    /still running|fills the memory/,
  ],
  "memory in a cell": [
    "const all = []; while (true) all.push([all.length]);",
    /generateData is a function; happened: it is undefined/,
  ],
  "bytes in a cell": [
    "const all = []; while (true) all.push(new Uint8Array(1e6).fill(1));",
    /generateData is a function; happened: it is undefined/,
    noteOn("(fills the memory|does not end)"),
  ],
  "files": [doing('Deno.readTextFileSync("/etc/hostname");'), /Requires read access/],
  "the network": [
    doing('await fetch("http://127.0.0.1:8099");'),
    /Requires net access|it knows nothing|loop knows nothing/,
  ],
  "a program": [doing('new Deno.Command("true").outputSync();'), /Requires run access/],
  "lib's functions": [
    `${
      solved["producer-exercise"]
    }\nQueue.prototype.get = () => 1; Promise.prototype.then = null; console.log = 1;`,
    undefined,
  ],
  "what is told": [
    'Object.defineProperty(Object.prototype, "toJSON", { value() { return { ...this, ...("why" in this && { why: "" }) }; } });',
    /generateData is a function; happened: it is undefined/,
  ],
  "its own end": [doing("Deno.exit();"), /ends the process/],
  "the end in a cell": [
    "Deno.exit();",
    /generateData is a function; happened: it is undefined/,
    noteOn("ends the process"),
  ],
  "an error in a timer": [
    `${solved["producer-exercise"]}\nsetTimeout(() => { throw new Error("late"); });`,
    undefined,
  ],
  "a failure that nobody awaits": [
    `${solved["producer-exercise"]}\nPromise.reject(new Error("lost"));`,
    undefined,
  ],
  "the end in a cell's timer": [
    `${solved["producer-exercise"]}\nsetTimeout(() => Deno.exit());`,
    /generateData is a function; happened: it is undefined/,
    noteOn("ends the process"),
  ],
  "a word on stdout": [doing('Deno.stdout.writeSync(new TextEncoder().encode("x"));'), undefined],
  "a flood": [
    doing("for (;;) Deno.stdout.writeSync(new Uint8Array(1e5).fill(65));"),
    /writes without end|still running/,
  ],
};

Deno.test("progressOf() survives hostile answers", async () => {
  const copies = Object.entries(HOSTILE).map(([name, [code]]) => [name, { "03.ipynb": with31(code) }]);
  const { of } = await progressIn(Object.fromEntries(copies), 8);
  for (const [name, [, why, note]] of Object.entries(HOSTILE)) {
    const student = of(name);
    assert.deepEqual(
      green(student),
      why ? ["3.2", "3.3"] : ["3.1", "3.2", "3.3"],
      `${name}: ${[...student.exercises]}`,
    );
    if (why) assert.match(student.exercises.get("3.1")!, why, name);
    if (note) assert.match(student.notes.join(), note, name);
  }
});

Deno.test("progressOf() recognizes a copy whose cells have lost their ids, and notes a notebook that is not one of the course's", async () => {
  const copy = copyOf(third, solved);
  const { of } = await progressIn({
    anna: { "03.ipynb": { ...copy, cells: copy.cells.map((cell, i) => ({ ...cell, id: `cell-${i}` })) } },
    ben: { "mine.ipynb": { ...copy, cells: [{ ...copy.cells[0], id: "mine", source: "1" }] } },
  });
  assert.deepEqual(green(of("anna")), ["3.1", "3.2", "3.3"]);
  assert.match(of("ben").notes.join(), /mine.ipynb: it is not one of the course's notebooks/);
});

Deno.test("progressOf() notes why a notebook cannot be read", async () => {
  const { of } = await progressIn({
    cut: { "03.ipynb": '{"cells": [', "04.ipynb": copyOf(course[4], solutionsOf(course[4])) },
    old: { "03.ipynb": '{"cells": [], "metadata": {}, "nbformat": 3, "nbformat_minor": 0}' },
  });
  assert.match(of("cut").notes.join(), /Cannot read .*03.ipynb: it ends too early/);
  assert.deepEqual(green(of("cut")), ["4.1", "4.2", "4.3", "4.4"]);
  assert.match(of("old").notes.join(), /its format is 3\.0/);
});
