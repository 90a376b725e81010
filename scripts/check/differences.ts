/** Differences between a notebook and what running it again gives. @module */
import { basename } from "node:path";
import { hasTag } from "../parameters/declaration.ts";
import type { Cell, CodeCell, Notebook, Output } from "../notebook/notebook.ts";
import { formatNotebook } from "../notebook/notebook.ts";

/** The most differences of a notebook that are listed. */
const MOST = 3;

/** A line for each difference: to the byte, but for cells tagged `real-time`, of which only the shape stays the same. */
export function differences(path: string, notebook: Notebook, again: Notebook): string[] {
  const found = notebook.cells.flatMap((cell, i) => {
    const other = again.cells[i];
    if (cell.cell_type !== "code" || other.cell_type !== "code") return [];
    const isRealTime = hasTag(cell, "real-time");
    const why = isRealTime ? difference(shapeOf(cell), shapeOf(other)) : difference(cell, other);
    return why ? [`${basename(path)}, cell ${i + 1}: ${why}`] : [];
  });
  const [own, other] = [notebook, again].map((it) => formatNotebook({ ...it, cells: [] }));
  if (found.length === 0 && own !== other) found.push(`${basename(path)}: its metadata differ`);
  if (found.length === 0) return [];
  const more = found.length - MOST;
  return [
    ...found.slice(0, MOST),
    ...(more > 0 ? [`${basename(path)}: ${more} more cells differ`] : []),
    `Run it with deno task run ${path}, look at what changed, and commit it.`,
  ];
}

/** The cell with the shape of its outputs: their types and words, of pictures too, without figures and coordinates. */
function shapeOf(cell: CodeCell): CodeCell {
  const outputs = cell.outputs.map((output): Output => {
    if ("text" in output) return { ...output, text: wordsOf(output.text) };
    if (!("data" in output)) return output;
    const data = Object.entries(output.data).map((
      [mime, data],
    ) => [mime, typeof data === "string" && wordsOf(data)]);
    return { ...output, data: Object.fromEntries(data) };
  });
  return { ...cell, outputs };
}

/**
 * The words of text or markup. Numbers are one mark, with the plural that may follow, and so are several in a row: an axis may
 * have more, or fewer.
 */
function wordsOf(text: string): string {
  const words = text.replace(/<[^>]*>/g, " ").replace(/\d+(?:\.\d+)?/g, "0").replace(/\s+/g, " ");
  return words.replace(/0(?: 0)+/g, "0").replace(/(?<=0 \p{L}+)s\b/gu, "").trim();
}

/** A cell as it is written into a file. */
function bytesOf(cell: Cell): string {
  return formatNotebook({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 });
}

/** Why a cell differs from what it was; undefined where it does not. */
function difference(committed: CodeCell, again: CodeCell): string | undefined {
  if (bytesOf(committed) === bytesOf(again)) return;
  if (committed.execution_count === null) return "it was never run";
  const [count, before] = [again.outputs.length, committed.outputs.length];
  if (count !== before) return `${count} outputs, where ${before} are committed`;
  const withOutput = (i: number, { outputs }: CodeCell) => bytesOf({ ...committed, outputs: [outputs[i]] });
  const i = committed.outputs.findIndex((_, i) => withOutput(i, committed) !== withOutput(i, again));
  return i < 0 ? "its execution count differs" : `output ${i + 1} differs from the committed one`;
}
