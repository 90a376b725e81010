import assert from "node:assert/strict";
import { join } from "node:path";
import { CourseError } from "../common/errors.ts";
import { formatNotebook, parseNotebook, readNotebook, writeNotebook } from "./notebook.ts";
import { notebookOf, tempFolder } from "../testdata/notebooks.ts";

/** The JSON of a valid notebook, to be spoilt. */
// deno-lint-ignore no-explicit-any
const onDisk = (): any => JSON.parse(formatNotebook(notebookOf("1\n2", "3")));

/** Returns the message about a text that is not a notebook, which must be one line. */
function messageOf(text: string): string {
  try {
    parseNotebook(text, "a.ipynb");
  } catch (error) {
    assert(error instanceof CourseError);
    assert(!error.message.includes("\n"));
    return error.message;
  }
  throw new Error("it was accepted");
}

// deno-lint-ignore no-explicit-any
const spoilt = (spoil: (notebook: any) => void) => {
  const notebook = onDisk();
  spoil(notebook);
  return messageOf(JSON.stringify(notebook));
};

Deno.test("parseNotebook() joins texts", () => {
  const notebook = onDisk();
  notebook.cells[0].outputs = [
    { output_type: "stream", name: "stdout", text: ["a\n", "b"] },
    {
      output_type: "display_data",
      data: { "text/plain": ["c\n", "d"], "application/json": ["e"] },
      metadata: {},
    },
  ];
  const { cells: [cell] } = parseNotebook(JSON.stringify(notebook), "a.ipynb");
  assert.equal(cell.source, "1\n2");
  assert(cell.cell_type === "code" && cell.outputs[0].output_type === "stream");
  assert.equal(cell.outputs[0].text, "a\nb");
  assert(cell.outputs[1].output_type === "display_data");
  assert.deepEqual(cell.outputs[1].data, { "text/plain": "c\nd", "application/json": ["e"] });
});

Deno.test("formatNotebook() writes what JupyterLab writes", () => {
  const notebook = notebookOf();
  notebook.metadata.title = "é \u2028 \x1b";
  notebook.cells = [{
    cell_type: "markdown",
    id: "b",
    source: "x\ny",
    metadata: { tags: ["t"], B: 1, a: 2 },
  }];
  assert.equal(
    formatNotebook(notebook),
    String.raw`{
 "cells": [
  {
   "cell_type": "markdown",
   "id": "b",
   "metadata": {
    "B": 1,
    "a": 2,
    "tags": [
     "t"
    ]
   },
   "source": [
    "x\n",
    "y"
   ]
  }
 ],
 "metadata": {
  "title": "é ${"\u2028"} \u001b"
 },
 "nbformat": 4,
 "nbformat_minor": 5
}
`,
  );
});

Deno.test("readNotebook() returns what writeNotebook() wrote", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "ä b.ipynb");
  await writeNotebook(path, notebookOf("é\n", ""));
  assert.deepEqual(await readNotebook(path), notebookOf("é\n", ""));
});

Deno.test("writeNotebook() refuses an invalid notebook", async () => {
  using folder = tempFolder();
  const notebook = notebookOf("1");
  notebook.cells[0].id = "not valid";
  await assert.rejects(
    writeNotebook(join(folder.path, "a.ipynb"), notebook),
    /cell 1, id: expected 1 to 64 letters/,
  );
  assert.deepEqual([...Deno.readDirSync(folder.path)], []);
});

Deno.test("readNotebook() names a file that is missing, a folder, or not UTF-8", async () => {
  using folder = tempFolder();
  const binary = join(folder.path, "b.ipynb");
  Deno.writeFileSync(binary, new Uint8Array([0xff, 0xfe]));
  await assert.rejects(
    readNotebook("none.ipynb"),
    /^CourseError: Cannot read none\.ipynb: no such file or directory\. Name/,
  );
  await assert.rejects(readNotebook(folder.path), /: is a directory\. Name a notebook/);
  await assert.rejects(readNotebook(binary), /b\.ipynb: it is not UTF-8 text\./);
});

