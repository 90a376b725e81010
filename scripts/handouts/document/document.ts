import { type EditionCell, editionCells } from "./edition_cells.ts";
import { fileStem } from "../../common/files.ts";
import { Names, slug } from "./names.ts";
import { parseMarkdown, plainText, type Token } from "./markdown.ts";
import type { Cell, CodeCell, MimeBundle, Notebook } from "../../notebook/notebook.ts";
import { codeLines } from "./highlight.ts";
import { proseContent } from "./markdown.ts";
import { outputsContent } from "./output_content.ts";
import { type OutputBlock, outputBlocks } from "./outputs.ts";
import { type ParameterValue, readParameters } from "./parameters.ts";
import { type SlideType, slideType } from "./slide_type.ts";
import { type Edition, type Treatment, treatment } from "./tags.ts";
import { type Element, h, type Node } from "./tree.ts";

/**
 * A notebook on its way to a handout, before it is HTML, PDF or anything else. What an edition leaves out is gone
 * here already: a format that shows all of a document can't leak a solution, and no format looks at a tag.
 */
export interface HandoutDocument {
  /** The notebook's file name, without folder and ending. */
  name: string;
  edition: Edition;
  /** The first top heading, which is lifted out of its block; else the file's name. */
  title: string;
  /** The title with its markup, where it came from a heading: one inline token. */
  titleTokens: Token[];
  /** The title as content. */
  titleContent: Node[];
  language: string;
  /** The headings below the title, in order; no level is skipped. */
  headings: Heading[];
  blocks: Block[];
  parameters: ParameterValue[];
  /** The kernel, as the notebook names it: "Deno, TypeScript 5.9". */
  kernel: string;
}

/** A heading; `id` is its anchor, unique in the document. The title is the only one of level 1. */
export interface Heading {
  level: number;
  text: string;
  id: string;
}

/** One cell's place in a handout. `id` is an anchor, unique in the document. */
export type Block = MarkdownBlock | CodeBlock | WorkBlock;

interface BlockBase {
  id: string;
  /**
   * What the block shows: `div.prose`; `pre.code` (inside `details` where it is folded) and `div.outputs` (inside
   * `details.answer` where they are to be predicted first); or a place to work. Links are as in the notebook.
   */
  content: Node[];
  role?: "solution" | "teacher";
  /** Where the cell stands in a slide show, if its author has said so. */
  slide?: SlideType;
}

/** Prose. The tokens are without the title; headings carry their final level and id. */
export interface MarkdownBlock extends BlockBase {
  kind: "markdown";
  source: string;
  /** The source without the title. */
  markdown: string;
  tokens: Token[];
  attachments: Readonly<Record<string, MimeBundle>>;
}

/** A code cell; without `source` where only its outputs are shown. */
export interface CodeBlock extends BlockBase {
  kind: "code";
  source?: string;
  folded: boolean;
  count: number | null;
  outputs: OutputBlock[];
  /** Whether a learner has been asked what the outputs will be, so that they should not be in sight at once. */
  predicted?: boolean;
}

/** Where a solution was: an empty place of so many lines to work in, below the comments that say what to do, if any. */
export interface WorkBlock extends BlockBase {
  kind: "work";
  task?: string;
  lines: number;
  /** Whether words are asked for, and not code. */
  prose?: boolean;
}

/** How a document is built. */
export interface DocumentOptions {
  /** The file's name or path; title and links come from it. */
  name: string;
  edition: Edition;
}

const built = new WeakMap<Notebook, Map<string, HandoutDocument>>();

/**
 * Makes a document from a notebook: applies tags and edition, finds title and headings, chooses representations. It is
 * made once for all formats, so that none of them may change it.
 */
export function buildDocument(notebook: Notebook, { name, edition }: DocumentOptions): HandoutDocument {
  const key = `${edition} ${name}`;
  const known = built.get(notebook) ?? new Map<string, HandoutDocument>();
  const document = known.get(key) ?? newDocument(notebook, name, edition);
  built.set(notebook, known.set(key, document));
  return document;
}

