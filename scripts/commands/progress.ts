import { Command } from "commander";
// @ts-types="npm:@types/d3-dsv@3.0.7"
import { csvFormat } from "d3-dsv";
import { escapeMarkup } from "../../lib/escape.ts";
import { table } from "../../lib/table.ts";
import { checkWritable, writeWhole } from "../common/files.ts";
import { readCourse } from "../common/course.ts";
import { progressOf, type Student } from "../progress/students.ts";
import { showBar } from "../run/progress.ts";

/** `course progress <folder...>`: tells which exercises are green. */
export function progress(signal: AbortSignal): Command {
  return new Command("progress")
    .description("tell which exercises are green in learners' notebooks")
    .argument("<folder...>", "a learner's folder, or one with a folder for each student")
    .option("--csv <file>", "write the table as CSV")
    .option("--html <file>", "write the table as a page, with what is wrong in each exercise")
    .action(async (folders: string[], { csv, html }: { csv?: string; html?: string }) => {
      for (const file of [csv, html]) if (file) await checkWritable(file);
      const { exercises, students } = await found(folders, signal);
      const rows = students.map((student) => {
        const marks = exercises.map((number) => markOf(student, number));
        const green = marks.filter((mark) => mark === "✓").length;
        const columns = Object.fromEntries(exercises.map((number, i) => [number, marks[i]]));
        return { student: student.name, ...columns, green, notes: student.notes.join(" ") };
      });
      const { "text/plain": text, "text/html": markup } = table(rows).bundle;
      console.log(text);
      if (csv) await writeWhole(csv, csvFormat(rows) + "\n");
      if (html) await writeWhole(html, pageOf((await readCourse()).title, markup!, students));
    });
}

async function found(folders: string[], signal: AbortSignal): ReturnType<typeof progressOf> {
  using bar = showBar("progress", "notebook {value}/{total}, {eta_formatted} left");
  return await progressOf(folders, { signal, onDone: bar.at });
}

/** A mark for an exercise; none where the student has no notebook with it. */
function markOf({ exercises }: Student, number: string): string {
  return exercises.has(number) ? exercises.get(number) ? "✗" : "✓" : "";
}

/** The table as a page, and below it why exercises are not green. */
function pageOf(title: string, markup: string, students: Student[]): string {
  const open = students.flatMap(({ name, exercises }) =>
    [...exercises].flatMap(([number, why]) =>
      why ? `${name}, ${number}: ${why.replace(/[^.?!]$/, "$&.")}` : []
    )
  );
  const style =
    "body{font:1rem/1.5 system-ui;margin:2rem;color-scheme:light dark}table{border-collapse:collapse}" +
    "th,td{padding:.2em .6em;border-bottom:1px solid #8884;text-align:left;overflow-wrap:anywhere}";
  return `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Progress</title><style>${style}</style>
<h1>Progress: ${escapeMarkup(title)}</h1>\n${markup}
<h2>Not yet</h2><ul>\n${
    open.map((sentence) => `<li>${escapeMarkup(sentence)}</li>\n`).join("")
  }</ul></html>\n`;
}