const whole = formatNotebook(notebookOf("1"));
const broken: [name: string, text: string, message: RegExp][] = [
  ["empty", "", /^Cannot read a\.ipynb: the file is empty\. Restore it, or delete it\.$/],
  ["blank", " \n", /the file is empty/],
  ["cut off", whole.slice(0, 50), /ends too early: part of the file is missing\. Restore/],
  ["cut off in a word", whole.slice(0, whole.indexOf("null") + 2), /ends too early/],
  ["cut off in a string", whole.slice(0, whole.indexOf("cell-1") + 2), /ends too early/],
  ["not JSON", "<html></html>", /it is not JSON/],
  ["not JSON at a place", '{\n "cells": 1,\n}', /it is not JSON \(line 3, column 1\)/],
  ["JSON, but no notebook", "[1]", /^Cannot read a\.ipynb: it is not a notebook: "nbformat" is missing/],
  [
    "of version 3",
    '{"nbformat": 3, "nbformat_minor": 0}',
    /its format is 3\.0, and only format 4 can be read\. Open it in/,
  ],
  [
    "of version 5",
    '{"nbformat": 5, "nbformat_minor": 0}',
    /its format is 5\.0, and only format 4 can be read/,
  ],
  [
    "nested too deeply",
    `{"nbformat": 4, "nbformat_minor": 5, "cells": [], "metadata": {"x": ${"[".repeat(2000)}${
      "]".repeat(2000)
    }}}`,
    /^Cannot read a\.ipynb: its JSON is nested too deeply\./,
  ],
];
for (const [name, text, message] of broken) {
  Deno.test(`parseNotebook() refuses a file that is ${name}`, () => assert.match(messageOf(text), message));
}

// deno-lint-ignore no-explicit-any
const wrong: [name: string, spoil: (notebook: any) => void, message: RegExp][] = [
  [
    "no cells",
    (nb) => delete nb.cells,
    /^a\.ipynb is not a valid notebook: cells: it is missing\. Correct it there/,
  ],
  ["a list for metadata", (nb) => nb.cells[1].metadata = [], /: cell 2, metadata: expected an object/],
  ["an unknown kind of cell", (nb) => nb.cells[1].cell_type = "x\n", /: cell 2, cell_type: expected/],
  [
    "a number for source",
    (nb) => nb.cells[0].source = 5,
    /: cell 1, source: expected a string or a list of strings/,
  ],
  [
    "tags with commas",
    (nb) => nb.cells[0].metadata.tags = ["a,b"],
    /metadata\.tags\[0\]: expected a tag without commas/,
  ],
  ["a negative count", (nb) => nb.cells[0].execution_count = -1, /: cell 1, execution_count: /],
  [
    "an output without a type",
    (nb) => nb.cells[0].outputs = [{ output_type: 1 }],
    /: cell 1, outputs\[0\]\.output_type: expected/,
  ],
  [
    "a number for text",
    (nb) => nb.cells[0].outputs = [{ output_type: "display_data", data: { "text/plain": 1 }, metadata: {} }],
    /: cell 1, outputs\[0\]\.data: text\/plain: expected a string/,
  ],
];
for (const [name, spoil, message] of wrong) {
  Deno.test(`parseNotebook() refuses ${name}`, () => assert.match(spoilt(spoil), message));
}

/** What other front ends write is read deterministically, and becomes valid. */
// deno-lint-ignore no-explicit-any
const taken: [name: string, spoil: (notebook: any) => void, read?: (notebook: any) => void][] = [
  ["an unknown property", (nb) => nb.extra = nb.cells[1].extra = 1],
  ["an id of spaces", (nb) => nb.cells[0].id = "a b", (nb) => nb.cells[0].id = "1"],
  ["an id of 65 letters", (nb) => nb.cells[0].id = "a".repeat(65), (nb) => nb.cells[0].id = "1"],
  ["an id that is null", (nb) => nb.cells[0].id = null, (nb) => nb.cells[0].id = "1"],
  ["a copied cell", (nb) => nb.cells.push(nb.cells[0]), (nb) => nb.cells.push({ ...nb.cells[0], id: "3" })],
  [
    "the same tag twice",
    (nb) => nb.cells[0].metadata.tags = ["a", "a"],
    (nb) => nb.cells[0].metadata.tags = ["a"],
  ],
  [
    "malformed metadata, which it leaves out",
    (nb) => {
      nb.cells[0].metadata = { jupyter: "hidden", execution: [], name: 5, collapsed: "no", scrolled: 1 };
      nb.cells[1] = { cell_type: "raw", id: "cell-2", metadata: { format: {} }, source: ["3"] };
    },
    (nb) => nb.cells[1] = { cell_type: "raw", id: "cell-2", metadata: {}, source: ["3"] },
  ],
  [
    "null for what may be left out",
    (nb) => {
      nb.cells[0].metadata = { tags: null };
      nb.metadata.kernelspec = nb.metadata.language_info = null;
    },
  ],
  ["a kernel without a name", (nb) => Object.assign(nb.metadata, { kernelspec: {}, language_info: {} })],
  [
    "a cell of code without outputs, count and metadata",
    (nb) => nb.cells[0] = { cell_type: "code", id: "a", source: ["1"] },
    (nb) => Object.assign(nb.cells[0], { id: "a", source: ["1"] }),
  ],
  [
    "outputs in Markdown",
    (nb) => Object.assign(nb.cells[1], { cell_type: "markdown", attachments: null }),
    (nb) => nb.cells[1] = { cell_type: "markdown", id: "cell-2", metadata: {}, source: ["3"] },
  ],
  [
    "an output with a count and without metadata",
    (nb) =>
      nb.cells[0].outputs = [{ output_type: "display_data", data: {}, execution_count: 1, transient: {} }],
    (nb) => nb.cells[0].outputs = [{ output_type: "display_data", data: {}, metadata: {} }],
  ],
  ["no minor version", (nb) => delete nb.nbformat_minor],
];
/** What is unusual, and stays as it is. */
const kept: typeof taken = [
  ["an output of an unknown type", (nb) => nb.cells[0].outputs = [{ data: null, output_type: "x", y: [1] }]],
  [
    "metadata that only other kinds of cells define",
    (nb) => {
      nb.cells[0].metadata = { format: 5 };
      nb.cells[1] = { cell_type: "raw", id: "a", metadata: { collapsed: "no", execution: 1 }, source: [] };
    },
  ],
];
for (
  const [name, spoil, read = () => {}] of [
    ...taken,
    ...kept.map(([name, spoil]) => [name, spoil, spoil] as const),
  ]
) {
  Deno.test(`parseNotebook() reads ${name}`, () => {
    const [given, expected] = [onDisk(), onDisk()];
    spoil(given);
    read(expected);
    const written = formatNotebook(parseNotebook(JSON.stringify(given), "a.ipynb"));
    assert.deepEqual(JSON.parse(written), expected);
  });
}

