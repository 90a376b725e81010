import { Command, Option } from "commander";
import pLimit from "p-limit";
import { basename, join, relative } from "node:path";
import { type Executed, executeNotebook } from "../execute.ts";
import { renderCourse } from "../handouts/html.tsx";
import type { Edition } from "../handouts/tags.ts";
import { writeSet } from "../handouts/write.ts";
import { readNotebook } from "../notebook.ts";
import { showProgress } from "../progress.ts";
import { courseNotebooks, courseTitle, root } from "../project.ts";
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
    .option("--timeout <seconds>", "how long a cell may take", parseSeconds, 60)
    .action(async ({ out, edition, timeout }: CourseArguments) => {
      const started = performance.now();
      const runs = await runAll(await courseNotebooks(), timeout, signal);
      const pages = renderCourse(
        runs.map(({ name, executed }) => ({ name, notebook: executed.notebook })),
        { title: courseTitle, edition, provenance: { versions: { deno: Deno.version.deno } } },
      );
      await writeSet(out, pages);
      printSummary(runs, (performance.now() - started) / 1000);
      console.log(
        `\nThe handouts are in ${relative(Deno.cwd(), out) || "."}: open ${join(out, "index.html")}`,
      );
    });
}

interface CourseArguments {
  out: string;
  edition: Edition;
  timeout: number;
}

interface NamedRun {
  name: string;
  executed: Executed;
}

/** Runs notebooks, as many at a time as there are cores. The first that fails ends the others. */
async function runAll(paths: string[], timeout: number, signal: AbortSignal): Promise<NamedRun[]> {
  const notebooks = await Promise.all(paths.map(readNotebook));
  const cells = notebooks.reduce((sum, notebook) => sum + notebook.cells.length, 0);
  const progress = showProgress("the course");
  const failed = new AbortController();
  const limit = pLimit(Math.max(1, navigator.hardwareConcurrency));
  const reached = paths.map(() => 0);
  const reachedInAll = () => reached.reduce((a, b) => a + b, 0);
  try {
    const results = await Promise.allSettled(paths.map((path, i) =>
      limit(async () => {
        const executed = await executeNotebook(notebooks[i], {
          path,
          timeout,
          signal: AbortSignal.any([signal, failed.signal]),
          onCell({ cell, seconds }) {
            reached[i] = seconds === undefined ? cell - 1 : cell;
            progress.onCell({ cell: reachedInAll(), cells, seconds: 0 });
          },
        }).catch((error) => {
          failed.abort(error);
          throw error;
        });
        return { name: basename(path), executed };
      })
    ));
    failed.signal.throwIfAborted();
    const runs = results.map((result) => (result as PromiseFulfilledResult<NamedRun>).value);
    progress.done(cells, runs.reduce((sum, { executed }) => sum + executed.seconds, 0));
    return runs;
  } finally {
    progress.stop();
  }
}

function printSummary(runs: NamedRun[], total: number): void {
  const rows = runs.map(({ name, executed }) => [
    name,
    String(executed.notebook.cells.length),
    `${executed.seconds.toFixed(2)} s`,
  ]);
  const cells = runs.reduce((sum, { executed }) => sum + executed.notebook.cells.length, 0);
  const seconds = runs.reduce((sum, { executed }) => sum + executed.seconds, 0);
  const table = [
    ["notebook", "cells", "kernel time"],
    ...rows,
    ["all, one beside the other", String(cells), `${seconds.toFixed(2)} s`],
  ];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  console.log();
  for (const [name, ...numbers] of table) {
    console.log(
      [name.padEnd(widths[0]), ...numbers.map((number, i) => number.padStart(widths[i + 1]))].join("  "),
    );
  }
  console.log(`\nTotal, with the handouts: ${total.toFixed(2)} s`);
}
