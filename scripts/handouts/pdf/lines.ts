import { linesOf, type Node, wordsOf } from "../document/tree.ts";
import { breakable, cutter } from "./breaks.ts";
import { array, call, content, quoted } from "./typst.ts";

/** A word of code longer than this may break; anything shorter fits below the deepest indent. */
const LONGEST = 56;

/** Lines of code or of a terminal as the template's: indent and length, in columns, and content. */
export function lines(nodes: Node[], tab: string): string {
  const all = linesOf(nodes);
  if (wordsOf(all.at(-1)!) === "") all.pop();
  return array(all.map((line) => {
    const text = wordsOf(line).replaceAll("\t", tab);
    if (text.trim() === "") return "(0,0,none)";
    const cut = cutter(breakable(text, LONGEST));
    const write = (node: Node): string => {
      if (typeof node === "string") return quoted(cut(node.replaceAll("\t", tab)));
      const inside = content(...node.children.map(write));
      const { class: classes } = node.attributes;
      return classes && classes !== "line" ? call("styled", quoted(classes), inside) : inside;
    };
    return array([`${text.search(/\S/)}`, `${text.length}`, content(...line.map(write))]);
  }));
}
