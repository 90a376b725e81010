/** Outputs as a live page shows them: made as those of the page that was written. @module */
import type { ReplayData } from "../../../lib/replay/data.ts";
import type { Output } from "../../notebook/nbformat.ts";
import { folded } from "../document/cut.ts";
import type { Names } from "../document/names.ts";
import { outputsContent } from "../document/outputs.ts";
import { h, toHtml } from "../document/tree.ts";

/** An output below a cell, with its display id and the replay of a timeline; one that stood there before has its HTML alone. */
export type Shown = { output?: Output; id?: string; replay?: ReplayData; html?: string };

/** Adds an output to those of a cell, or puts it in the place of the one that has its id. */
export function take(outputs: Shown[], { output, id, replay }: Shown): void {
  const last = outputs.at(-1)?.output;
  const before = outputs.findIndex((it) => id !== undefined && it.id === id);
  if (before >= 0) outputs[before] = { output, id, replay };
  else if (output?.output_type === "stream" && last?.output_type === "stream" && last.name === output.name) {
    outputs[outputs.length - 1] = { output: { ...output, text: last.text + output.text } };
  } else outputs.push({ output, id, replay });
}

/**
 * Outputs as HTML, each made once unless its text may grow, and a sentence of the page's own.
 *
 * @param which says whose they are
 * @param ids those of the page
 */
export function outputsHtml(outputs: Shown[], which: string, ids: Names, note?: string): string {
  const all = outputs.map((it) => {
    const html = it.html ?? toHtml(folded(outputsContent([it.output!], which, { ids }).children));
    if (it.output?.output_type !== "stream") it.html = html;
    return html;
  });
  return all.join("") + toHtml(note ? h("p", { class: "note" }, note) : []);
}
