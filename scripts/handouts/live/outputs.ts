/** Outputs of a live page, rendered like those of the handout. @module */
import type { ReplayData } from "../../../lib/replay/data.ts";
import type { Output } from "../../notebook/nbformat.ts";
import { folded } from "../document/cut.ts";
import type { Names } from "../document/names.ts";
import { outputsContent } from "../document/outputs.ts";
import { h, toHtml } from "../document/tree.ts";

/** An output below a cell, with its display id and its timeline's replay; one of the handout has only its HTML. */
export type ShownOutput = { output?: Output; id?: string; replay?: ReplayData; html?: string };

/** Adds an output to those of a cell, or replaces the one with the same id. */
export function take(outputs: ShownOutput[], { output, id, replay }: ShownOutput): void {
  const last = outputs.at(-1)?.output;
  const before = outputs.findIndex((it) => id !== undefined && it.id === id);
  if (before >= 0) outputs[before] = { output, id, replay };
  else if (output?.output_type === "stream" && last?.output_type === "stream" && last.name === output.name) {
    outputs[outputs.length - 1] = { output: { ...output, text: last.text + output.text } };
  } else outputs.push({ output, id, replay });
}

/**
 * Renders outputs, and a note of the page's. Each output is rendered once, but for streams, which may grow.
 *
 * @param which their cell, as in ` of cell 3`
 * @param ids the ids in use
 */
export function outputsHtml(outputs: ShownOutput[], which: string, ids: Names, note?: string): string {
  const all = outputs.map((it) => {
    const html = it.html ?? toHtml(folded(outputsContent([it.output!], which, { ids }).children));
    if (it.output?.output_type !== "stream") it.html = html;
    return html;
  });
  return all.join("") + toHtml(note ? h("p", { class: "note" }, note) : []);
}
