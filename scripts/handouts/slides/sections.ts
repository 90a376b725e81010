import type { Block, HandoutDocument } from "../document/document.ts";
import { type Element, h, linesOf, type Node, wordsOf } from "../document/tree.ts";
import { labels } from "../document/tags.ts";

/** What stands on a slide before the browser cuts it to size, with speaker notes at their places. */
export type Section = Node[];

/**
 * Cuts a document into stacks of slides: by JupyterLab's slide types where its author has used them, else by headings.
 * The first slide is the title's, whatever the types say.
 */
export function stacksOf(document: HandoutDocument): Section[][] {
  const { blocks, titleContent } = document;
  const byHeadings = blocks.every(({ slide = "skip" }) => slide === "skip" || slide === "notes");
  const stacks: Section[][] = [[[h("h1", {}, ...titleContent)]]];
  blocks.forEach((block, at) => {
    if (block.slide === "skip") return;
    const given = block.kind === "markdown" && block.hadTitle ? undefined : startOf(block, blocks[at - 1]);
    piecesOf(block, byHeadings && !isNotes(block)).forEach(({ content, isTop }, n) => {
      const start = n === 0 && given ? given : isTop ? "slide" : undefined;
      if (start === "slide") stacks.push([]);
      if (start) stacks.at(-1)!.push([]);
      stacks.at(-1)!.at(-1)!.push(cellOf(block, n === 0, content));
    });
  });
  return stacks;
}

/** What is for the teacher alone is not for the wall, unless the author puts it there; nor are hints: they can be told. */
function isNotes({ slide, role }: Block): boolean {
  return slide === "notes" || ((role === "teacher" || role === "hint") && slide === undefined);
}

/** Where a block starts; a question and its answer are not shown at once, unless the author wants that. */
function startOf({ slide, role }: Block, before?: Block): "slide" | "subslide" | undefined {
  if (slide === "slide" || slide === "subslide") return slide;
  return role === "solution" && !slide && before?.role !== "solution" ? "subslide" : undefined;
}

function cellOf(block: Block, isFirst: boolean, content: Node[]): Element {
  if (isNotes(block)) return h("aside", { class: "notes" }, ...content);
  const { kind, role, slide } = block;
  const label = role && labels[role] && isFirst ? [h("p", { class: "label" }, labels[role])] : [];
  const names = ["cell", kind, role, slide === "fragment" && slide];
  return h("div", { class: names.filter(Boolean).join(" ") }, ...label, ...content);
}

/** A block's content; prose is cut in front of its top headings, where these start slides. */
function piecesOf({ kind, content }: Block, byHeadings: boolean): { content: Node[]; isTop: boolean }[] {
  if (kind !== "markdown") return [{ content: content.flatMap(onSlide), isTop: false }];
  const [prose] = content.flatMap(onSlide) as Element[];
  const pieces: Node[][] = [[]];
  for (const node of prose.children) {
    if (byHeadings && isElement(node, "h2")) pieces.push([]);
    pieces.at(-1)!.push(node);
  }
  return pieces.filter((piece) => piece.some((node) => typeof node !== "string" || node.trim() !== ""))
    .map((children) => ({
      content: [{ ...prose, children }],
      isTop: byHeadings && isElement(children[0], "h2"),
    }));
}

/** Content as a slide shows it: in light colours, nothing folded away to be guessed, nothing endless. */
function onSlide(node: Node): Node[] {
  if (typeof node === "string") return [node];
  const { tag, attributes, source } = node;
  if (tag === "hr" || attributes.class === "count" || attributes.class === "checked") return [];
  if (source) return [{ ...node, source: source.replace(darkScheme, "@media not all{") }];
  const children = node.children.flatMap(onSlide);
  if (attributes.class === "answer") return children.slice(1);
  if (attributes.class?.startsWith("text ")) return [{ ...node, children: [printed(children)] }];
  return [{ ...node, children: tag === "table" || tag === "tbody" ? someRows(children) : children }];
}

const darkScheme = /@media[^{}]*prefers-color-scheme:\s*dark[^{}]*\{/g;

function isElement(node: Node, tag: string): node is Element {
  return typeof node !== "string" && node.tag === tag;
}

/** The most that slides show of a table's rows, of the lines that a cell printed, and of one line. */
const most = { rows: 60, head: 60, tail: 20, characters: 1_000 };

function someRows(children: Node[]): Node[] {
  const rows = children.filter((node) => isElement(node, "tr"));
  if (rows.length <= most.rows) return children;
  const left = `${rows.length - most.rows} rows are left out here, of ${rows.length}.`;
  const colspan = String(rows[0].children.length);
  return [...rows.slice(0, most.rows), h("tr", {}, h("td", { class: "note", colspan }, left))];
}

/** What a cell printed, line by line and in columns where the lines are short; long text loses its middle. */
function printed(children: Node[]): Element {
  let lines = (children as Element[]).flatMap((node) =>
    node.tag === "pre" ? printedLines(node) : [textLine(node.attributes.class, wordsOf(node))]
  );
  if (lines.length > most.head + most.tail + 5) {
    const told = lines.map(wordsOf).find((line) => / lines are left out here, of /.test(line));
    const all = Number(told?.match(/[\d,]+(?=\.$)/)?.[0].replaceAll(",", "") ?? lines.length);
    const note = `${all - most.head - most.tail} lines are left out here, of ${all}.`;
    lines = [...lines.slice(0, most.head), textLine("note", note), ...lines.slice(-most.tail)];
  }
  const longest = Math.max(...lines.map((line) => wordsOf(line).length));
  const columns = lines.length < 12 || longest > 46 ? undefined : lines.length < 24 || longest > 28 ? 2 : 3;
  return h("pre", { style: columns && `columns:${columns}` }, ...lines);
}

function textLine(kind: string, ...content: Node[]): Element {
  return h("span", { class: `line ${kind}`.trim() }, ...content);
}

function printedLines({ children }: Element): Element[] {
  const lines = linesOf(children);
  if (lines.at(-1)!.length === 0) lines.pop();
  return lines.map((line) => {
    const words = wordsOf(line);
    const shown = words.length > most.characters ? [words.slice(0, most.characters) + " …"] : line;
    return textLine("", ...shown, "\n");
  });
}
