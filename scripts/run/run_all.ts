/** Runs several notebooks in parallel. @module */
import pLimit from "p-limit";
import { CourseError } from "../common/errors.ts";
import { type Executed, executeNotebook, type ExecuteOptions } from "./execute.ts";
import type { Notebook } from "../notebook/notebook.ts";

/** A notebook and the path of its file. */
export interface NotebookFile {
  path: string;
  notebook: Notebook;
}

/** A function that runs a notebook, like `executeNotebook`. */
export type Run<N> = (file: N, options: ExecuteOptions) => Promise<Executed>;

/** The number of parallel runs. A run mostly waits, for its kernel or in paced cells; a kernel takes about 100 MB of memory. */
export const atOnce = Math.max(8, navigator.hardwareConcurrency);

/**
 * Runs notebooks in parallel and returns the results in order; `options.onCell` counts the cells of all notebooks together.
 * If some fail, the others still run to their end; then a `CourseError` lists all failures.
 */
export async function runAll<N extends NotebookFile>(
  files: readonly N[],
  options: ExecuteOptions = {},
  run: Run<N> = ({ notebook }, options) => executeNotebook(notebook, options),
): Promise<Executed[]> {
  const all = files.reduce((sum, { notebook }) => sum + notebook.cells.length, 0);
  const done = files.map(() => 0);
  const limit = pLimit(atOnce);
  const results = await Promise.allSettled(files.map((file, i) =>
    limit(() =>
      run(file, {
        ...options,
        path: file.path,
        onCell(cells) {
          done[i] = cells;
          options.onCell?.(done.reduce((a, b) => a + b), all);
        },
      })
    )
  ));
  options.signal?.throwIfAborted();
  const failures = results.flatMap((result) => result.status === "rejected" ? [result.reason] : []);
  const unexpected = failures.find((reason) => !(reason instanceof CourseError));
  if (unexpected || failures.length === 1) throw unexpected ?? failures[0];
  if (failures.length > 1) throw new CourseError(failures.map(({ message }) => message).join("\n"));
  return results.map((result) => (result as PromiseFulfilledResult<Executed>).value);
}
