/** The differences between the two kernels' outputs of a notebook, cell by cell, and why. @module */
import { type Executed, executeNotebook, type ExecuteOptions } from "../run/execute.ts";
import { hasTag } from "../parameters/declaration.ts";
import { kernelKinds } from "../kernel/kinds.ts";
import { type Cell, type Notebook, type Output, outputsOf } from "../notebook/notebook.ts";

/** The result of a comparison. */
export interface Comparison {
  /** The number of cells of code, and of those that gave the same outputs, to the byte. */
  cells: number;
  same: number;
  /** The cells that differ, by number, each with a reason; none is known where `why` is undefined. */
  different: { cell: number; why: string | undefined }[];
  /** Kernel time under each kernel, in seconds, without the cells that run in real time. */
  seconds: number[];
}

/** Runs a notebook under all kernels, one after the other, and compares the outputs of the others with the first's. */
export async function compareKernels(
  path: string,
  notebook: Notebook,
  options: Pick<ExecuteOptions, "signal" | "timeout"> = {},
): Promise<Comparison> {
  const runs: Executed[] = [];
  for (const kernel of kernelKinds) runs.push(await executeNotebook(notebook, { ...options, path, kernel }));
  const isCode = (cell: Cell) => cell.cell_type === "code";
  const different = notebook.cells.flatMap((cell, i) => {
    const outputs = runs.map((run) => outputsOf(run.notebook.cells[i]));
    const other = outputs.find((one) => JSON.stringify(one) !== JSON.stringify(outputs[0]));
    return other ? [{ cell: i + 1, why: reason(cell, outputs[0], other) }] : [];
  });
  const cells = notebook.cells.filter(isCode).length;
  const seconds = runs.map(({ cellSeconds }) =>
    cellSeconds.entries().reduce(
      (sum, [cell, s]) => hasTag(notebook.cells[cell - 1], "real-time") ? sum : sum + s,
      0,
    )
  );
  return { cells, same: cells - different.length, different, seconds };
}

/** Why outputs differ, as far as that is known: the kernels' own ways, which no notebook can change. */
function reason(cell: Cell, first: readonly Output[], other: readonly Output[]): string | undefined {
  if (hasTag(cell, "real-time")) return "it runs in real time, and no two runs are late by the same";
  if (first.some((output) => output.output_type === "error")) return "tslab prints errors as text on stderr";
  if (first.some((output) => output.output_type === "execute_result")) {
    return "Deno shows the last value as a result, tslab prints it";
  }
  if (written(first) === written(other)) {
    return "console.log of an object or a list: Deno and Node write these differently; print a text";
  }
}

/** Outputs without what Deno and Node do differently when they write a value. */
function written(outputs: readonly Output[]): string {
  // deno-lint-ignore no-control-regex
  return JSON.stringify(outputs).replace(/\\"|['`]/g, "'").replace(/\\n|\s|,|\x1b\[[\d;]*m/g, "");
}