function newDocument(notebook: Notebook, name: string, edition: Edition): HandoutDocument {
  const ids = new Names(["content", "contents"]);
  const blocks: Block[] = [];
  for (const shown of editionCells(notebook.cells, edition)) {
    const block = blockOf(shown, ids, edition);
    if (block) block.slide = slideType(shown.cell.metadata);
    const last = blocks.at(-1);
    if (block?.kind === "work" && last?.kind === "work") last.lines = Math.min(last.lines + block.lines, 14);
    else if (block) blocks.push(block);
  }
  const stem = fileStem(name);
  const titleTokens = liftTitle(blocks);
  const title = titleTokens.map(plainText).join("") || stem;
  const { kernelspec, language_info } = notebook.metadata as Metadata;
  const language = kernelspec?.language ?? language_info?.name ?? "typescript";
  const headings = nameHeadings(blocks, ids);
  const titleContent = titleTokens.length > 0 ? proseContent(titleTokens, { ids }) : [stem];
  for (const block of blocks) block.content = contentOf(block, language, ids);
  return {
    name: stem,
    edition,
    title,
    titleTokens,
    titleContent,
    language,
    headings,
    blocks,
    parameters: readParameters(parameterCells(notebook, edition)),
    kernel: [
      kernelspec?.display_name,
      [language_info?.name, language_info?.version].filter(Boolean).join(" "),
    ]
      .filter(Boolean).join(", "),
  };
}

type MarkdownCell = Extract<Cell, { cell_type: "markdown" }>;

/** The parts of a notebook's metadata that a handout tells of. */
interface Metadata {
  kernelspec?: { display_name?: string; language?: string };
  language_info?: { name?: string; version?: string };
}

function blockOf(
  { cell, treated, room, predicted }: EditionCell,
  ids: Names,
  edition: Edition,
): Block | undefined {
  if (cell.cell_type === "raw") return;
  const id = ids.claim(`cell-${cell.id}`);
  const lines = (count: number) => Math.min(Math.max(count, 5), 14);
  if (room !== undefined) return { kind: "work", id, content: [], task: cell.source, lines: lines(room) };
  if (treated.cell === "work") {
    const prose = cell.cell_type === "markdown";
    return { kind: "work", id, content: [], lines: lines(cell.source.split("\n").length), prose };
  }
  if (cell.cell_type === "markdown") return markdownBlock(cell, id, treated);
  const block = codeBlock(cell, id, treated);
  if (block && predicted && edition === "student") block.predicted = true;
  return block;
}

function markdownBlock(cell: MarkdownCell, id: string, { role }: Treatment): MarkdownBlock {
  return {
    kind: "markdown",
    id,
    content: [],
    role,
    source: cell.source,
    markdown: cell.source,
    tokens: parseMarkdown(cell.source),
    attachments: cell.attachments ?? {},
  };
}

function codeBlock(
  cell: CodeCell,
  id: string,
  treated: Treatment,
): CodeBlock | undefined {
  const source = treated.input === "remove" || cell.source.trim() === "" ? undefined : cell.source;
  const outputs = treated.output === "remove" ? [] : outputBlocks(cell.outputs ?? []);
  if (source === undefined && outputs.length === 0) return;
  const folded = treated.input === "fold";
  return {
    kind: "code",
    id,
    content: [],
    role: treated.role,
    source,
    folded,
    count: cell.execution_count ?? null,
    outputs,
  };
}

/** Parameters are told of wherever their cell is shown, and where it is removed for looks, but never a secret one. */
function parameterCells(notebook: Notebook, edition: Edition): string[] {
  return notebook.cells.filter((cell) => {
    const tags = cell.metadata?.tags ?? [];
    const secret = edition === "student" && treatment(tags, edition).role !== undefined;
    return cell.cell_type === "code" && !secret &&
      (tags.includes("parameters") || tags.includes("injected-parameters"));
  }).map((cell) => cell.source);
}

