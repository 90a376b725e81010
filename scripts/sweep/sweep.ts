/** A sweep from its command to its report. @module */
import { basename, join } from "node:path";
import { makeFolder, writeWhole } from "../common/files.ts";
import { Interrupted } from "../common/interrupt.ts";
import { courseOf, pageOptions } from "../common/course.ts";
import { here, publicPath } from "../common/project.ts";
import { buildDocument } from "../handouts/document/document.ts";
import { renderPage } from "../handouts/html/html.ts";
import { formatNotebook, readNotebook } from "../notebook/notebook.ts";
import type { Assignments } from "../parameters/assign.ts";
import { readParameters } from "../parameters/declaration.ts";
import { fileNameOf, placeFor } from "../parameters/file_name.ts";
import { type Grid, type Point, readGrid } from "./grid.ts";
import { type Outcome, type Result, runPoints } from "./pool.ts";
import { showBar } from "../run/bar.ts";
import { toCsv, toJson } from "./figures.ts";
import { fingerprint, openRecord } from "./record.ts";
import { reportOf } from "./report.ts";

/**
 * Runs the notebook at `path` with every combination of values and writes one report on all runs, as `index.html`,
 * `sweep.ipynb`, `points.csv` and `points.json`, into a folder in `out`. Points that are in its `done.jsonl`, from an earlier
 * sweep with the same code, are not run again. A cell may take `timeout` seconds.
 *
 * Throws a `CourseError` for what cannot be swept. If aborted, throws the signal's reason, which says what is kept.
 */
export async function sweepNotebook(
  path: string,
  assignments: Assignments,
  { out, timeout, signal }: { out: string; timeout: number; signal: AbortSignal },
): Promise<{ folder: string; results: Result[]; reused: number }> {
  const notebook = await readNotebook(path);
  const parameters = readParameters(notebook, basename(path));
  const grid = readGrid(parameters, assignments, basename(path));
  const values = `sweep-${fileNameOf(assignments)}`;
  const { place: folder, origin } = await placeFor(path, out, values, ["/done.jsonl"]);
  await makeFolder(folder);
  const record = await openRecord(join(folder, "done.jsonl"), origin + fingerprint(notebook));

  const { points } = grid;
  const todo = points.filter(({ key }) => !record.outcomes.has(key));
  try {
    using bar = showBar(path, "point");
    let done = 0;
    bar.at(done, todo.length);
    const onDone = (point: Point, outcome: Outcome) => {
      record.add(point, outcome);
      bar.at(++done, todo.length);
    };
    await runPoints(todo, { path, notebook, parameters, timeout, signal, onDone });
  } catch (error) {
    const kept = `${record.outcomes.size} of ${points.length} points are kept in ${here(folder)}`;
    if (error instanceof Interrupted) error.message += ` ${kept}; the same command goes on from there.`;
    throw error;
  }
  const results = points.map((point): Result => ({ point, outcome: record.outcomes.get(point.key)! }));
  const { title } = buildDocument(notebook, { name: path, edition: "student" });
  const about = { title, notebook: basename(path), command: commandOf(path, grid) };
  const report = reportOf(grid, results, about);
  const page = { ...pageOptions(await courseOf(path)), edition: "student" } as const;
  const files = {
    "index.html": renderPage({ name: "sweep.ipynb", notebook: report }, page),
    "sweep.ipynb": formatNotebook(report),
    "points.csv": toCsv(results),
    "points.json": toJson(results),
  };
  for (const [name, content] of Object.entries(files)) await writeWhole(join(folder, name), content);
  return { folder, results, reused: points.length - todo.length };
}

/** Writes the command for a shell. */
function commandOf(path: string, { axes }: Grid): string {
  const values = axes.flatMap(({ name, text }) => ["-p", `${name}=${text}`]);
  const quoted = (word: string) => /^[\w./=,:+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
  return ["deno", "task", "sweep", publicPath(path), ...values].map(quoted).join(" ");
}
