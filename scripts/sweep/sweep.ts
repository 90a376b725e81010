/** A sweep from its command to its document. @module */
import { basename, dirname, join } from "node:path";
import { runType } from "../../lib/report.ts";
import { CourseError } from "../common/errors.ts";
import { buildDocument } from "../handouts/document/document.ts";
import { fileStem } from "../handouts/document/names.ts";
import { writeSet } from "../handouts/build/write.ts";
import { type Notebook, readNotebook } from "../notebook/notebook.ts";
import type { Assignment } from "../parameters/assign.ts";
import { hasTag, readParameters } from "../parameters/declaration.ts";
import { fileNameOf } from "../parameters/file_name.ts";
import { makeFolder, tellable } from "../run/run_with.ts";
import { toCsv, toJson } from "./export.ts";
import { fingerprint } from "./fingerprint.ts";
import { type Grid, type Point, readGrid } from "./grid.ts";
import { groupsOf, type Result } from "./groups.ts";
import { renderSweep } from "./page.tsx";
import type { Outcome } from "./point.ts";
import { runPoints } from "./pool.ts";
import type { SweepProgress } from "./progress.ts";
import { SweepRecord } from "./record.ts";

/** How to sweep. */
export interface SweepOptions {
  /** The folder in which the sweep gets a folder of its own. */
  out: string;
  /** How long a cell may take, in seconds. */
  timeout: number;
  signal: AbortSignal;
  progress?: SweepProgress;
}

/** What a sweep has come to. */
export interface Swept {
  /** The folder with `index.html`, `points.csv`, `points.json`, and `done.jsonl`, from which it goes on. */
  folder: string;
  results: Result[];
  /** How many points an earlier sweep had done. */
  reused: number;
}

/** A sweep that was ended before all of its points were done; `done` are kept. */
export class SweepStopped extends Error {
  constructor(readonly folder: string, readonly done: number, readonly all: number, cause: unknown) {
    super(`${done} of ${all} points are done`, { cause });
  }
}

/**
 * Runs the notebook at `path` with every combination of values and writes one document of all runs. Points that an
 * earlier sweep of the same notebook, library and values has done are not run again.
 *
 * Throws a `CourseError` for what cannot be swept, and `SweepStopped` where it was ended early.
 */
export async function sweepNotebook(
  path: string,
  assignments: Assignment[],
  { out, timeout, signal, progress }: SweepOptions,
): Promise<Swept> {
  const notebook = await readNotebook(path);
  const parameters = readParameters(notebook, basename(path));
  const grid = readGrid(parameters, assignments, basename(path));
  refuseWithoutReport(notebook, basename(path));
  const folder = join(
    out,
    `${fileStem(path)}-sweep-${fileNameOf(grid.axes.map(({ name, text }) => [name, text]))}`,
  );
  await makeFolder(folder);
  using record = await SweepRecord.open(join(folder, "done.jsonl"), fingerprint(notebook));

  const all = [...new Map([...grid.points, ...grid.baseline].map((point) => [point.key, point])).values()];
  const todo = all.filter(({ key }) => !record.outcomes.has(key));
  const reused = all.length - todo.length;
  progress?.start(todo.length);
  const onDone = async (point: Point, outcome: Outcome) => {
    await record.add(point, outcome);
    progress?.step();
  };
  try {
    await runPoints(todo, { notebook, parameters, cwd: dirname(path), timeout, signal, onDone });
  } catch (error) {
    throw signal.aborted ? new SweepStopped(folder, record.outcomes.size, all.length, error) : error;
  } finally {
    progress?.stop();
  }
  const results = resultsOf(grid.points, record);
  await writeSet(folder, documentsOf({ path, notebook, grid, results, record }));
  return { folder, results, reused };
}

function documentsOf({ path, notebook, grid, results, record }: {
  path: string;
  notebook: Notebook;
  grid: Grid;
  results: Result[];
  record: SweepRecord;
}): Map<string, string> {
  const { title } = buildDocument(notebook, { name: path, edition: "student" });
  const html = renderSweep({
    title,
    notebook: basename(path),
    grid,
    results,
    groups: groupsOf(grid.points, grid.axes, record.outcomes),
    baseline: resultsOf(grid.baseline, record),
    command: commandOf(path, grid),
  });
  return new Map([["index.html", html], ["points.csv", toCsv(results)], ["points.json", toJson(results)]]);
}

/** The command that a shell takes. */
function commandOf(path: string, { axes }: Grid): string {
  const words = [
    "deno",
    "task",
    "sweep",
    tellable(path),
    ...axes.flatMap(({ name, text }) => ["-p", `${name}=${text}`]),
  ];
  return words.map((word) => /^[\w./=,:+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`).join(
    " ",
  );
}

function resultsOf(points: Point[], { outcomes }: SweepRecord): Result[] {
  return points.map((point) => ({ point, outcome: outcomes.get(point.key)! }));
}

/** A look at the code tells at once what else each point would tell at its end. */
function refuseWithoutReport(notebook: Notebook, name: string): void {
  const reports = notebook.cells.some((cell) =>
    cell.cell_type === "code" && !hasTag(cell, "real-time") &&
    (/\breport\s*\(/.test(cell.source) || cell.source.includes(runType))
  );
  if (!reports) {
    throw new CourseError(
      `Cannot sweep ${name}: no cell of it reports a run. Add await report(run); below the experiment.`,
    );
  }
}
