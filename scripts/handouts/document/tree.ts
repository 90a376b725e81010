/** The content of a document: a tree of HTML elements, from which every format is made. @module */
import { Parser } from "htmlparser2";

/** A node of content: text or an element. */
export type Node = string | Element;

/** An HTML element. */
export interface Element {
  tag: string;
  attributes: Record<string, string>;
  children: Node[];
  /** The source of a sealed drawing (`svg`): formats use it as it is, and its elements are not part of the tree. */
  source?: string;
  /** The Markdown source of prose, without the document's title. */
  markdown?: string;
}

type Attributes = Record<string, string | undefined>;

/** Makes an element; children may be nodes or lists of nodes, and undefined attributes are left out. */
export function h(tag: string, attributes: Attributes = {}, ...children: (Node | Node[])[]): Element {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return { tag, attributes: Object.fromEntries(given) as Record<string, string>, children: children.flat() };
}

/** The text of content, without that of scripts and styles. */
export function wordsOf(node: Node | Node[]): string {
  if (typeof node === "string") return node;
  const said = (Array.isArray(node) ? node : node.children)
    .filter((child) => typeof child === "string" || !/^(?:script|style)$/.test(child.tag));
  return said.map(wordsOf).join("");
}

/** Splits content into lines at its newlines; an element that spans several lines is repeated in each. */
export function linesOf(nodes: Node[]): Node[][] {
  const lines: Node[][] = [[]];
  for (const node of nodes) {
    const pieces: Node[][] = typeof node === "string"
      ? node.split("\n").map((text) => text === "" ? [] : [text])
      : linesOf(node.children).map((children) => [{ ...node, children }]);
    lines.at(-1)!.push(...pieces[0]);
    for (const piece of pieces.slice(1)) lines.push(piece); // too many for one call
  }
  return lines;
}

const empty = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));
const raw = new Set(["script", "style", "xmp"]);
/** HTML ignores a newline right after these tags. */
const preformatted = new Set(["pre", "textarea", "listing"]);

const names: Record<string, string> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "\xa0": "#160" };
const named = (letter: string) => `&${names[letter]};`;

/** Content as HTML; drawings in it as XML, which HTML allows. */
export function toHtml(node: Node | Node[]): string {
  return write(node, false);
}

function write(node: Node | Node[], isXml: boolean): string {
  if (typeof node === "string") return node.replace(/[&<>\xa0]/g, named);
  if (Array.isArray(node)) return node.map((child) => write(child, isXml)).join("");
  if (node.source !== undefined) return node.source;
  const { tag, children } = node;
  const attributes = Object.entries(node.attributes)
    .map(([name, value]) => ` ${name}="${value.replace(/[&<>"]/g, named)}"`).join("");
  const open = `<${tag}${attributes}`;
  const asXml = isXml || tag === "svg";
  if (asXml && children.length === 0) return `${open}/>`;
  if (empty.has(tag)) return `${open}>`;
  const inside = raw.has(tag) && !asXml ? wordsOf(children) : write(children, asXml);
  return `${open}>${preformatted.has(tag) && inside.startsWith("\n") ? "\n" : ""}${inside}</${tag}>`;
}

/** Elements of a whole page, which would change the page around them; only their content is kept. */
const pages = /^(?:base|body|frame|frameset|head|html|link|meta|plaintext)$/;

/** The maximum depth, as in browsers: deeper elements become siblings. */
const deepest = 500;

/** Parses HTML that goes into a page; open elements are closed at its end. */
export function parseHtml(html: string): Node[] {
  return parse(html, false).nodes;
}

/** Parses XML that may contain HTML; `left` is the tag of an element that is never closed. */
export function parseXml(xml: string): { nodes: Node[]; left?: string } {
  const bare = xml.replace(/<!--[^]*?-->|<!DOCTYPE[^[>]*\[[^\]]*\]\s*>/g, "");
  const other = /&(?!(?:amp|lt|gt|quot|apos);)[a-z]\w*;/gi; // HTML's named entities, which XML lacks
  return parse(bare.replace(other, (name) => toHtml(parseHtml(name))), true);
}

function parse(markup: string, xmlMode: boolean): { nodes: Node[]; left?: string } {
  const root = h("root");
  const open = [root];
  let [drawings, start] = [0, 0];
  let left: string | undefined;
  const isOpened = (tag: string) => xmlMode ? !empty.has(tag) : !pages.test(tag);
  const innermost = () => open[Math.min(open.length, deepest) - 1];
  const parser = new Parser({
    onopentag(tag, attributes) {
      if (tag === "svg" && drawings++ === 0) start = parser.startIndex;
      const element = h(tag, attributes);
      if (xmlMode || !pages.test(tag)) innermost().children.push(element);
      if (isOpened(tag)) open.push(element);
    },
    ontext(text) {
      const { tag, children } = innermost();
      if (typeof children.at(-1) === "string") children[children.length - 1] += text;
      else if (children.length > 0 || !preformatted.has(tag)) children.push(text);
      else children.push(text.replace(/^\n/, ""));
    },
    onclosetag(tag, isImplied) {
      if (!isOpened(tag)) return;
      const element = open.pop()!;
      if (isImplied && xmlMode && markup[parser.endIndex - 1] !== "/") left ??= tag;
      if (tag !== "svg" || --drawings > 0 || xmlMode) return;
      // Names in a drawing are case-sensitive, so it is parsed again as XML.
      Object.assign(element, parseXml(markup.slice(start, parser.endIndex + 1)).nodes[0]);
    },
  }, { xmlMode });
  parser.end(markup);
  return { nodes: root.children, left };
}

/** All elements of content, including nested ones, in document order. */
export function* elementsOf(nodes: Node[]): Generator<Element> {
  for (const node of nodes) {
    if (typeof node === "string") continue;
    yield node;
    yield* elementsOf(node.children);
  }
}

const seen =
  /^(?:audio|button|canvas|hr|iframe|img|input|math|meter|object|progress|select|svg|table|video)$/;

/** Returns true if there is something to see: text, a picture, or, if `scripts` run, what a script may draw. */
export function showsSomething(nodes: Node[], scripts = true): boolean {
  return nodes.some((node) => {
    if (typeof node === "string") return node.trim() !== "";
    if (node.tag === "script") return scripts;
    return seen.test(node.tag) ||
      (!/^(?:style|template|head|title)$/.test(node.tag) && showsSomething(node.children, scripts));
  });
}

/** The elements among some nodes. */
export function elementsIn(nodes: Node[]): Element[] {
  return nodes.filter((node) => typeof node !== "string");
}

/** Returns true if an element has a class. */
export function hasClass({ attributes }: Element, name: string): boolean {
  return attributes.class?.split(" ").includes(name) ?? false;
}
