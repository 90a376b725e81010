import { deepEqual, ok } from "node:assert/strict";
import { editionCells } from "./edition_cells.ts";
import { type CellSketch, notebook, stream } from "../testdata/fixtures.ts";
import type { Notebook } from "../../notebook/notebook.ts";
import type { Edition } from "./tags.ts";

const solution = (code: string): CellSketch => ({ code, tags: ["solution"] });

/** Each cell's source, and the room in it. */
function shown(cells: CellSketch[], edition: Edition = "student") {
  return editionCells(notebook(...cells).cells, edition).map(({ cell, treated, room }) =>
    `${cell.source}: ${(treated.cell === "keep" ? room : undefined) ?? treated.cell}`
  );
}

Deno.test("editionCells() makes one place of a cell of comments and the solutions below it", () => {
  const cells = [{ code: "// Your turn: swap them." }, solution("a\nb"), solution("c"), { code: "d" }];
  deepEqual(shown(cells), ["// Your turn: swap them.: 3", "d: keep"]);
});

Deno.test("editionCells() leaves the teacher both", () => {
  deepEqual(shown([{ code: "// Swap." }, solution("a")], "teacher"), ["// Swap.: keep", "a: keep"]);
});

Deno.test("editionCells() makes no exercise of a cell that holds code, prose or nothing", () => {
  const before: CellSketch[] = [{ code: "// Swap.\nf();" }, { markdown: "// Swap." }, { code: "" }, {
    code: "/* a */ f();",
  }];
  for (const cell of before) {
    deepEqual(shown([cell, solution("a")]), [`${cell.code ?? cell.markdown}: keep`, "a: work"]);
  }
});

Deno.test("editionCells() knows comments of other kinds, and looks past cells that are gone", () => {
  for (const code of ["/* Swap\n   them. */", "# Swap.", "// Swap\n\n  // them."]) {
    deepEqual(shown([{ code }, { markdown: "t", tags: ["teacher"] }, solution("a")]), [`${code}: 1`]);
  }
});

Deno.test("editionCells() takes a cell of code for predicted right below a question whose id says so", () => {
  const ids = ["predict", "predict-text", "predictions", "unpredict"];
  const { cells } = notebook(...ids.flatMap((id) => [{ id, markdown: "?" }, { id: `${id}-run`, code: "1" }]));
  const predicted = editionCells(cells, "student").filter(({ predicted }) => predicted);
  deepEqual(predicted.map(({ cell }) => cell.id), ["predict-run", "predict-text-run"]);
});

Deno.test("editionCells() takes the cell for predicted that comes after the one in which predictions are written down", () => {
  const { cells } = notebook(
    { id: "predict", markdown: "?" },
    { id: "guess", code: "const guess = predict();" },
    { id: "text", markdown: "Run it." },
    { id: "run", code: "1", outputs: [stream("1")] },
    { id: "other", code: "2", outputs: [stream("2")] },
  );
  const predicted = editionCells(cells, "student").filter(({ predicted }) => predicted);
  deepEqual(predicted.map(({ cell }) => cell.id), ["run"]);
});

Deno.test("editionCells() takes for predicted all cells up to the one that reveals what happened", () => {
  const { cells } = notebook(
    { id: "guess", code: "const guess = predict();" },
    { id: "other", code: "const other = predict();" },
    { id: "run", code: "1", outputs: [stream("1")] },
    { id: "reveal", code: "await guess.reveal(1);\nawait other.reveal(2);", outputs: [stream("It is 1")] },
    { id: "after", code: "2", outputs: [stream("2")] },
  );
  const predicted = editionCells(cells, "student").filter(({ predicted }) => predicted);
  deepEqual(predicted.map(({ cell }) => cell.id), ["run", "reveal"]);
});

Deno.test("editionCells() tells which outputs are those of solutions that a learner does not have", () => {
  const starter = { id: "starter", code: "async function make() {}", tags: ["exercise"] };
  const rest = [
    { id: "check", code: 'await check("1", { make });', tags: ["check"] },
    { id: "solution", code: "async function make() { return 1; }", tags: ["solution"] },
    { id: "run", code: "const run = await make();" },
    { id: "other", code: "makeAll();" },
    { id: "plot", code: "show(run);" },
  ];
  const solved = (cells: CellSketch[], edition: Edition) =>
    editionCells(notebook(...cells).cells, edition).filter(({ solved }) => solved).map(({ cell }) => cell.id);
  deepEqual(solved([starter, ...rest], "student"), ["run", "plot"]);
  deepEqual(solved([starter, ...rest], "teacher"), []);
  deepEqual(solved([starter, ...rest.filter(({ id }) => id !== "solution")], "student"), []);
});

const graded = (source: string, nbgrader: Record<string, unknown> = {}): Notebook => {
  const made = notebook({ code: source, outputs: [stream("1")] });
  made.cells[0].metadata = { nbgrader };
  return made;
};

