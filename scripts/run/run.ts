/** Runs a notebook file. @module */
import { CellError } from "./cell_error.ts";
import { CourseError, messageOf } from "../common/errors.ts";
import { checkWritable, freeName } from "../common/files.ts";
import { type Executed, executeNotebook, type ExecuteOptions } from "./execute.ts";
import { formatNotebook, type Notebook, readNotebook, writeNotebook } from "../notebook/notebook.ts";

/** Options for running a file. */
export interface RunOptions extends Omit<ExecuteOptions, "path"> {
  /** A notebook to run in place of the file's. */
  notebook?: Notebook;
  /** The file for the result; by default the notebook's own. */
  output?: string;
}

/**
 * Runs the notebook at `path` and writes the result atomically to `output`. Does not overwrite a notebook that was saved
 * during the run.
 *
 * If a cell fails, the file stays unchanged, and the partial result goes to `NAME.partial.ipynb` beside it, as the
 * `CellError` says. The next successful run removes that file.
 */
export async function runFile(path: string, options: RunOptions = {}): Promise<Executed> {
  const { notebook = await readNotebook(path), output = path, ...rest } = options;
  const partial = partialPath(output);
  await checkWritable(output);
  try {
    const executed = await executeNotebook(notebook, { ...rest, path });
    if (output === path && !await isStill(path, notebook)) {
      await writeNotebook(partial, executed.notebook);
      const why = "was changed while it ran, and stays as it is now";
      throw new CourseError(`${path} ${why}. What ran is in ${partial}; run it again.`);
    }
    await writeNotebook(output, executed.notebook);
    await Deno.remove(partial).catch(() => {});
    return executed;
  } catch (error) {
    if (error instanceof CellError) {
      const kept = await writeNotebook(partial, markPartial(error))
        .then(() => `; what ran until then is in ${partial}.`, (other) => `. ${messageOf(other)}`);
      error.message += `\n  ${path} is as it was${kept}`;
    }
    throw error;
  }
}

/** Returns true if the file still contains the notebook that was run. */
async function isStill(path: string, notebook: Notebook): Promise<boolean> {
  const now = await readNotebook(path).catch(() => undefined);
  return now !== undefined && formatNotebook(now) === formatNotebook(notebook);
}

/** Returns the path of the partial result: `a/b.partial.ipynb` for `a/b.ipynb`. */
export function partialPath(path: string): string {
  return path.replace(/(\.ipynb)?$/, ".partial.ipynb");
}

function markPartial({ notebook, cell, reason }: CellError): Notebook {
  const id = freeName("partial-run", notebook.cells.map(({ id }) => id));
  const source =
    `**This is a partial run.** It ended at cell ${cell} (cell ${cell + 1} here), which failed:\n\n` +
    `    ${reason}`;
  return { ...notebook, cells: [{ cell_type: "markdown", id, metadata: {}, source }, ...notebook.cells] };
}
