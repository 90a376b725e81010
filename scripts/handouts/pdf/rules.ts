/** Content as Typst: the template says what elements look like, the rules here read those whose structure matters. @module */
import { createRequire } from "node:module";
import { cutMiddle } from "../document/cut.ts";
import { readPicture } from "../document/data_url.ts";
import { decoded } from "../document/names.ts";
import { texOf } from "../document/math.ts";
import { textContent } from "../document/outputs.ts";
import {
  type Element,
  elementsIn,
  elementsOf,
  hasClass,
  linesOf,
  type Node,
  parseHtml,
  showsSomething,
  wordsOf,
} from "../document/tree.ts";
import { breakable, cutter } from "./breaks.ts";
import type { Pictures } from "./pictures.ts";
import { table } from "./tables.ts";
import { array, call, content, quoted } from "./typst.ts";

const require = createRequire(import.meta.url);

/** What the rules depend on beside the content. */
export interface Context {
  /** The chapter's own PDF. */
  file: string;
  /** The files and headings of the course that a link may lead to: "02.pdf", "02.pdf#the-end". */
  labels: ReadonlySet<string>;
  pictures: Pictures;
  /** Called with a sentence for what paper cannot show. */
  tell?: (sentence: string) => void;
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
/** A paragraph of more pieces goes on as another one: the time that Typst takes grows with their square. */
const FULL = 2000;
/** A word of code longer than this may break; anything shorter fits below the deepest indent. */
const LONGEST = 56;
const silent = /^(script|style|template|head|title|meta|link|base)$/;

type Rule = (element: Element, context: Context) => string;

const rules: Record<string, Rule> = {
  a: link,
  br: () => "linebreak()",
  hr: () => "divider",
  img: picture,
  svg: picture,
  math: formula,
  input: ({ attributes: { type, checked } }) =>
    type === "checkbox" ? quoted(checked === undefined ? "☐ " : "☑ ") : "[]",
  p: (element, context) => {
    const { children } = element;
    if (children.length > FULL) {
      const parts = [children.slice(0, FULL), children.slice(FULL)];
      return content(parts.map((children) => rules.p({ ...element, children }, context)));
    }
    if (elementsOf(children).some(isDisplayed)) {
      return content(["parbreak()", write(children, context), "parbreak()"]); // par() would drop the formula
    }
    const isAlone = children.length === 1 && elementsIn(children)[0]?.tag === "img";
    return call(isAlone ? "block" : context.leads ? "lead" : "par", write(children, context));
  },
  "p.label": () => "[]",
  "p.note": ({ children }) => call("note", quoted(wordsOf(children))),
  "p.solved": ({ children }) => call("note", "stays:true", quoted(wordsOf(children))),
  pre: ({ children }, context) =>
    context.isTerminal
      ? call("printed", lines(children, context, " ".repeat(8)))
      : call("fence", codeLines(children, context)),
  "pre.json": ({ children }, context) =>
    call("output", '"result"', '""', call("printed", codeLines(children, context))),
  table: (element, context) => {
    const cell = (nodes: Node[], word: number) => write(nodes, { ...deeper(context), text: prose(word) });
    return table(element, cell, context.isOutput ? (sentence) => left(sentence, context) : undefined);
  },
  ul: (element, context) => list("list", element, context),
  ol: (element, context) =>
    list("enum", element, context, `start:${parseInt(element.attributes.start) || 1}`),
  "div.outputs": ({ children }, context) =>
    write(elementsIn(children).flatMap((it) => isRich(it) ? shortened([it], context) : [it]), {
      ...context,
      isOutput: true,
    }),
  "div.text": ({ attributes, children }, context) => {
    const label = wordsOf(elementsIn(children).filter((child) => hasClass(child, "label")));
    const printed = write(children, { ...context, isTerminal: true });
    return call("output", quoted(attributes.class), quoted(label), printed);
  },
  "div.picture": framed,
  "div.rich": (element, context) =>
    hasInk(element.children)
      ? framed(element, context)
      : left("An output that a script draws is left out.", context),
  "div.markdown-alert": ({ children }, context) => call("aside", write(children, context)),
  "p.markdown-alert-title": ({ children }, context) => call("par", call("strong", write(children, context))),
  figure: framed,
};
for (const tag of ["audio", "canvas", "embed", "iframe", "object", "video"]) {
  rules[tag] = ({ children }, context) =>
    content(write(children, context), left(`What moves or sounds is left out here (${tag}).`, context));
}
for (const level of [1, 2, 3, 4, 5, 6]) rules[`h${level}`] = heading;

/** Writes content as one expression. */
export function write(nodes: Node[], context: Context): string {
  const { depth = 0, text = prose() } = context;
  if (depth > DEEPEST) return content(...text(wordsOf(nodes)));
  const elements = elementsIn(nodes).values().drop(1);
  return content(nodes.flatMap((node) => {
    if (typeof node === "string") return text(shortWords(node, context));
    const next = elements.next().value;
    const leads = next ? isLedTo(next) : context.leads;
    return ruleOf(node)(node, { ...context, depth: depth + 1, leads });
  }));
}

/** Typst sets lists and tables in others level by level: each costs as much as three elements. */
function deeper(context: Context): Context {
  return { ...context, depth: (context.depth ?? 0) + 2 };
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
  return head(tag[1], context.labels.has(label) ? quoted(label) : "none", words, context);
}

/** A heading, which stands in the contents and above pages as well. */
export function head(level: string, label: string, words: Node[], context: Context): string {
  const text = wordsOf(words);
  const short = shortWords(text, context, endlessHeading);
  return call("head", level, label, write(short === text ? words : [short], context));
}

/** A short list stays on one page; a list inside of another goes where that goes. */
function list(name: string, { children }: Element, context: Context, ...options: string[]): string {
  const items = elementsIn(children);
  if (items.length === 0) return "[]";
  const isTight = !items.some((item) => elementsIn(item.children).some(({ tag }) => tag === "p"));
  const written = items.map((item) => write(item.children, { ...deeper(context), inList: true }));
  const whole = call(name, ...options, `tight:${isTight}`, written);
  return context.inList
    ? whole
    : call("items", `${wordsOf(children).length < 700}`, `stays:${!!context.leads}`, whole);
}

/** Pictures in a frame are blocks. */
function framed({ children }: Element, context: Context): string {
  return write(children, { ...context, frame: children });
}

/** Words or a picture for paper. */
function hasInk(nodes: Node[]): boolean {
  return showsSomething(nodes.filter((node) => typeof node === "string" || node.tag !== "script"));
}

/** A note in the place of something that paper cannot show, which is told of as well. */
function left(sentence: string, { file, tell }: Context): string {
  tell?.(`${file}: ${sentence}`);
  return call("note", quoted(sentence));
}

function isDisplayed({ tag, attributes }: Element): boolean {
  return tag === "math" && attributes.display === "block";
}

const withoutEffect = /\\(?:(?:begin|end)\{equation\*?\}|(?:limits|nolimits|smash)(?![a-zA-Z]))/g;
/** Commands that tex2typst does not know, by others that look the same. */
const sameOnPaper: Record<string, string> = {
  "\\cfrac": "\\frac",
  "\\stackrel": "\\overset",
  "\\coloneqq": "\\mathrel{:=}",
  "\\lVert": "\\|",
  "\\rVert": "\\|",
  "\\lvert": "|",
  "\\rvert": "|",
};

/** A formula in Typst's own language; the template shows the TeX of one that Typst cannot read. */
function formula(element: Element, { file, tell }: Context): string {
  const { tex2typst } = require("tex2typst") as typeof import("tex2typst");
  const tex = texOf(element);
  if (tex === "") {
    tell?.(`${file}: A formula without its TeX is printed as words.`);
    return call("emph", quoted(wordsOf(element)));
  }
  try {
    const known = tex.replace(withoutEffect, "").replace(/\\\\\s*\[[^\]]*\]/g, "\\\\ ");
    const code = tex2typst(known, { nonStrict: false, customTexMacros: sameOnPaper })
      .replace(/"[^"]*"/g, (words) => words.replace(/\\[,:; ]/g, " "));
    return call("formula", quoted(code), quoted(tex), `${isDisplayed(element)}`);
  } catch {
    return call("c", quoted(tex));
  }
}

