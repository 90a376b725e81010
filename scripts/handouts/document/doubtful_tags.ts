import type { Notebook } from "../../notebook/notebook.ts";
import { tagName } from "./tags.ts";

/** What handouts understand, and what else may stand in a cell's tags. */
const known = [
  "solution",
  "teacher",
  "remove-cell",
  "remove-input",
  "remove-output",
  "hide-input",
  "parameters",
  "injected-parameters",
];

/**
 * The tags of a notebook that handouts pass over, though their author may mean something by them: `solutions` would put
 * the solution into every learner's hands. One sentence for each.
 */
export function doubtfulTags(notebook: Notebook): string[] {
  const sentences = new Set<string>();
  notebook.cells.forEach((cell, index) => {
    for (const tag of cell.metadata?.tags ?? []) {
      const name = tagName(tag);
      if (known.includes(name)) continue;
      const like = meant(name);
      if (like) sentences.add(`cell ${index + 1} has the tag ${tag}, which does nothing: is ${like} meant?`);
    }
  });
  return [...sentences];
}

function meant(name: string): string | undefined {
  if (/^(?:hide|remove)-/.test(name)) {
    return known.filter((tag) => /^(?:hide|remove)-/.test(tag)).join(" or ");
  }
  if (/^(?:solut|answer)/.test(name)) return "solution";
  if (/^(?:teach|instructor)/.test(name)) return "teacher";
}
