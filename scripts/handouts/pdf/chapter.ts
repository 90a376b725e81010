import type { CoursePart } from "../document/course_parts.ts";
import type { Block, CodeBlock, WorkBlock } from "../document/document.ts";
import { factsOf } from "../document/facts.ts";
import { elementsIn, elementsOf, hasClass } from "../document/tree.ts";
import type { Provenance } from "../html/provenance.tsx";
import { breakable } from "./breaks.ts";
import { codeLines, type Context, flow, phrase } from "./rules.ts";
import { array, call, content, quoted } from "./typst.ts";

/** A notebook as Typst: the title, what made it, and its blocks, each on a line of its own. */
export function chapter({ document, file }: CoursePart, context: Context, provenance: Provenance): string {
  const facts = factsOf(document, provenance).map(({ name, values, code }) => {
    const told = values.map((value) => quoted(breakable(value)));
    const shown = told.flatMap((value, n) => [...n > 0 ? ['", "'] : [], code ? call("c", value) : value]);
    return `(${quoted(name)},${content(...shown)})`;
  });
  const blocks = document.blocks.flatMap((block, at) => {
    const parts = blockParts(block, document.blocks[at + 1], context);
    return block.role ? [call("part", quoted(block.role), content(...parts))] : parts;
  });
  const title = content(...phrase(document.titleContent, context));
  return [call("head", "1", quoted(file), title), call("made", array(facts)), ...blocks]
    .map((expression) => `#${expression}\n`).join("");
}

function blockParts(block: Block, next: Block | undefined, context: Context): string[] {
  if (block.kind === "work") return [work(block, next)];
  if (block.kind === "code") return code(block, context);
  const leads = next?.kind === "work" || (next?.kind === "code" && /:[*_\s]*$/.test(block.source));
  return flow(block.content, context, leads);
}

/** Code of more lines may be parted from the picture that it draws. */
const LONG = 5;

/** Code that is folded on a screen stays away on paper, as it does when a page is printed; a solution is what was asked for. */
function code({ content, source, folded, count, role }: CodeBlock, context: Context): string[] {
  const elements = [...elementsOf(content)];
  const outputs = elements.filter((element) => hasClass(element, "outputs"));
  const parts = flow(outputs, context);
  if (source === undefined || (folded && role !== "solution")) return parts;
  const isPicture = outputs.some(({ children }) => hasClass(elementsIn(children)[0], "picture"));
  const stays = outputs.length > 0 && (!isPicture || source.split("\n").length <= LONG);
  return [
    call("code", `${count ?? "none"}`, `${stays}`, codeLines(elements.find(({ tag }) => tag === "pre")!)),
    ...parts,
  ];
}

function work({ content, lines }: WorkBlock, next?: Block): string {
  const task = [...elementsOf(content)].find(({ tag }) => tag === "pre");
  const [below] = next?.kind === "markdown" ? elementsIn(elementsIn(next.content)[0].children) : [];
  const stays = /^h\d$/.test(below?.tag);
  return call("work", `${lines}`, `${stays}`, ...task ? [`task:${codeLines(task)}`] : []);
}
