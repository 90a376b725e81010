/** The differences between the two kernels' outputs of a notebook, cell by cell, and why. @module */
// @ts-types="npm:@types/d3-array@3.2.2"
import { sum } from "d3-array";
import { type Executed, executeNotebook, type ExecuteOptions } from "../run/execute.ts";
import { hasTag } from "../parameters/declaration.ts";
import { kernelKinds } from "../kernel/kinds.ts";
import { type Cell, type Notebook, type Output, outputsOf } from "../notebook/notebook.ts";

/**
 * Runs a notebook under all kernels, one after the other, and compares the outputs of the others with the first's. Returns
 * the number of cells of code, and of those that gave the same outputs, to the byte; those that differ, by number, each
 * with a reason if one is known; and kernel time under each kernel, in seconds, without the cells that run in real time.
 */
export async function compareKernels(path: string, notebook: Notebook, options: ExecuteOptions = {}) {
  const runs: Executed[] = [];
  for (const kernel of kernelKinds) runs.push(await executeNotebook(notebook, { ...options, path, kernel }));
  const code = notebook.cells.flatMap((cell, i) => cell.cell_type === "code" ? [{ cell, i }] : []);
  const different = code.flatMap(({ cell, i }) => {
    const [first, ...others] = runs.map((run) => outputsOf(run.notebook.cells[i]));
    const other = others.find((one) => JSON.stringify(one) !== JSON.stringify(first));
    return other ? [{ cell: i + 1, why: reason(cell, first, other) }] : [];
  });
  const seconds = runs.map(({ cellSeconds }) =>
    sum(code, ({ cell, i }) => hasTag(cell, "real-time") ? 0 : cellSeconds.get(i + 1))
  );
  return { cells: code.length, same: code.length - different.length, different, seconds };
}

/** Tells why outputs differ, as far as that is known: by the kernels' own ways, which no notebook can change. */
function reason(cell: Cell, first: readonly Output[], other: readonly Output[]): string | undefined {
  const has = (type: Output["output_type"]) => first.some(({ output_type }) => output_type === type);
  if (hasTag(cell, "real-time")) return "it runs in real time, and no two runs are late by the same";
  if (has("error")) return "tslab prints errors as text on stderr";
  if (has("execute_result")) return "Deno shows the last value as a result, tslab prints it";
  if (written(first) === written(other)) {
    return "console.log of an object or a list: Deno and Node write these differently; print a text";
  }
}

/** Outputs without what Deno and Node do differently when they write a value. */
function written(outputs: readonly Output[]): string {
  return JSON.stringify(outputs).replace(/\\"|['`]/g, "'").replace(/\\n|\s|,|\\u001b\[[\d;]*m/g, "");
}
