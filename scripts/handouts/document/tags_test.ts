import { equal } from "node:assert/strict";
import { notebook } from "../testdata/fixtures.ts";
import { type Edition, treatment as treatmentOf } from "./tags.ts";

const treatment = (tags: string[], edition: Edition) =>
  treatmentOf(notebook({ code: "1", tags }).cells[0], edition);

Deno.test("treatment() keeps a cell without tags whole", () => {
  const { cell, input, output } = treatment([], "student");
  equal(`${cell} ${input} ${output}`, "keep show show");
});

Deno.test("treatment() reads JupyterLab's slide types and nothing else", () => {
  const slide = (slideshow: unknown) => {
    const [cell] = notebook({ code: "1" }).cells;
    return treatmentOf({ ...cell, metadata: { slideshow } } as typeof cell, "student").slide;
  };
  equal(slide({ slide_type: "subslide" }), "subslide");
  for (const none of [{ slide_type: "-" }, { slide_type: "" }, { slide_type: {} }, {}, null, undefined]) {
    equal(slide(none), undefined);
  }
});

Deno.test("treatment() reads the removal tags, with dashes or underscores", () => {
  equal(treatment(["remove_cell"], "teacher").cell, "remove");
  equal(treatment(["remove-input"], "student").input, "remove");
  equal(treatment(["hide-input"], "student").input, "fold");
  equal(treatment(["Remove-Output"], "student").output, "remove");
});

Deno.test("treatment() gives a solution to the teacher, and a place to work to the student", () => {
  equal(treatment(["solution"], "teacher").cell, "keep");
  equal(treatment(["solution"], "teacher").role, "solution");
  equal(treatment(["solution"], "student").cell, "work");
});

Deno.test("treatment() gives a teacher's cell to nobody else, even if it is a solution too", () => {
  equal(treatment(["teacher"], "teacher").cell, "keep");
  equal(treatment(["teacher"], "student").cell, "remove");
  equal(treatment(["solution", "teacher"], "student").cell, "remove");
});
