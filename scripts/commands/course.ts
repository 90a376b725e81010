import { Command, Option } from "commander";
import { basename, join, relative } from "node:path";
import type { Executed } from "../run/execute.ts";
import { embedPictures } from "../handouts/document/embed_pictures.ts";
import { renderCourse } from "../handouts/html/html.tsx";
import { replaceSet, toldOf } from "../handouts/build/replace.ts";
import type { Edition } from "../handouts/document/tags.ts";
import { kernelNamed, kernelOption } from "../kernel/kinds.ts";
import { readNotebook } from "../notebook/notebook.ts";
import { showProgress } from "../run/progress.ts";
import { courseNotebooks, courseTitle, root } from "../common/project.ts";
import { runAll } from "../run/run_all.ts";
import { parseSeconds } from "./run.ts";

/** `course course`: runs all notebooks, and writes a page for each and an index. */
export function course(signal: AbortSignal): Command {
  return new Command("course")
    .description("run all notebooks and write the handouts; the notebooks stay as they are")
    .option("--out <folder>", "where the handouts go", join(root, "handouts"))
    .addOption(
      new Option("--edition <edition>", "with solutions (teacher), or with room to work in their place")
        .choices(["student", "teacher"]).default("student"),
    )
    .addOption(kernelOption())
    .option("--timeout <seconds>", "how long a cell may take", parseSeconds, 60)
    .action(async ({ out, edition, kernel, timeout }: CourseArguments) => {
      const started = performance.now();
      const paths = await courseNotebooks();
      const notebooks = await Promise.all(
        paths.map(async (path) => ({ path, ...await embedPictures(path, await readNotebook(path)) })),
      );
      const progress = showProgress("the course");
      let runs: NamedRun[];
      try {
        const executed = await runAll(notebooks, {
          kernel: kernelNamed(kernel),
          timeout,
          signal,
          onCell: progress.onCell,
        });
        runs = executed.map((executed, i) => ({ name: basename(paths[i]), executed }));
        progress.done(cellsOf(runs), secondsOf(runs));
      } finally {
        progress.stop();
      }
      const pages = renderCourse(
        runs.map(({ name, executed }) => ({ name, notebook: executed.notebook })),
        { title: courseTitle, edition, provenance: { versions: { Deno: Deno.version.deno } } },
      );
      const replaced = await replaceSet(out, pages);
      toldOf(replaced).forEach((sentence) => console.log(sentence));
      console.log(`\n${summaryOf(runs)}`);
      console.log(`\nTotal, with the handouts: ${((performance.now() - started) / 1000).toFixed(2)} s`);
      console.log(
        `\nThe handouts are in ${relative(Deno.cwd(), out) || "."}: open ${join(out, "index.html")}`,
      );
    });
}

interface CourseArguments {
  out: string;
  edition: Edition;
  kernel: string;
  timeout: number;
}

interface NamedRun {
  name: string;
  executed: Executed;
}

function cellsOf(runs: NamedRun[]): number {
  return runs.reduce((sum, { executed }) => sum + executed.notebook.cells.length, 0);
}

function secondsOf(runs: NamedRun[]): number {
  return runs.reduce((sum, { executed }) => sum + executed.seconds, 0);
}

/** A table of the runs: cells and kernel time of each, and of all. */
export function summaryOf(runs: NamedRun[]): string {
  const rows = runs.map(({ name, executed }) => [
    name,
    String(executed.notebook.cells.length),
    `${executed.seconds.toFixed(2)} s`,
  ]);
  const table = [
    ["notebook", "cells", "kernel time"],
    ...rows,
    ["sum (they ran side by side)", String(cellsOf(runs)), `${secondsOf(runs).toFixed(2)} s`],
  ];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  return table.map(([name, ...numbers]) =>
    [name.padEnd(widths[0]), ...numbers.map((number, i) => number.padStart(widths[i + 1]))].join("  ")
  ).join("\n");
}
