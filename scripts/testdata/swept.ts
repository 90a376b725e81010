/** A notebook to sweep that needs no library: it reports figures made up from its parameters. @module */
import { runType } from "../../lib/report.ts";
import type { Notebook } from "../notebook/notebook.ts";
import { notebookOf } from "./notebooks.ts";

/** Its `parameters` cell: `items`, `seed` and `name`. */
export const parametersSource = `const items: number = 2; // whole, 0 to 1000: items to make
const seed: number = 1; // whole, 0 to 99: same seed, same numbers
const name: string = "a"; // what it is called`;

/** Code that reports a run whose total is `items` seconds and a hundredth of `seed`. */
export const reportSource =
  `await Deno.jupyter.broadcast("display_data", { metadata: {}, transient: {}, data: {
  "text/plain": "a run",
  "${runType}": {
    name, seed, speed: "Infinity", stopped: false, total: items + seed / 100, bound: items, generated: items,
    processed: items, latency: { first: 0, best: 0, mean: seed / 100, max: seed }, deepest: 1, depth: [[0, 1], [1, 0]],
  },
} });`;

/** A notebook of a `parameters` cell, a cell with `code`, one that reports, and one that must not be run. */
export function sweptNotebook(code = ""): Notebook {
  return notebookOf(
    [parametersSource, "parameters"],
    code,
    ["throw new Error('real-time');", "real-time"],
    reportSource,
    "throw new Error('after the report');",
  );
}
