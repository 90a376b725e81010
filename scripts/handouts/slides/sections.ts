import type { Block, HandoutDocument } from "../document/document.ts";
import { cutTable, middleOf } from "../document/cut.ts";
import { type Element, h, linesOf, type Node, showsSomething, wordsOf } from "../document/tree.ts";
import { cellElement } from "../html/page.ts";

/**
 * Divides a document into stacks of slides: by JupyterLab's slide types if its author used them, else by headings. The first
 * slide always holds the title. The browser later splits slides that are too full.
 */
export function stacksOf({ blocks, titleContent }: HandoutDocument): Node[][][] {
  const byHeadings = blocks.every(({ slide = "skip" }) => slide === "skip" || slide === "notes");
  const stacks: Node[][][] = [[[h("h1", {}, ...titleContent)]]];
  const shown = blocks.filter(({ slide }) => slide !== "skip").flatMap(byHeadings ? atHeadings : (it) => it);
  shown.forEach((block, at) => {
    const start = startOf(block, shown[at - 1]);
    if (start === "slide") stacks.push([]);
    if (start) stacks.at(-1)!.push([]);
    stacks.at(-1)!.at(-1)!.push(cellOf(block));
  });
  return stacks;
}

/** Divides prose before each of its second-level headings, which start a slide. */
function atHeadings(block: Block): Block[] {
  const [prose] = block.content as Element[];
  if (block.kind !== "markdown" || isNotes(block)) return [block];
  const cuts = prose.children.flatMap((node, at) =>
    typeof node !== "string" && node.tag === "h2" ? [at] : []
  );
  const pieces = [0, ...cuts].map((start, n): Block => {
    const children = prose.children.slice(start, cuts[n]);
    const own = n > 0 ? { slide: "slide" as const, hadTitle: false } : {};
    return { ...block, ...own, content: [{ ...prose, children }] };
  });
  return pieces.filter(({ content }) => showsSomething(content));
}

/** Returns true for speaker notes: hints and what is for the teacher are notes, unless the author put them on a slide. */
function isNotes({ slide, role }: Block): boolean {
  return slide === "notes" || ((role === "teacher" || role === "hint") && slide === undefined);
}

/** The kind of slide that a block starts, if any. A solution starts one of its own, unless the author gave it a slide type. */
function startOf(block: Block, before?: Block): "slide" | "subslide" | undefined {
  const { slide, role } = block;
  if (block.kind === "markdown" && block.hadTitle) return;
  if (slide === "slide" || slide === "subslide") return slide;
  return role === "solution" && !slide && before?.role !== "solution" ? "subslide" : undefined;
}

function cellOf(block: Block): Element {
  const content = block.content.flatMap((node) => onSlide(node));
  if (isNotes(block)) return h("aside", { class: "notes" }, ...content);
  return cellElement(block, content, undefined, ...block.slide === "fragment" ? ["fragment"] : []);
}

/** Adapts content to slides: nothing is folded, and long outputs lose their middle. */
function onSlide(node: Node, isOutput = false): Node[] {
  if (typeof node === "string") return [node];
  const { tag, attributes, source } = node;
  if (tag === "hr" || attributes.class === "count" || attributes.class === "checked") return [];
  if (source) return [node];
  const isOutputs = isOutput || attributes.class === "outputs";
  const children = node.children.flatMap((child) => onSlide(child, isOutputs));
  if (attributes.class === "answer") return children.slice(1);
  if (attributes.class?.startsWith("text ")) return [{ ...node, children: printed(children) }];
  const whole = { ...node, children };
  const [table, ...left] = isOutput && tag === "table" ? cutTable(whole, most) : [whole];
  return left.length > 0 ? [table, ...left.map((sentence) => h("p", { class: "note" }, sentence))] : [whole];
}

/** The most that slides show of a table, of printed lines and of one line. */
const most = { rows: 60, columns: 12, lines: 80, characters: 1_000 };

/** Printed text, line by line, in columns if its lines are short. Long text loses its middle. */
function printed(children: Node[]): Element[] {
  const parts = children.map((it) => typeof it === "string" ? h("span", {}, it) : it);
  const lines = parts.flatMap(({ attributes, children }) =>
    linesOf(children).filter((line, at, { length }) => line.length > 0 || at < length - 1)
      .map((line) => lineOf(line, attributes.class))
  );
  const { from, lost } = middleOf(lines.length, most.lines);
  if (lost > 0) lines.splice(from, lost, lineOf(["Lines are left out here."], "note"));
  const longest = Math.max(...lines.map((line) => wordsOf(line).length));
  const columns = Math.min(Math.ceil(lines.length / 12), Math.floor(84 / longest), 3);
  if (!(columns > 1)) return [h("pre", {}, ...lines)];
  const slides = Math.ceil(lines.length / (20 * columns)); // 20 rows fill one
  const size = Math.ceil(lines.length / slides);
  const pre = (at: number) => h("pre", { style: `columns:${columns}` }, ...lines.slice(at, at + size));
  return lines.keys().filter((at) => at % size === 0).map(pre).toArray();
}

function lineOf(line: Node[], kind = ""): Element {
  const words = wordsOf(line);
  const shown = words.length > most.characters ? [`${words.slice(0, most.characters)} …`] : line;
  return h("span", { class: `line ${kind}`.trim() }, ...shown, "\n");
}
