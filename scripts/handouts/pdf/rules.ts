/** Content as Typst: a rule for each element that means something on paper; of all others, what is in them. @module */
import { cutMiddle } from "../document/cut.ts";
import { decoded } from "../document/links.ts";
import { textContent } from "../document/output_content.ts";
import { type Element, elementsIn, elementsOf, hasClass, type Node, wordsOf } from "../document/tree.ts";
import { breakable } from "./breaks.ts";
import { lines } from "./lines.ts";
import type { Pictures } from "./pictures.ts";
import { table } from "./tables.ts";
import { call, content, quoted } from "./typst.ts";

/** What the rules depend on beside the content. */
export interface Context {
  /** The chapter's own PDF. */
  file: string;
  /** The files and headings of the course that a link may lead to: "02.pdf", "02.pdf#the-end". */
  labels: ReadonlySet<string>;
  pictures: Pictures;
  /** How many elements are around the content. */
  depth?: number;
  isOutput?: boolean;
  inList?: boolean;
  /** How long a word may be, where there is little room. */
  word?: number;
}

/** Elements that are deeper in others than this keep their words and lose their form. */
const DEEPEST = 24;

/** Blocks; what `leads` into the block below it stays on its page. */
const blocks: Record<string, (element: Element, context: Context, leads: boolean) => string[]> = {
  p: ({ children }, context, leads) => paragraph(children, context, leads),
  "p.note": ({ children }) => [call("note", quoted(wordsOf(children)))],
  hr: () => ["divider"],
  blockquote: (element, context) => [call("aside", inside(element, context))],
  pre: (element) => [call("fence", codeLines(element))],
  "pre.json": (element) => [call("output", '"plain"', call("printed", codeLines(element)))],
  table: (element, context) =>
    table(element, (cell, word) => content(...phrase(cell, { ...context, word })), context.isOutput),
  ul: (element, context, leads) => list("list", [], element, context, leads),
  ol: (element, context, leads) =>
    list("enum", [`start:${parseInt(element.attributes.start) || 1}`], element, context, leads),
  summary: (element, context) => [call("strong", inside(element, context))],
  dt: (element, context) => [call("strong", inside(element, context))],
  "div.outputs": ({ children }, context) => flow(children.map(shortened), { ...context, isOutput: true }),
  "div.text": (element) => [call("output", quoted(kindOf(element)), content(...printed(element)))],
  "div.picture": ({ children }, { pictures }) =>
    elementsIn(children).map((picture) => pictures.block(picture)),
};
for (const level of [1, 2, 3, 4, 5, 6]) blocks[`h${level}`] = heading;

/** Other elements that end a paragraph. */
const others = new Set(
  ("address article aside body center dd details div dl fieldset figcaption figure footer form header html li main nav " +
    "section").split(" "),
);
const silent = new Set(
  "script style template head title meta link base noscript iframe object math".split(" "),
);
const marks = new Map(
  ("b:strong strong:strong em:emph i:emph cite:emph var:emph dfn:emph sub:sub sup:super u:underline ins:underline " +
    "s:strike del:strike strike:strike mark:highlight").split(" ").map((pair) =>
      pair.split(":") as [string, string]
    ),
);

/** Blocks one below the other; words between them become paragraphs of their own. */
export function flow(nodes: Node[], context: Context, leads = false): string[] {
  const { depth = 0 } = context;
  if (depth > DEEPEST) return paragraph([wordsOf(nodes)], context);
  const parts: string[] = [];
  let words: Node[] = [];
  nodes.forEach((node, at) => {
    const rule = typeof node === "string" ? undefined : ruleOf(node);
    if (typeof node === "string" || !rule) return words.push(node);
    const next = nodes.slice(at + 1).find((node) => typeof node !== "string");
    parts.push(...paragraph(words, context));
    parts.push(...rule(node, { ...context, depth: depth + 1 }, next ? isLedTo(next) : leads));
    words = [];
  });
  return [...parts, ...paragraph(words, context)];
}

function ruleOf({ tag, attributes }: Element) {
  const names = (attributes.class ?? "").split(" ").map((name) => `${tag}.${name}`);
  const rule = [...names, tag].find((name) => Object.hasOwn(blocks, name));
  return rule ? blocks[rule] : others.has(tag) ? flowIn : undefined;
}

function flowIn({ children }: Element, context: Context, leads: boolean): string[] {
  return flow(children, context, leads);
}

function inside({ children }: Element, context: Context): string {
  return content(...flow(children, context));
}

function isLedTo({ tag, children }: Element): boolean {
  return /^(table|ul|ol|pre)$/.test(tag) || elementsIn(children)[0]?.tag === "table";
}

function paragraph(nodes: Node[], context: Context, leads = false): string[] {
  const [first, ...others] = nodes.filter((node) => typeof node !== "string" || node.trim() !== "");
  if (first === undefined) return [];
  const isPicture = others.length === 0 && typeof first !== "string" && /^(img|svg)$/.test(first.tag);
  if (isPicture && context.isOutput) return [context.pictures.block(first)];
  return [call(isPicture ? "block" : leads ? "lead" : "par", content(...phrase(nodes, context, true)))];
}

