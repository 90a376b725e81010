import { deepEqual } from "node:assert/strict";
import { editionCells } from "./edition_cells.ts";
import { type CellSketch, notebook, stream } from "../testdata/fixtures.ts";
import type { Edition } from "./tags.ts";

const solution = (code: string): CellSketch => ({ code, tags: ["solution"] });

/** Each cell's source, and the room in it. */
function shown(cells: CellSketch[], edition: Edition = "student") {
  return editionCells(notebook(...cells).cells, edition).map(({ cell, treated, room }) =>
    `${cell.source}: ${room ?? treated.cell}`
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
