/** The differences between the two kernels' outputs of a notebook. @module */
import { basename } from "node:path";
import { kernelKinds } from "../kernel/kinds.ts";
import { outputsOf } from "../notebook/notebook.ts";
import { hasTag } from "../parameters/declaration.ts";
import { type Executed, executeNotebook, type ExecuteOptions } from "../run/execute.ts";
import type { NotebookFile } from "../run/run_all.ts";

/**
 * Runs a notebook under all kernels, one after the other, and prints, cell by cell, where the outputs of the others differ
 * from the first's. Those of cells that run in real time may; the others are returned as problems.
 */
export async function compareKernels({ path, notebook }: NotebookFile, options: ExecuteOptions = {}) {
  const runs: Executed[] = [];
  for (const kernel of kernelKinds) runs.push(await executeNotebook(notebook, { ...options, path, kernel }));
  const code = notebook.cells.flatMap((cell, i) => cell.cell_type === "code" ? [{ cell, i }] : []);
  const { same = [], late = [], different = [] } = Object.groupBy(code, ({ cell, i }) => {
    const [first, ...others] = runs.map((run) => JSON.stringify(outputsOf(run.notebook.cells[i])));
    if (others.every((other) => other === first)) return "same";
    return hasTag(cell, "real-time") ? "late" : "different";
  });
  const name = basename(path);
  console.log(`        ${name}: ${same.length} of ${code.length} cells of code give the same bytes`);
  for (const { i } of late) console.log(`          cell ${i + 1} differs: it runs in real time`);
  return different.map(({ i }) => `${name}, cell ${i + 1}: its output depends on the kernel`);
}
