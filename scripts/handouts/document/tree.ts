/** The content of a document: a tree of elements, as HTML has them, of which every format is a reading. @module */
import { Parser } from "htmlparser2";

/** A piece of content: text, or an element. */
export type Node = string | Element;

/** An element with its attributes; one without content, such as `img`, has no children. */
export interface Element {
  tag: string;
  attributes: Record<string, string>;
  children: Node[];
  /** The whole source of a drawing (`svg`) that is sealed: formats take it as it is, and its insides are no part of the tree. */
  source?: string;
  /** The text that prose was made from, as its author wrote it, without the document's title. */
  markdown?: string;
}

type Attributes = Record<string, string | undefined>;

/** Makes an element of nodes and lists of them; attributes that are undefined are left out. */
export function h(tag: string, attributes: Attributes = {}, ...children: (Node | Node[])[]): Element {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return { tag, attributes: Object.fromEntries(given) as Record<string, string>, children: children.flat() };
}

/** The words of a piece of content, without its elements; scripts and styles in it say none. */
export function wordsOf(node: Node | Node[]): string {
  if (typeof node === "string") return node;
  const said = (Array.isArray(node) ? node : node.children)
    .filter((child) => typeof child === "string" || !/^(?:script|style)$/.test(child.tag));
  return said.map(wordsOf).join("");
}

/** Content cut into lines at its newlines; an element that goes over several lines stands in each of them. */
export function linesOf(nodes: Node[]): Node[][] {
  const lines: Node[][] = [[]];
  for (const node of nodes) {
    const pieces: Node[][] = typeof node === "string"
      ? node.split("\n").map((text) => text === "" ? [] : [text])
      : linesOf(node.children).map((children) => [{ ...node, children }]);
    lines.at(-1)!.push(...pieces[0]);
    for (const piece of pieces.slice(1)) lines.push(piece); // more than a call takes
  }
  return lines;
}

const empty = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));
const raw = new Set(["script", "style", "xmp"]);
/** Right after these tags HTML passes over a newline. */
const preformatted = new Set(["pre", "textarea", "listing"]);

const names: Record<string, string> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "\xa0": "#160" };
const named = (letter: string) => `&${names[letter]};`;

/** Content as HTML; a drawing in it as XML, which HTML can hold. */
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

/** Elements that belong to a page of its own, and would change the one around them; their words stay. */
const pages = /^(?:base|body|frame|frameset|head|html|link|meta|plaintext)$/;

/** No element is deeper than this, as in a browser: what would be stands beside the others there. */
const deepest = 500;

/** Reads HTML that goes into a page; what it leaves open is closed at its end. */
export function parseHtml(html: string): Node[] {
  return parse(html, false).nodes;
}

/** Reads XML, in which HTML may stand; `left` is the tag of an element that is never closed. */
export function parseXml(xml: string): { nodes: Node[]; left?: string } {
  const bare = xml.replace(/<!--[^]*?-->|<!DOCTYPE[^[>]*\[[^\]]*\]\s*>/g, "");
  const other = /&(?!(?:amp|lt|gt|quot|apos);)[a-z]\w*;/gi; // HTML's names of letters, which XML does not know
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
      // Of a drawing the names keep their capitals.
      Object.assign(element, parseXml(markup.slice(start, parser.endIndex + 1)).nodes[0]);
    },
  }, { xmlMode });
  parser.end(markup);
  return { nodes: root.children, left };
}

/** Every element of a content, those inside of others too, in the order of their opening tags. */
export function* elementsOf(nodes: Node[]): Generator<Element> {
  for (const node of nodes) {
    if (typeof node === "string") continue;
    yield node;
    yield* elementsOf(node.children);
  }
}

const seen =
  /^(?:audio|button|canvas|hr|iframe|img|input|math|meter|object|progress|select|svg|table|video)$/;

/** Tells if there is something to see: words, a picture, or what a script may draw, unless `scripts` do not run. */
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

/** Tells if an element has a class. */
export function hasClass({ attributes }: Element, name: string): boolean {
  return attributes.class?.split(" ").includes(name) ?? false;
}
