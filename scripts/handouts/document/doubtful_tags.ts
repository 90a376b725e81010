import type { Cell, Notebook } from "../../notebook/notebook.ts";
import { forLearners, roles, tagName, treatment } from "./tags.ts";

/** The tags that handouts understand, and others that the course uses. */
const known = [
  ...roles,
  ..."editor remove-cell remove-input remove-output hide-input parameters injected-parameters".split(" "),
];

/** The marks for solutions in Otter and MyST. */
const marks = /(?:#|\/\/) ?(?:BEGIN )?SOLUTION\b|[`:]{3,}\{solution\S*\}/g;

/**
 * Finds tags that handouts ignore although their author probably meant a known one: a misspelt `solutions` would hand the
 * solution to every learner. Returns a sentence for each that is not allowed.
 */
export function doubtfulTags(notebook: Notebook, allowed: readonly string[] = []): string[] {
  const sentences = notebook.cells.flatMap((cell, index) =>
    [...namesIn(cell)].flatMap(([what, name]) => {
      const isKnown = known.includes(tagName(name)) || allowed.includes(name);
      const like = isKnown ? undefined : meant(tagName(name));
      return like ? `cell ${index + 1} has ${what} ${name}, which does nothing: is ${like} meant?` : [];
    })
  );
  return [...new Set(sentences)];
}

/** The names in a cell that may mark a solution, each with its kind. */
function* namesIn(cell: Cell): Generator<[what: string, name: string]> {
  for (const tag of cell.metadata.tags ?? []) yield ["the tag", tag];
  for (const key in cell.metadata) if (solutions.test(key)) yield ["metadata", key];
  if (treatment(cell, "student").cell !== "keep") return;
  const { source } = cell.cell_type === "code" ? forLearners(cell) : cell;
  for (const [mark] of source.matchAll(marks)) yield ["the mark", mark];
}

/** Words for a solution in some twenty languages, and, below, for those who alone may see a cell. */
const solutions = new RegExp(
  "^(?:sol|soln|key)(?!\\p{L})|solu|solv|answer|correcti|corrected|antwor|lösung|loesung|løsning|lösning|oplossing|" +
    "uitwerk|respuest|respost|rispost|répon|repon|corrig|rozwi|odpow|řešen|resen|решен|ответ|відпов|розв|解|答|" +
    "풀이|정답|해답|çözüm|cozum|cevap|ratkais|megold|λύσ|פתרון|حل|fa[sc]it|^svar|vastau|jawab",
  "u",
);
const teachers = new RegExp(
  "teach|instruct|tutor|lehr|dozent|^prof$|profes|enseign|docent|docenc|maestr|leraar|lärar|lærer|nauczy|учител|" +
    "викладач|教[師員员师]|老师|staff|grader|private|secret|internal|geheim|spoiler|no-?stud",
);

function meant(name: string): string | undefined {
  if (/^(?:hide|hidden|remove)/.test(name)) {
    return known.filter((tag) => /^(?:hide|remove)-/.test(tag)).join(" or ");
  }
  if (solutions.test(name)) return "solution";
  if (teachers.test(name)) return "teacher";
  // Misspelt tags, such as `solutoin` or `teahcer`, still share half of their letter pairs.
  return known.find((tag) => !/^(?:hide|remove)-/.test(tag) && likenessOf(name, tag) > 0.45);
}

/** The similarity of two names, from 0 to 1: the Dice coefficient of their letter pairs. */
function likenessOf(a: string, b: string): number {
  const pairs = (text: string) => new Set(Array.from(text, (_, i) => text.slice(i, i + 2)).slice(0, -1));
  const [inA, inB] = [pairs(a), pairs(b)];
  return 2 * inA.intersection(inB).size / Math.max(1, inA.size + inB.size);
}