const elsewhere = join(import.meta.dirname!, "testdata");

Deno.test("readNotebook() reads what other front ends write, and gives each cell the same id every time", async () => {
  const read = await readNotebook(join(elsewhere, "vscode-new-4.2.ipynb"));
  assert.deepEqual(read.cells.map(({ id }) => id), ["1", "2"]);
  assert.equal(read.nbformat_minor, 2);
  const notebook = onDisk();
  delete notebook.cells[1].id;
  notebook.cells[0].id = "2";
  const { cells } = parseNotebook(JSON.stringify(notebook), "a.ipynb");
  assert.deepEqual(cells.map(({ id }) => id), ["2", "2-2"]);
});

for (const name of ["vscode-new-4.2.ipynb", "colab-4.0.ipynb"]) {
  Deno.test(`writeNotebook() changes nothing in ${name} that has not changed`, async () => {
    using folder = tempFolder();
    const path = join(folder.path, name);
    Deno.copyFileSync(join(elsewhere, name), path);
    await writeNotebook(path, await readNotebook(path));
    assert.equal(Deno.readTextFileSync(path), Deno.readTextFileSync(join(elsewhere, name)));
  });
}

const jupyters = formatNotebook(notebookOf('"é \\u00fc"', "two\nlines"));
const parsed = JSON.parse(jupyters);
const others: [style: string, text: string][] = [
  ["a byte order mark", `\ufeff${jupyters}`],
  ["Windows line endings", jupyters.replaceAll("\n", "\r\n")],
  ["escapes", jupyters.replaceAll("é", "\\u00e9")],
  ["one line", JSON.stringify(parsed)],
  [
    "one line with spaces",
    jupyters.trimEnd().replace(/,\n\s*/g, ", ").replace(/\n\s*/g, ""),
  ],
  ["a deep indent", jupyters.replace(/^ +/gm, (spaces) => spaces.repeat(12))],
  ["a string for one cell alone", jupyters.replace(/\[\s+("two)\\n",\s+"(lines")\s+\]/, "$1\\n$2")],
  ["lists split elsewhere", jupyters.replace('"two\\n', '"t",\n    "wo\\n')],
];
for (const [style, text] of others) {
  Deno.test(`writeNotebook() keeps a file with ${style}`, async () => {
    using folder = tempFolder();
    const path = join(folder.path, "a.ipynb");
    assert.notEqual(text, jupyters);
    Deno.writeTextFileSync(path, text);
    const notebook = await readNotebook(path);
    await writeNotebook(path, notebook);
    assert.equal(Deno.readTextFileSync(path), text);
    notebook.cells[1].source = "ä";
    await writeNotebook(path, notebook);
    assert.equal((await readNotebook(path)).cells[1].source, "ä");
  });
}

Deno.test("writeNotebook() keeps the keys of JupyterLab's files sorted when one is added", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "a.ipynb");
  await writeNotebook(path, notebookOf("1"));
  const notebook = { ...notebookOf("1"), metadata: { title: "A" } };
  await writeNotebook(path, notebook);
  assert.equal(Deno.readTextFileSync(path), formatNotebook(notebook));
});