/** Words and what stands among them; white space is one space, and none where a line starts. */
export function phrase(nodes: Node[], context: Context, starts = false): string[] {
  return nodes.flatMap((node, at) => {
    if (typeof node !== "string") return phraseOf(node, context);
    const before = nodes[at - 1];
    const startsLine = before === undefined ? starts : typeof before !== "string" && before.tag === "br";
    const text = node.replace(/\s+/g, " ").slice(startsLine && /^\s/.test(node) ? 1 : 0);
    return text === "" ? [] : [quoted(breakable(text, context.word))];
  });
}

function phraseOf(element: Element, outer: Context): string[] {
  const { tag, children, attributes } = element;
  const context = { ...outer, depth: (outer.depth ?? 0) + 1 };
  if (silent.has(tag)) return [];
  if (tag === "br") return ["linebreak()"];
  if (tag === "img" || tag === "svg") return [context.pictures.inline(element)];
  if (/^(code|kbd|samp|tt)$/.test(tag)) {
    return [call("c", quoted(breakable(wordsOf(children), context.word)))];
  }
  if (context.depth > DEEPEST) return phrase([wordsOf(children)], context);
  const words = phrase(children, context);
  const mark = marks.get(tag);
  if (mark) return [call(mark, content(...words))];
  return tag === "a" ? link(attributes.href ?? "", words, context) : words;
}

/** Links inside of the course know their page; those to the web tell their address; what could run is mere text. */
function link(href: string, words: string[], { file, labels }: Context): string[] {
  const isHere = href.startsWith("#");
  const [path, fragment] = (isHere ? encodeURIComponent(file) + href : href).split("#").map(decoded);
  const label = [`${path}#${fragment}`, ...isHere ? [] : [path]].find((label) => labels.has(label));
  if (label !== undefined) return [call("to", quoted(label), quoted(path), content(...words))];
  const scheme = href.match(/^([a-z][a-z\d+.-]*):/i)?.[1].toLowerCase() ?? "";
  if (isHere || href === "" || href.length > 2000 || !/^(https?|mailto|)$/.test(scheme)) return words;
  return [call(scheme.startsWith("http") ? "web" : "link", quoted(href), content(...words))];
}

/** A heading links to itself on a screen. One that the document does not know comes out of an output. */
function heading({ tag, attributes: { id }, children }: Element, context: Context): string[] {
  const label = `${context.file}#${id}`;
  const words = children.flatMap((node) =>
    typeof node !== "string" && node.attributes.href === `#${id}` ? node.children : [node]
  );
  const name = context.labels.has(label) ? quoted(label) : "none";
  return [call("head", tag[1], name, content(...phrase(words, context, true)))];
}

/** A short list stays on one page; a list inside of another goes where that goes. */
function list(name: string, options: string[], element: Element, context: Context, leads: boolean): string[] {
  const items = elementsIn(element.children);
  if (items.length === 0) return [];
  const isTight = !items.some(({ children }) => elementsIn(children).some(({ tag }) => tag === "p"));
  const written = call(name, ...options, `tight:${isTight}`, ...items.map((item) => listItem(item, context)));
  return context.inList
    ? [written]
    : [call("items", `${wordsOf(element.children).length < 700}`, `stays:${leads}`, written)];
}

/** The first words of an item are no paragraph of their own. */
function listItem({ children }: Element, context: Context): string {
  const at = children.findIndex((node) => typeof node !== "string" && ruleOf(node));
  const end = at < 0 ? children.length : at;
  return content(
    ...phrase(children.slice(0, end), context, true),
    ...flow(children.slice(end), { ...context, inList: true }),
  );
}

/** The lines of a `pre`, without the number of the cell. */
export function codeLines({ children }: Element): string {
  const code = elementsIn(children).find(({ tag }) => tag === "code");
  return lines(code?.children ?? children, "  ");
}

/** Rich output that has grown too long is cut as any text is. */
function shortened(output: Node): Node {
  if (typeof output === "string" || hasClass(output, "text")) return output;
  const cut = cutMiddle(wordsOf(output));
  const isMoreThanWords = elementsOf([output]).some(({ tag }) => /^(table|img|svg)$/.test(tag));
  return cut.left === undefined || isMoreThanWords ? output : textContent(cut, "result");
}

function kindOf(text: Element): string {
  if (hasClass(text, "error")) return "error";
  if (!hasClass(text, "stderr")) return "plain";
  return elementsIn(text.children).some((child) => hasClass(child, "label")) ? "warning" : "told";
}

function printed({ children }: Element): string[] {
  return elementsIn(children).flatMap((child) => {
    if (child.tag === "pre") return [call("printed", lines(child.children, "        "))];
    return hasClass(child, "note") ? [call("note", quoted(wordsOf(child)))] : [];
  });
}
