/** Runs many points, in one kernel for each core. @module */
import { Kernel } from "../kernel/client.ts";
import { deno } from "../kernel/kernel.ts";
import type { Point } from "./grid.ts";
import { type Outcome, type PointOptions, runPoint } from "./point.ts";

/** Silences the console: nobody sees what the cells of a point print, and printing would take most of its time. */
const SILENCE = 'for (const name of ["debug", "error", "info", "log", "warn"]) console[name] = () => {};';

/** A kernel keeps something of every cell, about a megabyte a point: after so many points a new one takes its place. */
const POINTS_PER_KERNEL = 250;

/** A point and its outcome. */
export interface Result {
  point: Point;
  outcome: Outcome;
}

/** Options of `runPoints`. */
export interface PoolOptions extends PointOptions {
  /** The notebook's folder, in which the kernels run. */
  cwd: string;
  /** Called with each point as it is done. */
  onDone: (point: Point, outcome: Outcome) => void;
}

/**
 * Runs all points. A kernel goes from point to point; one that died or hangs is replaced. Throws where no kernel can
 * be started, and the signal's reason when aborted; no kernel is left behind.
 */
export async function runPoints(points: Point[], options: PoolOptions): Promise<void> {
  const todo = [...points];
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const workers = Array.from({ length: Math.min(points.length, navigator.hardwareConcurrency) });
  await Promise.all(
    workers.map(() => work(todo, { ...options, signal }).catch((error) => failed.abort(error))),
  );
  signal.throwIfAborted();
}

async function work(todo: Point[], options: PoolOptions): Promise<void> {
  const { cwd, signal, onDone } = options;
  while (todo.length > 0) {
    const kernel = await Kernel.start(deno, { cwd, signal });
    try {
      await kernel.execute(SILENCE, { signal });
      for (let runs = 0, isLost = false; runs < POINTS_PER_KERNEL && !isLost; runs++) {
        const point = todo.shift();
        if (!point) return;
        const ended = await runPoint(kernel, point, options);
        isLost = ended.isLost;
        onDone(point, ended.outcome);
      }
    } finally {
      await kernel.kill();
    }
  }
}