/** Takes the first top heading out of the blocks and returns its inline token, or nothing. */
function liftTitle(blocks: Block[]): Token[] {
  for (const block of blocks) {
    if (block.kind !== "markdown") continue;
    const at = block.tokens.findIndex((token) =>
      token.type === "heading_open" && token.tag === "h1" && token.level === 0
    );
    if (at < 0) continue;
    const [{ map }, title] = block.tokens.splice(at, 3);
    block.markdown = block.source.split("\n").toSpliced(map![0], map![1] - map![0]).join("\n");
    if (block.tokens.length === 0) blocks.splice(blocks.indexOf(block), 1);
    return [title];
  }
  return [];
}

/** Gives each heading its id and a level: none is skipped, and 1 is the title's alone. */
function nameHeadings(blocks: Block[], ids: Names): Heading[] {
  const headings: Heading[] = [];
  let above = 1;
  for (const { tokens } of blocks.filter((block) => block.kind === "markdown")) {
    tokens.forEach((open, index) => {
      if (open.type !== "heading_open") return;
      const text = plainText(tokens[index + 1]);
      const level = Math.min(Math.max(Number(open.tag[1]), 2), above + 1);
      const id = ids.claim(slug(text));
      open.tag = tokens[index + 2].tag = `h${level}`;
      open.attrSet("id", id);
      above = level;
      headings.push({ level, text, id });
    });
  }
  return headings;
}

function contentOf(block: Block, language: string, ids: Names): Node[] {
  switch (block.kind) {
    case "markdown": {
      const attachment = (name: string) => attachedImage(block.attachments[name] ?? {});
      const prose = h("div", { class: "prose" }, ...proseContent(block.tokens, { ids, attachment }));
      return [{ ...prose, markdown: block.markdown }];
    }
    case "code":
      return [...sourceContent(block, language), ...shownOutputs(block, ids)];
    case "work": {
      const { task, lines } = block;
      const above = task === undefined
        ? h("p", { class: "label" }, "Your turn")
        : h("pre", { class: "code" }, h("code", {}, ...codeLines(task, language)));
      const place = h("div", { class: "lines", style: `--lines:${lines}` });
      return [h("div", { role: "group", "aria-label": "A place to work" }, above, place)];
    }
  }
}

function sourceContent({ source, folded, count }: CodeBlock, language: string): Element[] {
  if (source === undefined) return [];
  // What is pushed aside on a phone can be pushed by keyboard as well.
  const isWide = source.split("\n").some((line) => line.length > 40);
  const code = h(
    "pre",
    { class: "code", tabindex: isWide ? "0" : undefined },
    ...count === null ? [] : [h("span", { class: "count" }, `[${count}]`)],
    h("code", {}, ...codeLines(source, language)),
  );
  return folded ? [h("details", {}, h("summary", {}, "Show the code"), code)] : [code];
}

function shownOutputs({ outputs, count, predicted }: CodeBlock, ids: Names): Element[] {
  if (outputs.length === 0) return [];
  const shown = outputsContent(outputs, count === null ? "" : ` of cell ${count}`, ids);
  if (!predicted) return [shown];
  const isText = outputs.some(({ kind }) => kind !== "data" && kind !== "note");
  const question = h("summary", {}, isText ? "Show what it prints" : "Show what it displays");
  return [h("details", { class: "answer" }, question, shown)];
}

/** The first image of an attachment as a data: URL. */
function attachedImage(bundle: MimeBundle): string | undefined {
  for (const [mime, data] of Object.entries(bundle)) {
    const text = String(data);
    if (mime === "image/svg+xml") return `data:${mime},${encodeURIComponent(text)}`;
    if (mime.startsWith("image/")) return `data:${mime};base64,${text.replace(/\s/g, "")}`;
  }
}
