import { Command } from "commander";
// @ts-types="npm:@types/d3-dsv@3.0.7"
import { csvFormat } from "d3-dsv";
import { Showable } from "../../lib/display.ts";
import { table } from "../../lib/table.ts";
import { checkWritable, writeWhole } from "../common/files.ts";
import { pageOptions, readCourse } from "../common/course.ts";
import { notebookOf } from "../notebook/written.ts";
import { progressOf } from "../progress/students.ts";

type Progress = Awaited<ReturnType<typeof progressOf>>;

/** `course progress <folder...>`: shows which exercises are green. */
export function progress(signal: AbortSignal): Command {
  return new Command("progress")
    .description("show which exercises are green in learners' notebooks")
    .argument("<folder...>", "one learner's notebooks, or a folder for each student")
    .option("--csv <file>", "write the table as CSV")
    .option("--html <file>", "write the table as a page, with what is wrong in each exercise")
    .action(async (folders: string[], { csv, html }: { csv?: string; html?: string }) => {
      for (const file of [csv, html]) if (file) await checkWritable(file);
      const found = await progressOf(folders, { signal });
      const rows = rowsOf(found, (number) => number.replace(/\d+$/, ""), "·");
      console.log(String(table(rows)));
      if (csv) await writeWhole(csv, csvFormat(rowsOf(found, (number) => number, "")) + "\n");
      if (html) await writeWhole(html, await pageOf(found, rows));
    });
}

/**
 * Returns a row for each student. A column has the marks of all exercises with the same head, "3." for 3.1 to 3.3, say;
 * `missing` stands for those that the student has no notebook with.
 */
function rowsOf({ exercises, students }: Progress, headOf: (number: string) => string, missing: string) {
  const columns = Map.groupBy(exercises, headOf);
  return students.map(({ name, exercises: wrong, notes }) => {
    const marks = new Map(Array.from(wrong, ([number, why]) => [number, why ? "✗" : "✓"]));
    const markOf = (number: string) => marks.get(number) ?? missing;
    const cells = Array.from(columns, ([head, numbers]) => [head, numbers.map(markOf).join("")]);
    const green = [...marks.values()].filter((mark) => mark === "✓").length;
    return { student: name, ...Object.fromEntries(cells), green, notes: notes.join(" ") };
  });
}

/** The table as a page. Below it stand the reasons, each once with its students, and the notes, too wide for the table. */
async function pageOf({ exercises, students }: Progress, rows: ReturnType<typeof rowsOf>) {
  const { renderPage } = await import("../handouts/html/html.ts");
  const options = { ...pageOptions(await readCourse()), edition: "teacher" } as const;
  const reasons = exercises.flatMap((exercise) => {
    const groups = Map.groupBy(students, (student) => student.exercises.get(exercise) ?? "");
    return Array.from(groups, ([why, some]) => [exercise, why, some.map(({ name }) => name).join(", ")]);
  });
  const notes = students.flatMap(({ name, notes }) => notes.map((note) => ["", note, name]));
  const open = [...reasons, ...notes].filter(([_, why]) => why)
    .map(([exercise, why, students]) => ({ exercise, "what is wrong": why, students }));
  const marks = rows.map(({ notes: _, ...row }) => row);
  const notebook = notebookOf([
    "# Progress\n\nA column for each notebook, a mark for each of its exercises: ✓ green, ✗ not yet, · not handed in.",
    [styled(table(marks), small)],
    ...open.length > 0 ? ["## Not yet", [styled(table(open))]] : [],
  ]);
  return renderPage({ name: "progress.ipynb", notebook }, options);
}

/** Small marks, with as much room between their columns as the screen has. Only a phone breaks them. */
const small = "th, td { padding-inline: 0 clamp(0.25rem, 1vw, 0.6rem); vertical-align: baseline } " +
  "th + th, td + td { font: clamp(0.7rem, 1vw, 0.8rem) var(--mono) } td:first-child { min-width: 4.5rem } " +
  "@media (width > 30rem) { td + td { white-space: nowrap } }";

/** A table that fits on any screen: where there is no room, words break. */
function styled({ bundle }: Showable, css = ""): Showable {
  const style = `<style>td { overflow-wrap: anywhere } ${css}</style>`;
  return new Showable({ ...bundle, "text/html": style + bundle["text/html"] });
}
