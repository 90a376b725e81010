/** Runs many points, in one kernel per core. @module */
import { basename, dirname } from "node:path";
import { type RunFigures, runType } from "../../lib/report.ts";
import { CourseError } from "../common/errors.ts";
import { Kernel, KernelLost } from "../kernel/client.ts";
import type { Published } from "../kernel/messages.ts";
import { deno } from "../kernel/kernel.ts";
import type { Cell, Notebook } from "../notebook/notebook.ts";
import { hasTag, type Parameter } from "../parameters/declaration.ts";
import { inject } from "../parameters/inject.ts";
import { failureInWords } from "../run/cell_error.ts";
import type { Point } from "./grid.ts";

/** Silences the console: nobody sees what the cells of a point print, and printing would take most of its time. */
const SILENCE = 'for (const name of ["debug", "error", "info", "log", "warn"]) console[name] = () => {};';

/** The number of points after which a kernel is replaced: it keeps about a megabyte of each. */
const POINTS_PER_KERNEL = 250;

/** The figures of a point, or the reason why it has none. */
export type Outcome = { ok: true; figures: RunFigures } | { ok: false; error: string };

/** A point and its outcome. */
export type Result = { point: Point; outcome: Outcome };

/** Returns true for a cell that points run: a code cell that is neither skipped nor in real time. */
function isRun(cell: Cell): boolean {
  return cell.cell_type === "code" && !["real-time", "skip-execution"].some((tag) => hasTag(cell, tag));
}

/** Options of `runPoints`. */
export interface PoolOptions {
  /** The notebook's file; the kernels run in its folder. */
  path: string;
  notebook: Notebook;
  parameters: Parameter[];
  /** The seconds that a cell may take. */
  timeout: number;
  signal: AbortSignal;
  /** Called with each point as it is done. */
  onDone: (point: Point, outcome: Outcome) => void;
}

/**
 * Runs all points. A kernel runs one point after another; one that dies or hangs is replaced. Throws if no kernel can be
 * started or no cell could report a run, and throws the signal's reason when aborted. No kernel is left behind.
 */
export async function runPoints(points: Point[], options: PoolOptions): Promise<void> {
  const todo = points.values(); // all workers take from it
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const work = async () => {
    for (let next = todo.next(); !next.done;) {
      await using kernel = await Kernel.start(deno, { cwd: dirname(options.path), signal });
      await kernel.execute(SILENCE, { signal });
      for (let run = 1, isLost = false; !next.done && !isLost && run <= POINTS_PER_KERNEL; run++) {
        const result = await runPoint(kernel, next.value, { ...options, signal });
        options.onDone(next.value, result.outcome);
        isLost = result.isLost;
        next = todo.next();
      }
    }
  };
  const workers = Array.from({ length: Math.min(points.length, navigator.hardwareConcurrency) }, work);
  await Promise.all(workers.map((worker) => worker.catch((error) => failed.abort(error))));
  signal.throwIfAborted();
}

/**
 * Runs the notebook's cells with a point's values until one reports. An error in a cell is the point's outcome; `isLost` is
 * true if the kernel can run no more.
 */
async function runPoint(kernel: Kernel, { values }: Point, options: PoolOptions) {
  const { path, notebook, parameters, timeout, signal } = options;
  let figures: RunFigures | undefined;
  const onMessage = ({ header, content }: Published) => {
    if (header.msg_type === "display_data") figures ??= content.data[runType];
  };
  for (const cell of inject(notebook, parameters, values, { input: "", output: "" }).cells.filter(isRun)) {
    const reply = await kernel.execute(cell.source, { timeout, signal, onMessage }).catch((error) => {
      if (error instanceof KernelLost) return error;
      throw error;
    });
    const isLost = reply instanceof Error;
    if (isLost || (reply.status === "error" && !hasTag(cell, "raises-exception"))) {
      const number = notebook.cells.findIndex(({ id }) => id === cell.id) + 1; // 0 for the cell with the values
      const [reason] = (isLost ? reply.message : failureInWords(reply)).split("\n");
      const error = `cell ${number} failed: ${reason.replace(/\.$/, "")}`;
      return { outcome: { ok: false, error } as const, isLost };
    }
    if (figures) return { outcome: { ok: true, figures } as const, isLost };
  }
  const hasWord = ({ source }: Cell) => source.includes("report") || source.includes(runType);
  if (notebook.cells.filter(isRun).some(hasWord)) { // so other points may report
    return { outcome: { ok: false, error: "no cell reported a run" } as const, isLost: false };
  }
  const why = "no cell reports a run. Add await report(run); below the experiment";
  throw new CourseError(`Cannot sweep ${basename(path)}: ${why}.`);
}