/** A picture as a block or among words, or a note in its place. Files and the web stay outside. */
function picture(element: Element, context: Context): string {
  const { attributes, source } = element;
  const { src = "", alt = "" } = attributes;
  const isBlock = context.frame?.includes(element);
  const path = context.pictures.keep(source ?? src);
  const isSized = source === undefined || "data-sized" in attributes;
  const size = isSized ? sizeOf(attributes) : [];
  const words = apartWords(src);
  if (path) {
    const shown = call(isBlock ? "picture" : "little", quoted(path), quoted(alt), ...size);
    return words ? content(shown, call("note", quoted(`In the picture: ${words}`))) : shown;
  }
  if (!isBlock) return call("emph", quoted(`[Picture: ${alt || src.slice(0, 100)}]`));
  const kind = src.match(/^data:([^;,]*)/)?.[1] ?? "image/svg+xml";
  return left(`${alt || "A picture"} is left out: its data cannot be printed (${kind}).`, context);
}

/** The side of a picture that its author gave, as a length of Typst's; a style comes before an attribute. */
function sizeOf({ style = "", ...attributes }: Element["attributes"]): string[] {
  for (const side of ["width", "height"]) {
    const given = style.match(`(?:^|;)\\s*${side}\\s*:([^;]*)`)?.[1] ?? attributes[side] ?? "";
    const [, length, unit] = given.trim().match(/^(\d+(?:\.\d+)?)(px|%)?$/) ?? [];
    if (Number(length) > 0) return [`${side}:${unit === "%" ? `${length}%` : `${Number(length) * 0.75}pt`}`];
  }
  return [];
}

