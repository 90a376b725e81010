import { deepEqual, equal } from "node:assert/strict";
import { type CellSketch, notebook } from "../testdata/fixtures.ts";
import { editionCells } from "./edition_cells.ts";
import { answers, solved } from "./exercises.ts";

const cell = (code: string, ...tags: string[]): CellSketch => ({ code, tags });
const exercise = [cell("start", "exercise"), cell("see", "check"), cell("done", "solution")];

const sources = (...cells: CellSketch[]) => solved(notebook(...cells)).cells.map(({ source }) => source);

function shown(...cells: CellSketch[]): string[] {
  return editionCells(notebook(...cells).cells, "student").map(({ cell, treated }) =>
    treated.cell === "work" ? "a place to work" : cell.source
  );
}

Deno.test("editionCells() makes no place to work of a solution with a starter, however many cells it has", () => {
  deepEqual(shown(...exercise, cell("more", "solution"), cell("go on")), ["start", "see", "go on"]);
  const apart = [cell("start", "exercise"), cell("note", "teacher"), { ...cell("done", "solution") }];
  deepEqual(shown(...apart), ["start"]);
});

Deno.test("editionCells() makes a place to work of a solution that other cells part from a starter", () => {
  deepEqual(shown(...exercise, { markdown: "Now you." }, cell("own", "solution")).slice(2), [
    "Now you.",
    "a place to work",
  ]);
});

Deno.test("solved() puts solutions in the starters' places, and keeps those without one in theirs", () => {
  deepEqual(sources(...exercise, cell("more", "Solution"), cell("a"), cell("own", "solution")), [
    "done",
    "more",
    "see",
    "a",
    "own",
  ]);
  deepEqual(solved(notebook(...exercise)).cells[0].metadata.tags, []);
});

Deno.test("solved() leaves what is the teacher's alone", () => {
  const cells = [cell("start", "exercise"), cell("better", "solution", "teacher")];
  deepEqual(
    shown(...solved(notebook(...cells)).cells.map(({ source, metadata }) => cell(source, ...metadata.tags!))),
    [
      "start",
    ],
  );
});

Deno.test("answers() gives each solution the headings that it has in its notebook, each once", () => {
  const one = notebook(
    { markdown: "# One\n\n## First\n\n### Exercise 1.1" },
    ...exercise,
    cell("more", "solution"),
    { markdown: "## Two `2`" },
    cell("own", "solution"),
  );
  const none = notebook({ markdown: "# None\n\n## Nothing" });
  const { cells } = answers([one, none, one]);
  equal(
    cells.map(({ source }) => source).join("|"),
    ["# Solutions", ...Array(2).fill("## One\n\n### Exercise 1.1|done|more|### Two `2`|own")].join("|"),
  );
});
