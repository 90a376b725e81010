/** Does running a notebook again give the outputs that it was committed with? @module */
import { basename } from "node:path";
import { executeNotebook, type ExecuteOptions } from "../run/execute.ts";
import { type Cell, type CodeCell, formatNotebook, type Notebook } from "../notebook/notebook.ts";

/** How many differences of a notebook are told. */
const MOST = 3;

/** The tag of cells that run in real time, whose output may vary. */
const REAL_TIME = "real-time";

/**
 * Runs a notebook and compares what comes with what is in it, to the byte; cells tagged `real-time` are passed
 * over. Returns a line for each difference, empty where there is none.
 */
export async function compareWithRun(
  path: string,
  notebook: Notebook,
  options: ExecuteOptions,
): Promise<string[]> {
  const { notebook: again } = await executeNotebook(notebook, { ...options, path });
  const differences = notebook.cells.flatMap((cell, i) => {
    const same = isRealTime(cell) || bytesOf(cell) === bytesOf(again.cells[i]);
    return same ? [] : [`${basename(path)}, cell ${i + 1}: ${difference(cell, again.cells[i])}`];
  });
  if (differences.length === 0 && formatNotebook(passOver(notebook)) !== formatNotebook(passOver(again))) {
    differences.push(`${basename(path)}: its metadata differ`);
  }
  if (differences.length === 0) return [];
  const more = differences.length - MOST;
  return [
    ...differences.slice(0, MOST),
    ...(more > 0 ? [`${basename(path)}: ${more} more cells differ`] : []),
    `Run it with deno task run ${path}, look at what changed, and commit it.`,
  ];
}

function isRealTime(cell: Cell): boolean {
  return Array.isArray(cell.metadata.tags) && cell.metadata.tags.includes(REAL_TIME);
}

/** A cell as it is written into a file. */
function bytesOf(cell: Cell): string {
  return formatNotebook({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 });
}

function passOver(notebook: Notebook): Notebook {
  return { ...notebook, cells: notebook.cells.filter((cell) => !isRealTime(cell)) };
}

function difference(committed: Cell, again: Cell): string {
  if (committed.cell_type !== "code" || again.cell_type !== "code") return "its text differs";
  if (committed.execution_count === null) return "it was never run";
  if (committed.outputs.length !== again.outputs.length) {
    return `${again.outputs.length} outputs, where ${committed.outputs.length} are committed`;
  }
  const withOutput = (i: number, { outputs }: CodeCell) => bytesOf({ ...committed, outputs: [outputs[i]] });
  const i = committed.outputs.findIndex((_, i) => withOutput(i, committed) !== withOutput(i, again));
  return i < 0 ? "its execution count differs" : `output ${i + 1} differs from the committed one`;
}
