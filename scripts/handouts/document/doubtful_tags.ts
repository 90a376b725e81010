import type { Notebook } from "../../notebook/notebook.ts";
import { likenessOf } from "../../common/find_notebook.ts";
import { roles, tagName } from "./tags.ts";

/** What handouts understand, and what else may stand in a cell's tags. */
const known = [
  ...roles,
  ..."editor remove-cell remove-input remove-output hide-input parameters injected-parameters".split(" "),
];

/**
 * The tags of a notebook that handouts pass over, though their author may mean something by them: `solutions` would put
 * the solution into every learner's hands. One sentence for each that is not allowed.
 */
export function doubtfulTags(notebook: Notebook, allowed: readonly string[] = []): string[] {
  const sentences = new Set<string>();
  notebook.cells.forEach((cell, index) => {
    for (const tag of cell.metadata?.tags ?? []) {
      const name = tagName(tag);
      if (known.includes(name) || allowed.includes(tag)) continue;
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
  if (/^sol$|solut|answer|lösung/.test(name)) return "solution";
  if (/teach|instructor/.test(name)) return "teacher";
  // Misspelt, `solutoin` or `teahcer`, they still share half of their pairs of letters.
  return known.find((tag) => !/^(?:hide|remove)-/.test(tag) && likenessOf(name, tag) > 0.45);
}
