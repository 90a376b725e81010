/** Content as Typst: the template says what elements look like, the rules here read those whose structure matters. @module */
import { cutMiddle } from "../document/cut.ts";
import { decoded } from "../document/links.ts";
import { textContent } from "../document/outputs.ts";
import { labelOf } from "../document/svg.ts";
import {
  type Element,
  elementsIn,
  elementsOf,
  hasClass,
  linesOf,
  type Node,
  wordsOf,
} from "../document/tree.ts";
import { breakable, cutter } from "./breaks.ts";
import type { Pictures } from "./pictures.ts";
import { table } from "./tables.ts";
import { array, call, content, quoted } from "./typst.ts";

/** What the rules depend on beside the content. */
export interface Context {
  /** The chapter's own PDF. */
  file: string;
  /** The files and headings of the course that a link may lead to: "02.pdf", "02.pdf#the-end". */
  labels: ReadonlySet<string>;
  pictures: Pictures;
  /** How many elements are around the content. */
  depth?: number;
  /** Whether the last block leads into what comes after the content, and has to stay with it. */
  leads?: boolean;
  isOutput?: boolean;
  isTerminal?: boolean;
  inList?: boolean;
  /** Nodes among which a picture is a block. */
  frame?: Node[];
  /** Writes text, where it is not prose. */
  text?: (words: string) => string[];
}

/** Elements that are deeper in others than this keep their words and lose their form. */
const DEEPEST = 24;
/** A word of code longer than this may break; anything shorter fits below the deepest indent. */
const LONGEST = 56;
const silent = /^(script|style|template|head|title|meta|link|base|noscript|iframe|object|math)$/;

type Rule = (element: Element, context: Context) => string;

const rules: Record<string, Rule> = {
  a: link,
  br: () => "linebreak()",
  hr: () => "divider",
  img: picture,
  svg: picture,
  p: ({ children }, context) => {
    const isAlone = children.length === 1 && elementsIn(children)[0]?.tag === "img";
    return call(isAlone ? "block" : context.leads ? "lead" : "par", write(children, context));
  },
  "p.label": () => "[]",
  "p.note": ({ children }) => call("note", quoted(wordsOf(children))),
  pre: ({ children }, context) =>
    context.isTerminal
      ? call("printed", lines(children, context, " ".repeat(8)))
      : call("fence", codeLines(children, context)),
  "pre.json": ({ children }, context) =>
    call("output", '"result"', '""', call("printed", codeLines(children, context))),
  table: (element, context) => {
    const cell = (nodes: Node[], word: number) => write(nodes, { ...context, text: prose(word) });
    return table(element, cell, context.isOutput);
  },
  ul: (element, context) => list("list", element, context),
  ol: (element, context) =>
    list("enum", element, context, `start:${parseInt(element.attributes.start) || 1}`),
  "div.outputs": ({ children }, context) =>
    write(elementsIn(children).map(shortened), { ...context, isOutput: true }),
  "div.text": ({ attributes, children }, context) => {
    const label = wordsOf(elementsIn(children).filter((child) => hasClass(child, "label")));
    const printed = write(children, { ...context, isTerminal: true });
    return call("output", quoted(attributes.class), quoted(label), printed);
  },
  "div.picture": framed,
  "div.rich": framed,
  figure: framed,
};
for (const level of [1, 2, 3, 4, 5, 6]) rules[`h${level}`] = heading;

/** Writes content as one expression. */
export function write(nodes: Node[], context: Context): string {
  const { depth = 0, text = prose() } = context;
  if (depth > DEEPEST) return content(...text(wordsOf(nodes)));
  const [, ...following] = elementsIn(nodes);
  return content(...nodes.flatMap((node) => {
    if (typeof node === "string") return text(node);
    const next = following.shift();
    const leads = next ? isLedTo(next) : context.leads;
    return ruleOf(node)(node, { ...context, depth: depth + 1, leads });
  }));
}

/** The most special rule for an element. */
function ruleOf({ tag, attributes }: Element): Rule {
  if (silent.test(tag)) return () => "[]";
  const names = (attributes.class ?? "").split(" ").map((name) => `${tag}.${name}`);
  const name = [...names, tag].find((name) => Object.hasOwn(rules, name));
  return name ? rules[name] : styled;
}

function styled({ tag, attributes, children }: Element, context: Context): string {
  const classes = attributes.class?.match(/\b(hljs-|ansi-|class_)[\w-]*/g) ?? [];
  const names = tag === "span" ? classes : [tag, ...classes];
  const inside = write(children, context);
  return names.length > 0 ? call("styled", quoted(names.join(" ")), inside) : inside;
}

