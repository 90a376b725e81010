/** Outputs as a live page shows them: made as those of the page that was written. @module */
import type { Output } from "../../notebook/nbformat.ts";
import { folded } from "../document/fold.ts";
import type { Names } from "../document/names.ts";
import { outputsContent } from "../document/outputs.ts";
import { h, toHtml } from "../document/tree.ts";
import type { Told } from "./engine.ts";

/** Something below a cell: an output, with its display id and its run, or HTML of the page's own. */
export interface Shown {
  output?: Output;
  id?: string;
  run?: number;
  html?: string;
}

/** A sentence of the page's own. */
export const note = (text: string): Shown => ({ html: toHtml(h("p", { class: "note" }, text)) });

/** Adds what a worker tells to a cell's outputs. */
export function take(outputs: Shown[], told: Told): void {
  if (told.kind === "stream") {
    const { name, text } = told;
    const last = outputs.at(-1)?.output;
    if (last?.output_type === "stream" && last.name === name) last.text += text;
    else outputs.push({ output: { output_type: "stream", name, text } });
  } else if (told.kind === "data") {
    const { id, data, run } = told;
    const shown: Shown = { output: { output_type: "display_data", data, metadata: {} }, id, run };
    const before = outputs.findIndex((it) => id !== undefined && it.id === id);
    if (told.type === "update_display_data" && before >= 0) outputs[before] = shown;
    else outputs.push(shown);
  } else if (told.kind === "done" && told.error) {
    const { name, message, line, frames } = told.error;
    const place = frames === "" && line !== undefined ? `\n    at line ${line}` : frames;
    const traceback = [`${name}: ${message}${place}`];
    outputs.push({ output: { output_type: "error", ename: name, evalue: message, traceback } });
  } else if (told.kind === "skip") {
    const stay = told.keeps ? outputs.filter(({ output }) => output) : [];
    outputs.splice(0, Infinity, ...stay, note(told.why));
  }
}

/** Outputs as HTML, each made once unless its text may grow; `which` says whose they are, `ids` are those of the page. */
export function outputsHtml(outputs: Shown[], which: string, ids: Names): string {
  return outputs.map((it) => {
    const html = it.html ?? toHtml(folded(outputsContent([it.output!], which, { ids }).children));
    if (it.output?.output_type !== "stream") it.html = html;
    return html;
  }).join("");
}
