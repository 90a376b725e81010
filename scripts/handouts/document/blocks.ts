import type { Cell, CodeCell } from "../../notebook/notebook.ts";
import type { EditionCell } from "./edition_cells.ts";
import { codeBox } from "./highlight.ts";
import { parseMarkdown, proseContent } from "./markdown.ts";
import type { Surroundings } from "./fit.ts";
import { outputsContent, richContent, textContent } from "./outputs.ts";
import { type Element, h, type Node, parseHtml } from "./tree.ts";

/** A cell as a part of a handout. */
export type Block = NonNullable<ReturnType<typeof blockOf>>;
export type WorkBlock = Extract<Block, { kind: "work" }>;

/** A shown cell with its Markdown parsed. The title is later removed from `markdown` and `tokens`. */
export function draftOf(shown: EditionCell, id: string) {
  const { cell, treated } = shown;
  const isProse = cell.cell_type === "markdown" || cell.metadata.raw_mimetype === "text/markdown";
  const tokens = isProse && treated.cell === "keep" ? parseMarkdown(cell.source) : [];
  const attachments = cell.cell_type === "code" ? {} : cell.attachments ?? {};
  return { ...shown, id, isProse, tokens, attachments, markdown: cell.source };
}

/** A cell that is not a block yet. */
export type Draft = ReturnType<typeof draftOf>;

type Around = Surroundings & { language: string };

/**
 * The block of a cell, or undefined if nothing of it is shown. Its `id` is an anchor, unique in the document. Its `content` is
 * `div.prose`; or `pre.code` (inside `details` if folded) and `div.outputs` (inside `details.answer` if they are to be
 * predicted first, or `details.checked` for a check); or a place to work. Links are as in the notebook. A code block
 * without `source` shows its outputs only. `hadTitle` is true if the document's title was removed from it.
 */
export function blockOf(draft: Draft, around: Around) {
  const { cell, treated: { role, slide }, room, id, tokens, isProse, attachments, markdown } = draft;
  if (room !== undefined) return workBlock(draft, around.language);
  if (cell.cell_type === "code") return codeBlock(cell, draft, around);
  const hadTitle = markdown !== cell.source;
  if (hadTitle && tokens.length === 0) return;
  const content: Node[] = isProse
    ? [{ ...h("div", { class: "prose" }, proseContent(tokens, { ...around, attachments })), markdown }]
    : [rawContent(cell, around)];
  return { id, role, slide, kind: "markdown" as const, attachments, hadTitle, content };
}

/** The content of a raw cell, which every format shows, whichever format it is meant for. */
function rawContent({ metadata, source }: Cell, around: Around): Element {
  const mime = metadata.raw_mimetype ?? metadata.format;
  return mime === "text/html"
    ? richContent(parseHtml(source), "Raw HTML", around)
    : textContent(source, "result");
}

/** A place to work instead of solutions, below the comments that state the task, if any. */
function workBlock({ id, cell, treated, room = 0 }: Draft, language: string) {
  const task = treated.cell === "keep" ? cell.source : undefined;
  const prose = cell.cell_type === "markdown";
  const lines = Math.min(Math.max(room, 5), 14);
  const above = task === undefined ? h("p", { class: "label" }, "Your turn") : codeBox(task, language);
  const place = h("div", { class: "lines", style: `--lines:${lines}` });
  const content: Node[] = [h("div", { role: "group", "aria-label": "A place to work" }, above, place)];
  return { id, role: undefined, slide: treated.slide, kind: "work" as const, task, prose, lines, content };
}

function codeBlock(cell: CodeCell, { id, treated, predicted, solved }: Draft, around: Around) {
  const { input, output, role, slide } = treated;
  const source = input === "remove" || cell.source.trim() === "" ? undefined : cell.source;
  const outputs = output === "remove" ? [] : cell.outputs ?? [];
  if (source === undefined && outputs.length === 0) return;
  const count = cell.execution_count ?? undefined;
  const content: Node[] = [];
  if (source !== undefined) {
    const number = count === undefined ? [] : [h("span", { class: "count" }, `[${count}]`)];
    const code = codeBox(source, around.language, ...number);
    content.push(input === "fold" ? folding(undefined, "Show the code", code) : code);
  }
  if (outputs.length > 0) {
    const element = outputsContent(outputs, count === undefined ? "" : ` of cell ${count}`, around);
    if (solved) element.children.unshift(h("p", { class: "solved note" }, "With the exercises solved:"));
    const name = output === "fold" ? "checked" : "answer";
    const isFolded = output === "fold" || predicted;
    content.push(isFolded ? folding(name, "Show the output", element) : element);
  }
  return { id, role, slide, kind: "code" as const, source, content };
}

function folding(name: string | undefined, summary: string, content: Element): Element {
  return h("details", { class: name }, h("summary", {}, summary), content);
}