/** Writes words of prose; a space at their ends is Typst's own, which vanishes where a line starts or ends. */
function prose(longest?: number) {
  return (words: string): string[] =>
    words.replace(/\s+/g, " ").split(/(^ | $)/).filter(Boolean)
      .map((piece) => piece === " " ? "[ ]" : quoted(breakable(piece, longest)));
}

/** A paragraph stays with the table, list or code below it. */
function isLedTo({ tag, children }: Element): boolean {
  return /^(table|ul|ol|pre)$/.test(tag) || elementsIn(children)[0]?.tag === "table";
}

/** Links inside of the course know their page; those to the web tell their address; what could run is mere text. */
function link({ attributes: { href = "" }, children }: Element, context: Context): string {
  const words = write(children, context);
  const isHere = href.startsWith("#");
  const [path, fragment] = (isHere ? encodeURIComponent(context.file) + href : href).split("#").map(decoded);
  const label = [`${path}#${fragment}`, ...isHere ? [] : [path]].find((label) => context.labels.has(label));
  if (label !== undefined) return call("to", quoted(label), quoted(path), words);
  const scheme = href.match(/^([a-z][a-z\d+.-]*):/i)?.[1].toLowerCase() ?? "";
  if (isHere || href === "" || href.length > 2000 || !/^(https?|mailto|)$/.test(scheme)) return words;
  return call(scheme.startsWith("http") ? "web" : "link", quoted(href), words);
}

/** A heading links to itself on a screen. One that the document does not know comes out of an output. */
function heading({ tag, attributes: { id }, children }: Element, context: Context): string {
  const label = `${context.file}#${id}`;
  const words = children.flatMap((node) =>
    typeof node !== "string" && node.attributes.href === `#${id}` ? node.children : [node]
  );
  return call("head", tag[1], context.labels.has(label) ? quoted(label) : "none", write(words, context));
}

/** A short list stays on one page; a list inside of another goes where that goes. */
function list(name: string, { children }: Element, context: Context, ...options: string[]): string {
  const items = elementsIn(children);
  if (items.length === 0) return "[]";
  const isTight = !items.some((item) => elementsIn(item.children).some(({ tag }) => tag === "p"));
  const written = items.map((item) => write(item.children, { ...context, inList: true }));
  const whole = call(name, ...options, `tight:${isTight}`, ...written);
  return context.inList
    ? whole
    : call("items", `${wordsOf(children).length < 700}`, `stays:${!!context.leads}`, whole);
}

/** Pictures in a frame are blocks. */
function framed({ children }: Element, context: Context): string {
  return write(children, { ...context, frame: children });
}

/** A picture as a block or among words, or a note in its place. Files and the web stay outside. */
function picture(element: Element, { pictures, frame }: Context): string {
  const { attributes: { src = "", alt = "" }, source } = element;
  const isBlock = frame?.includes(element);
  const path = pictures.keep(source ?? src);
  const label = quoted(source === undefined ? alt : labelOf(source) ?? "");
  if (path) return call(isBlock ? "picture" : "little", quoted(path), label);
  if (!isBlock) return call("emph", quoted(`[Picture: ${alt || src.slice(0, 100)}]`));
  const kind = src.match(/^data:([^;,]*)/)?.[1] ?? "image/svg+xml";
  return call("note", quoted(`${alt || "A picture"} is left out: its data cannot be printed (${kind}).`));
}

/** Rich output that has grown too long is cut as any text is. */
function shortened(output: Element): Element {
  const cut = cutMiddle(wordsOf(output));
  const isRich = !hasClass(output, "text") &&
    !elementsOf([output]).some(({ tag }) => /^(table|img|svg)$/.test(tag));
  return isRich && cut.left ? textContent(cut, "result") : output;
}

/** The lines of code in a `pre`, without the number of its cell. */
export function codeLines(nodes: Node[], context: Context): string {
  return lines(elementsIn(nodes).find(({ tag }) => tag === "code")?.children ?? nodes, context, "  ");
}

/** Lines as the template's: indent and length, in columns, and content. */
function lines(nodes: Node[], context: Context, tab: string): string {
  const all = linesOf(nodes);
  if (wordsOf(all.at(-1)!) === "") all.pop();
  return array(all.map((line) => {
    const words = wordsOf(line).replaceAll("\t", tab);
    if (words.trim() === "") return "(0,0,none)";
    const cut = cutter(breakable(words, LONGEST));
    const text = (words: string) => [quoted(cut(words.replaceAll("\t", tab)))];
    return array([
      `${words.search(/\S/)}`,
      `${words.length}`,
      write(line.filter((node) => wordsOf(node) !== ""), { ...context, text }),
    ]);
  }));
}