/** The words of HTML inside of a drawing, which Typst passes over. */
function apartWords(src: string): string {
  if (!src.startsWith("data:image/svg")) return "";
  const svg = new TextDecoder().decode(readPicture(src)?.bytes);
  const parts = svg.match(/<foreignObject[^]*?<\/foreignObject>/gi) ?? [];
  return parts.map((part) => wordsOf(parseHtml(part)).trim()).filter(Boolean).join(" · ");
}

/** Content of more letters than `most` is cut as any text is, and loses its form. */
export function shortened(nodes: Node[], { file, tell }: Context, most = 60_000): Node[] {
  const words = wordsOf(nodes);
  if (words.length <= most) return nodes;
  const cut = cutMiddle(words);
  tell?.(`${file}: ${cut.left}`);
  return [textContent(cut, "result")];
}

/** Tells if an output's words may be cut: printed text has been, tables are by rows, and pictures count for little. */
function isRich(output: Element): boolean {
  return !hasClass(output, "text") && !elementsOf([output]).some(({ tag }) => /^(table|img|svg)$/.test(tag));
}

/** The lines of code in a `pre`, without the number of its cell. */
export function codeLines(nodes: Node[], context: Context): string {
  return lines(elementsIn(nodes).find(({ tag }) => tag === "code")?.children ?? nodes, context, "  ");
}

/** What nobody reads, and Typst takes minutes to break into lines: a word, a line of code, a heading. */
const [endlessWord, endlessLine, endlessHeading] = [/\S{4000,}/g, /.{12000,}/g, /[^]{4000,}/g];

function shortWords(text: string, { file, tell }: Context, what = endlessWord): string {
  return text.replace(what, (all) => {
    tell?.(`${file}: ${all.length - 2000} letters of a line without an end are left out.`);
    return `${all.slice(0, 1000).toWellFormed()} … (${all.length - 2000} letters) … ${
      all.slice(-1000).toWellFormed()
    }`;
  });
}

/** Lines as the template's: indent and length, in columns, and content. */
function lines(nodes: Node[], context: Context, tab: string): string {
  const all = linesOf(nodes);
  if (wordsOf(all.at(-1)!) === "") all.pop();
  return array(all.map((full) => {
    const cut = shortWords(wordsOf(full), context, endlessLine);
    const line = cut.length < wordsOf(full).length ? [cut] : full;
    const words = wordsOf(line).replaceAll("\t", tab);
    if (words.trim() === "") return "(0,0,none)";
    const broken = cutter(breakable(words, LONGEST));
    const text = (words: string) => [quoted(broken(words.replaceAll("\t", tab)))];
    return array([
      `${words.search(/\S/)}`,
      `${words.length}`,
      write(line.filter((node) => wordsOf(node) !== ""), { ...context, text }),
    ]);
  }));
}
