import type { Block, HandoutDocument } from "../document/document.ts";
import { escapeHtml } from "../document/escape.ts";
import { renderMarkdown } from "../document/markdown.ts";
import { titleBlock } from "../document/title.ts";
import { blockItems, type SlideContext } from "./block_items.tsx";
import { height, kinds } from "./measure.ts";
import { type Item, pack, type Stack } from "./pack.ts";

/**
 * Cuts a document into slides: by JupyterLab's slide types where its author has used them, else by headings. What a
 * slide has no room for goes below it. The first slide is the title's, whatever the types say.
 */
export function stacks(document: HandoutDocument, context: Omit<SlideContext, "byHeadings">): Stack[] {
  const byHeadings = !document.blocks.some(({ slide }) =>
    slide === "slide" || slide === "subslide" || slide === "fragment"
  );
  const items = [titleItem(document, context)];
  const beside = titleBlock(document);
  for (const block of document.blocks) {
    if (block.slide === "skip") continue;
    const made = blockItems(block, { ...context, byHeadings });
    if (isNotes(block)) {
      const last = items.at(-1)!;
      last.notes = (last.notes ?? "") + made.map(({ html }) => html).join("");
      continue;
    }
    if (made.length === 0) continue;
    const starts = block.slide === "slide" || block.slide === "subslide"
      ? block.slide
      : opensSolution(block, document.blocks)
      ? "subslide"
      : undefined;
    if (starts && block !== beside) made[0].starts = starts;
    if (block.slide === "fragment") { for (const item of made) item.fragment = block.id; }
    items.push(...made);
  }
  return pack(items);
}

/** A question and its answer are not shown at once, unless its author wants that. */
function opensSolution(block: Block, blocks: readonly Block[]): boolean {
  return block.role === "solution" && block.slide === undefined &&
    blocks[blocks.indexOf(block) - 1]?.role !== "solution";
}

/** What is for the teacher alone is not for the wall, unless its author puts it there. */
function isNotes(block: Block): boolean {
  return block.slide === "notes" || (block.role === "teacher" && block.slide === undefined);
}

function titleItem({ title, titleTokens }: HandoutDocument, context: Omit<SlideContext, "byHeadings">): Item {
  const html = titleTokens.length > 0
    ? renderMarkdown(titleTokens, { ...context, attachment: () => undefined })
    : escapeHtml(title);
  return { html: `<h1>${html}</h1>`, height: height(title, kinds.title), holds: 500, heading: title };
}