Deno.test("editionCells() understands nbgrader: its solutions, parts of them, and hidden tests", () => {
  const student = (made: Notebook) =>
    editionCells(made.cells, "student").map(({ cell, treated }) => [cell.source, treated.cell]);
  deepEqual(student(graded("secret", { solution: true })), [["secret", "work"]]);
  const whole = "function f() {\n  // BEGIN SOLUTION\n  return 1;\n  // END SOLUTION\n}";
  deepEqual(student(graded(whole, { solution: true })), [["function f() {\n  // Your turn\n}", "keep"]]);
  deepEqual(student(graded("### BEGIN SOLUTION\nx = 1")), [["# Your turn", "keep"]]);
  const tests = "// seen\n/// BEGIN HIDDEN TESTS\nsecret();\n/// END HIDDEN TESTS\nseen();";
  deepEqual(student(graded(tests, { grade: true })), [["// seen\n\nseen();", "keep"]]);
  const behind = "x = 42  # BEGIN SOLUTION\ny = 1\n# END SOLUTION\nz";
  deepEqual(student(graded(behind)), [["# Your turn\nz", "keep"]]);
  deepEqual(student(graded("// Exercise 1: BEGIN SOLUTION\nx")), [["// Your turn", "keep"]]);
  const below = "f() {\n}\n\n// BEGIN HIDDEN TESTS\nsecret();\n// END HIDDEN TESTS\ndone();";
  deepEqual(student(graded(below)), [["f() {\n}\n\n\ndone();", "keep"]]);
  const [{ cell }] = editionCells(graded(whole).cells, "student");
  deepEqual(cell.cell_type === "code" && cell.outputs, []);
  deepEqual(editionCells(graded(whole).cells, "teacher")[0].cell.source, whole);
});

Deno.test("editionCells() comes to its end for a cell of many lines, and of long words", () => {
  const code = `a;${"\n".repeat(100_000)}b = "${"a1".repeat(500_000)}"`;
  deepEqual(shown([{ code }]), [`${code}: keep`]);
});

const comments: [name: string, markdown: string, kept: string][] = [
  ["in a line", "a <!-- secret --> b", "a  b"],
  ["over several lines and an empty one", "a\n\n<!-- one\n\n two -->\n\nb", "a\n\n\n\nb"],
  ["without an end", "a\n\n<!-- secret\n\nmore", "a\n\n"],
  ["in a list", "- a\n\n      <!-- code -->\n\n    <!-- secret -->", "- a\n\n      <!-- code -->\n\n    "],
  ["as definitions", "a\n\n[//]: # (secret)\n[comment]: <> (secret)", "a\n\n\n"],
  [
    "but not what code shows",
    "`<!-- a -->`\n\n```html\n<!-- b -->\n```",
    "`<!-- a -->`\n\n```html\n<!-- b -->\n```",
  ],
  ["between lone backticks", "5` a\n\n<!-- secret -->\n\n6` b", "5` a\n\n\n\n6` b"],
  ["between escaped backticks", "\\` <!-- secret --> \\`", "\\`  \\`"],
  ["between cells of a table", "|a|b|\n|-|-|\n|\\| 5`|<!-- s --> 6`|", "|a|b|\n|-|-|\n|\\| 5`| 6`|"],
  ["in the words of a picture", "![a <!-- s --> ![b <? s ?>](c)](d)", "![a  ![b ](c)](d)"],
  [
    "in HTML",
    "> <div a='<!-- b -->'>\n> <!-- secret\n>\n> secret -->\n> c",
    "> <div a='<!-- b -->'>\n> \n> c",
  ],
  ["of other kinds", "<? s ?>\n\na <!DOCTYPE s> b\n\n<![CDATA[s]]> c", "\n\na  b\n\n c"],
  ["as definitions of two lines", '[//]: # "a\nsecret"\n[//]: #\n  (secret)\n\nb', "\n\n\nb"],
  ["as definitions in quotes and lists", "> [//]: # (s)\n\n- x\n\n    [//]: # (s)", "> \n\n- x\n\n    "],
  [
    "as definitions of any name",
    "[^_^]: # (s)\n\n[hidden]: <> (s)\n[a]\n\n[a]: b 'c'",
    "\n\n\n[a]\n\n[a]: b 'c'",
  ],
  [
    "as a footnote below its label",
    "a[^1]\n\n[^b]:\n    secret\n\n[^1]: c",
    "a[^1]\n\n[^b]:\n\n[^1]: c",
  ],
  ["as footnotes", "a[^1]\n\n[^1]: b\n\n[^2]: secret\n\n    secret\n\nc", "a[^1]\n\n[^1]: b\n\n\n\nc"],
];
for (const [name, markdown, kept] of comments) {
  Deno.test(`editionCells() takes comments out of a learner's Markdown: ${name}`, () => {
    deepEqual(editionCells(notebook({ markdown }).cells, "student")[0].cell.source, kept);
    deepEqual(editionCells(notebook({ markdown }).cells, "teacher")[0].cell.source, markdown);
  });
}

Deno.test("editionCells() takes no longer for one long word than its length deserves", () => {
  const started = performance.now();
  editionCells(notebook({ markdown: "x".repeat(200_000) }).cells, "student");
  ok(performance.now() - started < 10_000);
});
