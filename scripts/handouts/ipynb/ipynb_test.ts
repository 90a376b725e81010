import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Notebook } from "../../notebook/notebook.ts";
import { parseNotebook } from "../../notebook/notebook.ts";
import { type CellSketch, display, notebook, stream } from "../testdata/fixtures.ts";
import type { CourseOptions } from "../document/parts.ts";
import { renderIpynb } from "./ipynb.ts";
import type { Edition } from "../document/tags.ts";

function clean(edition: Edition, source: Notebook, more: Partial<CourseOptions> = {}): Notebook {
  const files = renderIpynb([{ name: "x/01-a.ipynb", notebook: source }], {
    title: "A course",
    edition,
    ...more,
  });
  return parseNotebook(files.get("01-a.ipynb")!, "01-a.ipynb");
}

const student = (...cells: CellSketch[]) => clean("student", notebook(...cells)).cells;
const teacher = (...cells: CellSketch[]) => clean("teacher", notebook(...cells)).cells;

Deno.test("renderIpynb() gives students no outputs and no counts, and teachers all of them", () => {
  const cell = { code: "1", outputs: [stream("a"), display({ "text/plain": "b" })] };
  deepEqual(student(cell), [{ ...teacher(cell)[0], outputs: [], execution_count: null }]);
  deepEqual(teacher(cell), notebook(cell).cells);
});

Deno.test("renderIpynb() puts a place to work where a solution was, under its id", () => {
  const [words, code] = [{ markdown: "SECRET", tags: ["solution"] }, { code: "SECRET", tags: ["solution"] }];
  const cells = student(words, { markdown: "Now you." }, words, code, words);
  deepEqual(cells.map(({ id, source, metadata }) => [id, source, metadata]), [
    ["c1", "*Your turn*", {}],
    ["c2", "Now you.", {}],
    ["c4", "// Your turn", {}],
  ]);
});

Deno.test("renderIpynb() makes an exercise's cell of comments the one place to work", () => {
  const cells = [{ code: "// Swap them." }, { code: "SECRET", tags: ["solution"] }];
  deepEqual(student(...cells).map(({ id, source }) => [id, source]), [["c1", "// Swap them."]]);
  deepEqual(teacher(...cells).map(({ id }) => id), ["c1", "c2"]);
});

Deno.test("renderIpynb() puts beside notebooks what they import, and a page that says how to start", () => {
  const source = notebook({ markdown: "# One" }, { code: 'import { now } from "@course/lib";' });
  const files = renderIpynb([{ name: "01 a.ipynb", notebook: source }], {
    title: "A course",
    edition: "student",
    deno: "2.9.6",
  });
  deepEqual([...files.keys()].slice(0, 3), ["01 a.ipynb", "README.md", "deno.json"]);
  ok(files.has("lib/mod.ts"));
  match(files.get("README.md")!, /- \[One\]\(01%20a\.ipynb\)[^]*version 2\.9\.6[^]*deno jupyter --install/);
});

Deno.test("renderIpynb() keeps the teacher's cells to the teacher", () => {
  equal(student({ markdown: "a", tags: ["teacher"] }).length, 0);
  deepEqual(teacher({ markdown: "a", tags: ["teacher"] })[0].metadata, { tags: ["teacher"] });
});

Deno.test("renderIpynb() keeps of metadata what a notebook needs", () => {
  const source = notebook({ code: "1", tags: ["parameters", "a-note-of-mine"] });
  source.metadata.authors = [{ name: "x" }];
  source.metadata.widgets = { state: "x" };
  Object.assign(source.metadata.kernelspec!, { path: "/home/x" });
  Object.assign(source.metadata, { language_info: { name: "typescript", x: "y" } });
  Object.assign(source.cells[0].metadata, {
    nbgrader: { x: 1 },
    slideshow: { slide_type: "slide", x: 1 },
    execution: { "iopub.status.busy": "2026" },
  });
  const made = clean("student", source);
  deepEqual(made.cells[0].metadata, { slideshow: { slide_type: "slide" }, tags: ["parameters"] });
  deepEqual(Object.keys(made.metadata).sort(), ["handout", "kernelspec", "language_info"]);
  deepEqual(made.metadata.language_info, { name: "typescript" });
  deepEqual(made.metadata.kernelspec, { display_name: "Deno", language: "typescript", name: "deno" });
});

Deno.test("renderIpynb() keeps attachments that are shown", () => {
  const shown = ["a b.png", "c(1).png", "it's.png", "my pic.png"];
  const attachments = Object.fromEntries(
    [...shown, "old.png"].map((name) => [name, { "image/png": "AAAA" }]),
  );
  const markdown = "![](attachment:a%20b.png) ![](attachment:c(1).png) ![](<attachment:my pic.png>)\n" +
    `<img src="attachment:it's.png"> \`![](attachment:old.png)\``;
  const [cell] = student({ markdown, attachments });
  ok(cell.cell_type === "markdown");
  deepEqual(Object.keys(cell.attachments ?? {}), shown);
});

Deno.test("renderIpynb() tells in its metadata what made it", () => {
  const source = notebook({ code: "const seed = 7;", tags: ["parameters"] });
  deepEqual(clean("student", source, { deno: "2.9.6" }).metadata.handout, {
    kernel: "Deno",
    notebook: "01-a.ipynb, student’s edition",
    parameters: "seed = 7",
    versions: "Deno 2.9.6",
  });
});
