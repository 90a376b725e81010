/** Differences between a notebook and what running it again gives, under its own kernel or tslab's. @module */
import { basename } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { tslab } from "../kernel/tslab.ts";
import { type Cell, formatNotebook, type Notebook, outputsOf, parseNotebook } from "../notebook/notebook.ts";
import { hasTag } from "../parameters/declaration.ts";
import { executeNotebook, type ExecuteOptions } from "../run/execute.ts";
import type { NotebookFile } from "../run/run_all.ts";

/** A line for each difference: to the byte, but for cells tagged `real-time`, of which only the shape stays the same. */
export function differences(path: string, committed: Notebook, again: Notebook): string[] {
  const found = differing(path, committed, again).map(({ line }) => line);
  const isSame = found.length === 0 && isDeepStrictEqual(committed.metadata, again.metadata);
  if (isSame) return [];
  if (found.length === 0) found.push(`${basename(path)}: its metadata differ`);
  return [...found, `Run it with deno task run ${path}, look at what changed, and commit it.`];
}

/**
 * Runs a notebook under tslab, and returns a line for each cell that differs from what is committed. A cell that runs in real
 * time may: of that, the line is printed instead.
 */
export async function compareKernels({ path, notebook }: NotebookFile, options: ExecuteOptions = {}) {
  const again = await executeNotebook(notebook, { ...options, path, kernel: tslab });
  return differing(path, notebook, again.notebook).flatMap(({ cell, line }) => {
    if (!hasTag(cell, "real-time")) return [line];
    console.log(`        ${line}: it runs in real time`);
    return [];
  });
}

/** The cells that differ, each with a line that says where and how. */
function differing(path: string, ...runs: [committed: Notebook, again: Notebook]) {
  const [committed, again] = runs.map((it) => parseNotebook(formatNotebook(it), path).cells); // as a file has them
  return committed.flatMap((cell, i) => {
    const why = difference(cell, again[i]);
    return why ? [{ cell, line: `${basename(path)}, cell ${i + 1}: ${why}` }] : [];
  });
}

/** Why a cell differs from what it was; undefined where it does not. */
function difference(committed: Cell, again: Cell): string | undefined {
  if (committed.cell_type !== "code" || again.cell_type !== "code") return;
  const ran = committed.execution_count === again.execution_count;
  if (!ran) return committed.execution_count === null ? "it was never run" : "its execution count differs";
  const [before, now] = [committed, again].map(shapesOf);
  if (now.length !== before.length) return `${now.length} outputs, where ${before.length} are committed`;
  const at = now.findIndex((shape, i) => shape !== before[i]);
  if (at >= 0) return `output ${at + 1} differs from the committed one`;
}

/** The outputs of a cell as they are compared: as they are, or their words, of pictures too, without figures and coordinates. */
function shapesOf(cell: Cell): string[] {
  const outputs = outputsOf(cell).map((output) => JSON.stringify(output));
  return hasTag(cell, "real-time") ? outputs.map(wordsOf) : outputs;
}

/**
 * The words of text or markup. Numbers are one mark, with the plural that may follow, and so are several in a row: an axis may
 * have more, or fewer.
 */
function wordsOf(text: string): string {
  const words = text.replace(/<[^>]*>/g, " ").replace(/\d+(?:\.\d+)?/g, "0").replace(/(?:\s|\\n)+/g, " ");
  return words.replace(/0(?: 0)+/g, "0").replace(/(?<=0 \p{L}+)s\b/gu, "");
}
