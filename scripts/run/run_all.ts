/** Runs several notebooks, one beside the other. @module */
import pLimit from "p-limit";
import { type CellEvent, type Executed, executeNotebook } from "./execute.ts";
import type { KernelKind } from "../kernel/kernel.ts";
import type { Notebook } from "../notebook/notebook.ts";

/** How to run notebooks. */
export interface RunAllOptions {
  /** How long a cell may take, in seconds. */
  timeout: number;
  kernel?: KernelKind;
  signal: AbortSignal;
  /** Told of the cells of all notebooks together. */
  onCell?: (event: CellEvent) => void;
}

/**
 * Runs notebooks, as many at a time as there are cores, and returns them in their order; those given stay as they
 * are. The first that fails ends the others.
 */
export async function runAll(
  notebooks: readonly { path: string; notebook: Notebook }[],
  { timeout, kernel, signal, onCell }: RunAllOptions,
): Promise<Executed[]> {
  const cells = notebooks.reduce((sum, { notebook }) => sum + notebook.cells.length, 0);
  const reached = notebooks.map(() => 0);
  const failed = new AbortController();
  const limit = pLimit(Math.max(1, navigator.hardwareConcurrency));
  const results = await Promise.allSettled(
    notebooks.map(({ path, notebook }, i) =>
      limit(() =>
        executeNotebook(notebook, {
          path,
          timeout,
          kernel,
          signal: AbortSignal.any([signal, failed.signal]),
          onCell({ cell, seconds }) {
            reached[i] = seconds === undefined ? cell - 1 : cell;
            onCell?.({ cell: reached.reduce((a, b) => a + b, 0), cells, seconds: 0 });
          },
        }).catch((error) => {
          failed.abort(error);
          throw error;
        })
      )
    ),
  );
  failed.signal.throwIfAborted();
  return results.map((result) => (result as PromiseFulfilledResult<Executed>).value);
}
