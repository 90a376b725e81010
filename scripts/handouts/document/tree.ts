/** What a document holds is a tree of elements, as HTML has them; every format is a reading of it. @module */
import { Parser } from "htmlparser2";
import { escapeHtml } from "./escape.ts";

/** A piece of content: text, or an element. */
export type Node = string | Element;

/** An element with its attributes; one without content, such as `img`, has no children. */
export interface Element {
  tag: string;
  attributes: Record<string, string>;
  children: Node[];
  /** The whole source of a picture (`svg`), which formats take as it is: its insides are no part of the tree. */
  source?: string;
}

/** Makes an element; attributes that are undefined are left out. */
export function h(
  tag: string,
  attributes: Record<string, string | undefined> = {},
  ...children: Node[]
): Element {
  const given = Object.entries(attributes).filter((entry): entry is [string, string] =>
    entry[1] !== undefined
  );
  return { tag, attributes: Object.fromEntries(given), children };
}

/** The words of a piece of content, without its elements. */
export function wordsOf(node: Node | Node[]): string {
  if (typeof node === "string") return node;
  return (Array.isArray(node) ? node : node.children).map(wordsOf).join("");
}

/** Content cut into lines at its newlines; an element that goes over several lines stands in each of them. */
export function linesOf(nodes: Node[]): Node[][] {
  const lines: Node[][] = [[]];
  for (const node of nodes) {
    const pieces: Node[][] = typeof node === "string"
      ? node.split("\n").map((text) => text === "" ? [] : [text])
      : linesOf(node.children).map((children) => [{ ...node, children }]);
    lines.at(-1)!.push(...pieces[0]);
    lines.push(...pieces.slice(1));
  }
  return lines;
}

const empty = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));

/** Content as HTML. */
export function toHtml(node: Node | Node[]): string {
  if (typeof node === "string") return escapeHtml(node);
  if (Array.isArray(node)) return node.map(toHtml).join("");
  if (node.source !== undefined) return node.source;
  const attributes = Object.entries(node.attributes)
    .map(([name, value]) => value === "" ? ` ${name}` : ` ${name}="${escapeHtml(value)}"`).join("");
  const open = `<${node.tag}${attributes}>`;
  return empty.has(node.tag) ? open : `${open}${toHtml(node.children)}</${node.tag}>`;
}

/** Reads HTML; what it leaves open is closed at its end, and an `svg` is kept as it is written. */
export function parseHtml(html: string): Node[] {
  const root = h("root");
  const open = [root];
  const svg = { start: 0, depth: 0 };
  const parser = new Parser({
    onopentag(tag, attributes) {
      if (tag === "svg" && svg.depth++ === 0) svg.start = parser.startIndex;
      else if (svg.depth > 0) return;
      const element = h(tag, attributes);
      open.at(-1)!.children.push(element);
      open.push(element);
    },
    ontext(text) {
      if (svg.depth > 0) return;
      const { children } = open.at(-1)!;
      if (typeof children.at(-1) === "string") children[children.length - 1] += text;
      else children.push(text);
    },
    onclosetag(tag) {
      if (tag === "svg" ? --svg.depth > 0 : svg.depth > 0) return;
      const element = open.pop()!;
      if (tag === "svg") element.source = html.slice(svg.start, parser.endIndex + 1);
    },
  });
  parser.end(html);
  return root.children;
}
