/** Runs several notebooks, one beside the other. @module */
import pLimit from "p-limit";
import { CourseError } from "../common/errors.ts";
import { type Executed, executeNotebook, type ExecuteOptions } from "./execute.ts";
import type { Notebook } from "../notebook/notebook.ts";

/** A notebook and the file that it is from. */
export interface NotebookFile {
  path: string;
  notebook: Notebook;
}

/** A function that runs a notebook, as `executeNotebook` does. */
export type Run<N> = (file: N, options: ExecuteOptions) => Promise<Executed>;

/** Most of a run is waiting, for the kernel's start and in paced cells; each kernel takes some 100 MB of memory. */
export const atOnce = Math.max(8, navigator.hardwareConcurrency);

/**
 * Runs notebooks side by side and returns the results in their order; `options.onCell` is called with the cells of all
 * notebooks together. Where some fail, the others run to their end, and then a `CourseError` names all that failed.
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
