import { Command } from "commander";
// @ts-types="npm:@types/d3-dsv@3.0.7"
import { csvFormat } from "d3-dsv";
import { table } from "../../lib/table.ts";
import { checkWritable, writeWhole } from "../common/files.ts";
import { pageOptions, readCourse } from "../common/course.ts";
import { notebookOf } from "../notebook/written.ts";
import { progressOf, type Student } from "../progress/students.ts";

/** `course progress <folder...>`: shows which exercises are green. */
export function progress(signal: AbortSignal): Command {
  return new Command("progress")
    .description("show which exercises are green in learners' notebooks")
    .argument("<folder...>", "one learner's notebooks, or a folder for each student")
    .option("--csv <file>", "write the table as CSV")
    .option("--html <file>", "write the table as a page, with what is wrong in each exercise")
    .action(async (folders: string[], { csv, html }: { csv?: string; html?: string }) => {
      for (const file of [csv, html]) if (file) await checkWritable(file);
      const { exercises, students } = await progressOf(folders, { signal });
      const rows = students.map((student) => {
        const marks = exercises.map((number) => [number, markOf(student.exercises.get(number))]);
        const green = marks.filter(([, mark]) => mark === "✓").length;
        return { student: student.name, ...Object.fromEntries(marks), green };
      });
      const noted = rows.map((row, i) => ({ ...row, notes: students[i].notes.join(" ") }));
      console.log(table(noted).bundle["text/plain"]);
      if (csv) await writeWhole(csv, csvFormat(noted) + "\n");
      if (html) await writeWhole(html, await pageOf(exercises, students, rows));
    });
}

/** The mark of an exercise, given what is wrong with it; empty if the student has no notebook with the exercise. */
function markOf(wrong: string | undefined): string {
  if (wrong === undefined) return "";
  return wrong ? "✗" : "✓";
}

/** The table as a page. The reasons and notes, too wide for the table, are listed below it. */
async function pageOf(numbers: string[], students: Student[], rows: Parameters<typeof table>[0]) {
  const { renderPage } = await import("../handouts/html/html.ts");
  const options = { ...pageOptions(await readCourse()), edition: "teacher" } as const;
  const open = students.flatMap(({ name: student, exercises, notes }) => [
    ...numbers.map((exercise) => ({ student, exercise, "what is wrong": exercises.get(exercise) ?? "" })),
    ...notes.map((note) => ({ student, exercise: "", "what is wrong": note })),
  ]).filter((row) => row["what is wrong"]);
  const list = open.length > 0 ? ["## Not yet", [table(open)]] : [];
  const notebook = notebookOf(["# Progress", [table(rows)], ...list]);
  return renderPage({ name: "progress.ipynb", notebook }, options);
}
