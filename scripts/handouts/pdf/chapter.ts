import type { CoursePart } from "../document/course_parts.ts";
import type { Block, CodeBlock, WorkBlock } from "../document/document.ts";
import { factsOf, type Provenance } from "../document/facts.ts";
import { labels } from "../document/tags.ts";
import { elementsIn, elementsOf, hasClass, wordsOf } from "../document/tree.ts";
import { breakable } from "./breaks.ts";
import { codeLines, type Context, head, shortened, write } from "./rules.ts";
import { array, call, content, quoted } from "./typst.ts";

/** Cells of more letters are set line by line, which is fast; of still more, that nobody reads, the middle is left out. */
const [LENGTHY, MOST] = [20_000, 1_000_000];

/** A notebook as Typst: the title, what made it where that is given, and its blocks, each on a line of its own. */
export function chapter({ document, file }: CoursePart, context: Context, provenance?: Provenance): string {
  const facts = provenance && factsOf(document, provenance).map(({ name, values, code }) => {
    const told = values.map((value) => quoted(breakable(value)));
    const shown = told.flatMap((value, n) => [...n > 0 ? ['", "'] : [], code ? call("c", value) : value]);
    return `(${quoted(name)},${content(...shown)})`;
  });
  const blocks = document.blocks.map((block, at) => {
    const content = shortened(block.content, context, MOST);
    const written = content === block.content
      ? show(block, document.blocks[at + 1], context)
      : write(content, context);
    const shown = wordsOf(content).length > LENGTHY ? call("lengthy", written) : written;
    return block.role ? call("part", quoted(block.role), quoted(labels[block.role] ?? ""), shown) : shown;
  });
  const title = head("1", quoted(file), document.titleContent, context);
  return [title, ...facts ? [call("made", array(facts))] : [], ...blocks]
    .map((expression) => `#${expression}\n`).join("");
}

function show(block: Block, next: Block | undefined, context: Context): string {
  if (block.kind === "work") return work(block, next, context);
  if (block.kind === "code") return code(block, context);
  const leads = next?.kind === "work" || (next?.kind === "code" && /:[*_\s]*$/.test(block.source));
  return write(block.content, { ...context, leads });
}

/** Code of more lines may be parted from the picture that it draws. */
const LONG = 5;

/**
 * Code that is folded on a screen stays away on paper, as it does when a page is printed, and so does what a check says; a
 * solution is what was asked for.
 */
function code({ content: nodes, source, folded, count, role }: CodeBlock, context: Context): string {
  const elements = [...elementsOf(nodes)];
  const isFolded = elementsIn(nodes).some((element) => hasClass(element, "checked"));
  const outputs = isFolded ? [] : elements.filter((element) => hasClass(element, "outputs"));
  const shown = write(outputs, context);
  if (source === undefined || (folded && role !== "solution")) return shown;
  const isPicture = outputs.some(({ children }) => hasClass(elementsIn(children)[0], "picture"));
  const stays = outputs.length > 0 && (!isPicture || source.split("\n").length <= LONG);
  const { children } = elements.find(({ tag }) => tag === "pre")!;
  return content(call("code", `${count ?? "none"}`, `${stays}`, codeLines(children, context)), shown);
}

function work({ content: nodes, lines }: WorkBlock, next: Block | undefined, context: Context): string {
  const task = [...elementsOf(nodes)].find(({ tag }) => tag === "pre");
  const [below] = next?.kind === "markdown" ? elementsIn(elementsIn(next.content)[0].children) : [];
  const stays = /^h\d$/.test(below?.tag);
  return call("work", `${lines}`, `${stays}`, ...task ? [`task:${codeLines(task.children, context)}`] : []);
}
