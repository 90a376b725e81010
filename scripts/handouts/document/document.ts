import { type EditionCell, editionCells } from "./edition_cells.ts";
import { codeLines } from "./highlight.ts";
import { parseMarkdown, plainText, proseContent, type Token } from "./markdown.ts";
import { fileStem } from "../../common/files.ts";
import { Names, slug } from "./names.ts";
import type { Cell, CodeCell, MimeBundle, Notebook } from "../../notebook/notebook.ts";
import { outputsContent } from "./outputs.ts";
import { type ParameterValue, readParameters } from "./parameters.ts";
import { type SlideType, slideType } from "./slide_type.ts";
import { type Edition, treatment } from "./tags.ts";
import { type Element, h, hasClass, type Node } from "./tree.ts";

/**
 * A notebook on its way to a handout, before it is HTML, PDF or anything else. What an edition leaves out is gone
 * here already: a format that shows all of a document can't leak a solution, and no format looks at a tag.
 */
export interface HandoutDocument {
  /** The notebook's file name, without folder and ending. */
  name: string;
  edition: Edition;
  /** The words of the first top heading, which is lifted out of its block; else the file's name. */
  title: string;
  /** The title with its markup. */
  titleContent: Node[];
  /** The title as its author wrote it; undefined where the file's name stands in. */
  titleMarkdown?: string;
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

/** One cell's place in a handout. */
export type Block = MarkdownBlock | CodeBlock | WorkBlock;

interface BlockBase {
  /** An anchor, unique in the document. */
  id: string;
  /**
   * What the block shows: `div.prose`; `pre.code` (inside `details` where it is folded) and `div.outputs` (inside
   * `details.answer` where they are to be predicted first); or a place to work. Links are as in the notebook.
   */
  content: Node[];
  role?: "solution" | "teacher";
  /** The cell's place in a slide show, if its author has said so. */
  slide?: SlideType;
}

/** Prose. */
export interface MarkdownBlock extends BlockBase {
  kind: "markdown";
  source: string;
  attachments: Readonly<Record<string, MimeBundle>>;
  /** True where the title was lifted out of it, and the rest is here. */
  hadTitle: boolean;
}

/** A code cell; without `source` where only its outputs are shown. */
export interface CodeBlock extends BlockBase {
  kind: "code";
  source?: string;
  folded: boolean;
  count: number | null;
}

/** An empty place of so many lines in place of a solution, below the comments that say what to do, if any. */
export interface WorkBlock extends BlockBase {
  kind: "work";
  task?: string;
  lines: number;
  /** True where words are asked for, and not code. */
  prose?: boolean;
}

/** The way a document is built. */
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
  const { kernelspec, language_info } = notebook.metadata as Metadata;
  const language = kernelspec?.language ?? language_info?.name ?? "typescript";
  const ids = new Names(["content", "contents"]);
  const drafts = editionCells(notebook.cells, edition).filter(({ cell }) => cell.cell_type !== "raw")
    .map((shown) => new Draft(shown, ids.claim(`cell-${shown.cell.id}`)));
  const title = liftTitle(drafts);
  const headings = nameHeadings(drafts, ids);
  const stem = fileStem(name);
  const titleContent = title ? proseContent([title], { ids }) : [stem];
  const blocks: Block[] = [];
  for (const draft of drafts) {
    const block = blockOf(draft, { language, edition, ids });
    const last = blocks.at(-1);
    if (block?.kind === "work" && last?.kind === "work") {
      blocks[blocks.length - 1] = workBlock(
        { ...last, lines: Math.min(last.lines + block.lines, 14) },
        language,
      );
    } else if (block) blocks.push(block);
  }
  return {
    name: stem,
    edition,
    title: title && plainText(title) || stem,
    titleContent,
    titleMarkdown: title?.content,
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

/** The parts of a notebook's metadata that a handout shows. */
interface Metadata {
  kernelspec?: { display_name?: string; language?: string };
  language_info?: { name?: string; version?: string };
}

/** A cell that is shown, its Markdown parsed. */
class Draft {
  readonly shown: EditionCell;
  readonly id: string;
  readonly tokens: Token[];
  /** The Markdown without the title. */
  markdown: string;
  hadTitle = false;

  constructor(shown: EditionCell, id: string) {
    const { cell, treated } = shown;
    this.shown = shown;
    this.id = id;
    this.markdown = cell.source;
    this.tokens = cell.cell_type === "markdown" && treated.cell === "keep" ? parseMarkdown(cell.source) : [];
  }
}

/** Takes the first top heading out of its draft and returns its inline token, or nothing. */
function liftTitle(drafts: Draft[]): Token | undefined {
  for (const draft of drafts) {
    const at = draft.tokens.findIndex(({ type, tag, level }) =>
      type === "heading_open" && tag === "h1" && level === 0
    );
    if (at < 0) continue;
    const [{ map }, title] = draft.tokens.splice(at, 3);
    draft.markdown = draft.markdown.split("\n").toSpliced(map![0], map![1] - map![0]).join("\n");
    draft.hadTitle = true;
    return title;
  }
}

/** Gives each heading its id and a level: none is skipped, and 1 is the title's alone. */
function nameHeadings(drafts: Draft[], ids: Names): Heading[] {
  const headings: Heading[] = [];
  let above = 1;
  for (const { tokens } of drafts) {
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

interface Surroundings {
  language: string;
  edition: Edition;
  ids: Names;
}

function blockOf(draft: Draft, around: Surroundings): Block | undefined {
  const { shown: { cell, treated, room }, id } = draft;
  const slide = slideType(cell.metadata);
  const lines = Math.min(Math.max(room ?? cell.source.split("\n").length, 5), 14);
  const content: Node[] = [];
  if (room !== undefined) {
    return workBlock({ kind: "work", id, content, slide, task: cell.source, lines }, around.language);
  }
  if (treated.cell === "work") {
    const prose = cell.cell_type === "markdown";
    return workBlock({ kind: "work", id, content, slide, lines, prose }, around.language);
  }
  const { role } = treated;
  if (cell.cell_type === "code") return codeBlock(cell, draft, around);
  if (draft.hadTitle && draft.tokens.length === 0) return;
  const { source, attachments = {} } = cell as MarkdownCell;
  const attachment = (name: string) => attachedImage(attachments[name] ?? {});
  const prose = h("div", { class: "prose" }, ...proseContent(draft.tokens, { ids: around.ids, attachment }));
  const { hadTitle, markdown } = draft;
  return {
    kind: "markdown",
    id,
    role,
    slide,
    source,
    attachments,
    hadTitle,
    content: [{ ...prose, markdown }],
  };
}

type MarkdownCell = Extract<Cell, { cell_type: "markdown" }>;

/** The first image of an attachment as a data: URL. */
function attachedImage(bundle: MimeBundle): string | undefined {
  for (const [mime, data] of Object.entries(bundle)) {
    const text = String(data);
    if (mime === "image/svg+xml") return `data:${mime},${encodeURIComponent(text)}`;
    if (mime.startsWith("image/")) return `data:${mime};base64,${text.replace(/\s/g, "")}`;
  }
}

function workBlock(block: WorkBlock, language: string): WorkBlock {
  const above = block.task === undefined
    ? h("p", { class: "label" }, "Your turn")
    : h("pre", { class: "code" }, h("code", {}, ...codeLines(block.task, language)));
  const place = h("div", { class: "lines", style: `--lines:${block.lines}` });
  return { ...block, content: [h("div", { role: "group", "aria-label": "A place to work" }, above, place)] };
}

function codeBlock(cell: CodeCell, { id, shown }: Draft, around: Surroundings): CodeBlock | undefined {
  const { treated: { input, output, role }, predicted } = shown;
  const source = input === "remove" || cell.source.trim() === "" ? undefined : cell.source;
  const outputs = output === "remove" ? [] : cell.outputs ?? [];
  if (source === undefined && outputs.length === 0) return;
  const folded = input === "fold";
  const count = cell.execution_count ?? null;
  const content: Element[] = [];
  if (source !== undefined) content.push(sourceContent(source, folded, count, around.language));
  if (outputs.length > 0) {
    const element = outputsContent(outputs, count === null ? "" : ` of cell ${count}`, around.ids);
    content.push(predicted && around.edition === "student" ? answer(element) : element);
  }
  return { kind: "code", id, role, slide: slideType(cell.metadata), source, folded, count, content };
}

function sourceContent(source: string, folded: boolean, count: number | null, language: string): Element {
  // What is pushed aside on a phone can be pushed by keyboard as well.
  const isWide = source.split("\n").some((line) => line.length > 40);
  const code = h(
    "pre",
    { class: "code", tabindex: isWide ? "0" : undefined },
    ...count === null ? [] : [h("span", { class: "count" }, `[${count}]`)],
    h("code", {}, ...codeLines(source, language)),
  );
  return folded ? h("details", {}, h("summary", {}, "Show the code"), code) : code;
}

/** Outputs that a learner is asked about first. */
function answer(outputs: Element): Element {
  const isText = outputs.children.some((output) => typeof output !== "string" && hasClass(output, "text"));
  const question = h("summary", {}, isText ? "Show what it prints" : "Show what it displays");
  return h("details", { class: "answer" }, question, outputs);
}

/** Parameters are shown wherever their cell is, and where it is removed for looks, but never secret ones. */
function parameterCells(notebook: Notebook, edition: Edition): string[] {
  return notebook.cells.filter((cell) => {
    const tags = cell.metadata?.tags ?? [];
    const secret = edition === "student" && treatment(tags, edition).role !== undefined;
    return cell.cell_type === "code" && !secret &&
      (tags.includes("parameters") || tags.includes("injected-parameters"));
  }).map((cell) => cell.source);
}
