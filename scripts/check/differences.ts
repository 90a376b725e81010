/** Compares a notebook with the result of running it again, under its own kernel or tslab. @module */
import { basename } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { count } from "../../lib/words.ts";
import { tslab } from "../kernel/tslab.ts";
import { type Cell, formatNotebook, type Notebook, outputsOf, parseNotebook } from "../notebook/notebook.ts";
import { hasTag } from "../parameters/declaration.ts";
import { executeNotebook, type ExecuteOptions } from "../run/execute.ts";
import type { NotebookFile } from "../run/run_all.ts";

/** Returns a line for each difference: in any byte, or, in a cell tagged `real-time`, only in the shape. */
export function differences(path: string, committed: Notebook, again: Notebook): string[] {
  const found = differing(path, committed, again).map(({ line }) => line);
  const isSame = found.length === 0 && isDeepStrictEqual(committed.metadata, again.metadata);
  if (isSame) return [];
  if (found.length === 0) found.push(`${basename(path)}: its metadata differs`);
  return [...found, `Run it with deno task run ${path}, look at what changed, and commit it.`];
}

/** Runs a notebook under tslab; returns a line for each cell that differs from the committed one, except in real time. */
export async function compareKernels({ path, notebook }: NotebookFile, options: ExecuteOptions = {}) {
  const again = await executeNotebook(notebook, { ...options, path, kernel: tslab });
  const found = differing(path, notebook, again.notebook);
  return found.filter(({ cell }) => !hasTag(cell, "real-time")).map(({ line }) => line);
}

/** Returns the cells that differ, each with a line that says where and how. */
function differing(path: string, ...runs: [committed: Notebook, again: Notebook]) {
  const [committed, again] = runs.map((it) => parseNotebook(formatNotebook(it), path).cells); // as in a file
  return committed.flatMap((cell, i) => {
    const why = difference(cell, again[i]);
    return why ? [{ cell, line: `${basename(path)}, cell ${i + 1}: ${why}` }] : [];
  });
}

/** Returns the difference between a cell and the committed one, if there is one. */
function difference(committed: Cell, again: Cell): string | undefined {
  if (committed.cell_type !== "code" || again.cell_type !== "code") return;
  const ran = committed.execution_count === again.execution_count;
  if (!ran) return committed.execution_count === null ? "it was never run" : "its execution count differs";
  const [before, now] = [committed, again].map(shapesOf);
  if (now.length !== before.length) return `${count(now.length, "output")} instead of ${before.length}`;
  const at = now.findIndex((shape, i) => shape !== before[i]);
  if (at >= 0) return `output ${at + 1} differs from the committed one`;
}

/** Returns the outputs of a cell in a form to compare: as they are, or, if in real time, only their words. */
function shapesOf(cell: Cell): string[] {
  const outputs = outputsOf(cell).map((output) => JSON.stringify(output));
  return hasTag(cell, "real-time") ? outputs.map(wordsOf) : outputs;
}

/**
 * Returns the words of text or markup. A number, with the plural that may follow, becomes 0; so do several numbers in a
 * row, as the number of ticks on an axis may vary.
 */
function wordsOf(text: string): string {
  const words = text.replace(/<[^>]*>/g, " ").replace(/\d+(?:\.\d+)?/g, "0").replace(/(?:\s|\\n)+/g, " ");
  return words.replace(/0(?: 0)+/g, "0").replace(/(?<=0 \p{L}+)s\b/gu, "");
}
