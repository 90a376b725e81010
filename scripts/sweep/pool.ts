/** Runs many points, in one kernel for each core. @module */
import { Kernel } from "../kernel/client.ts";
import { deno } from "../kernel/kernel.ts";
import type { Notebook } from "../notebook/notebook.ts";
import type { Parameter } from "../parameters/declaration.ts";
import type { Point } from "./grid.ts";
import { type Outcome, runPoint, stepsOf } from "./point.ts";

/** Nobody sees what the cells of a point print, and printing would take most of its time. */
const SILENCE = 'for (const name of ["debug", "error", "info", "log", "warn"]) console[name] = () => {};';

/** A kernel keeps something of every cell, about a megabyte a point: after so many points a new one takes its place. */
const POINTS_PER_KERNEL = 250;

/** A point and its outcome. */
export interface Result {
  point: Point;
  outcome: Outcome;
}

/** Options of `runPoints`. */
export interface PoolOptions {
  notebook: Notebook;
  parameters: Parameter[];
  /** The notebook's folder, in which the kernels run. */
  cwd: string;
  /** The time that a cell may take, in seconds. */
  timeout: number;
  signal: AbortSignal;
  /** Called with each point as it is done. */
  onDone: (point: Point, outcome: Outcome) => void;
}

/**
 * Runs all points. A kernel goes from point to point; one that died or hangs is replaced. Throws where no kernel can
 * be started, and the signal's reason when aborted; no kernel is left behind.
 */
export async function runPoints(points: Point[], options: PoolOptions): Promise<void> {
  const todo = points.values();
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const workers = Array.from({ length: Math.min(points.length, navigator.hardwareConcurrency) });
  await Promise.all(
    workers.map(() => work(todo, { ...options, signal }).catch((error) => failed.abort(error))),
  );
  signal.throwIfAborted();
}

async function start({ cwd, signal }: PoolOptions): Promise<Kernel> {
  const kernel = await Kernel.start(deno, { cwd, signal });
  try {
    await kernel.execute(SILENCE, { signal });
    return kernel;
  } catch (error) {
    await kernel.kill();
    throw error;
  }
}

async function work(todo: Iterator<Point>, options: PoolOptions): Promise<void> {
  const { notebook, parameters, onDone } = options;
  let kernel: Kernel | undefined;
  try {
    let runs = 0;
    for (let next = todo.next(); !next.done; next = todo.next()) {
      if (!kernel) [kernel, runs] = [await start(options), 0];
      const steps = stepsOf(notebook, parameters, next.value.values);
      const { outcome, isLost } = await runPoint(kernel, steps, options);
      if (isLost || ++runs >= POINTS_PER_KERNEL) {
        await kernel.kill();
        kernel = undefined;
      }
      onDone(next.value, outcome);
    }
  } finally {
    await kernel?.kill();
  }
}
