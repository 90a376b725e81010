/** Differences between a notebook and what running it again gives. @module */
import { basename } from "node:path";
import { type Cell, formatNotebook, type Notebook, outputsOf, parseNotebook } from "../notebook/notebook.ts";
import { hasTag } from "../parameters/declaration.ts";

/** A line for each difference: to the byte, but for cells tagged `real-time`, of which only the shape stays the same. */
export function differences(path: string, ...runs: [committed: Notebook, again: Notebook]): string[] {
  const [notebook, again] = runs.map((it) => parseNotebook(formatNotebook(it), path)); // as a file has them
  const found = notebook.cells.flatMap((cell, i) => {
    const why = difference(cell, again.cells[i]);
    return why ? [`${basename(path)}, cell ${i + 1}: ${why}`] : [];
  });
  const [own, other] = [notebook, again].map(({ metadata }) => JSON.stringify(metadata));
  if (found.length === 0 && own !== other) found.push(`${basename(path)}: its metadata differ`);
  if (found.length === 0) return [];
  return [...found, `Run it with deno task run ${path}, look at what changed, and commit it.`];
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
