/** Prepares content for paper: pictures and formulas become files, and a note replaces what paper cannot show. @module */
import { createRequire } from "node:module";
import { noGuess } from "../../../lib/words.ts";
import { cutMiddle, cutTable } from "../document/cut.ts";
import { readPicture } from "../document/data_url.ts";
import { texOf } from "../document/math.ts";
import { decoded } from "../document/names.ts";
import { textContent } from "../document/outputs.ts";
import {
  type Element,
  elementsIn,
  elementsOf,
  h,
  hasClass,
  linesOf,
  type Node,
  parseHtml,
  showsSomething,
  wordsOf,
} from "../document/tree.ts";
import { printableSvg } from "./svg.ts";

const require = createRequire(import.meta.url);

/** Elements nested deeper than this keep their words but lose their form; lists and tables lose it sooner than their parts. */
const DEEPEST = { element: 20, list: 15 };
/** The most rows and columns shown of a table in an output. */
const [most, all] = [{ rows: 70, columns: 16 }, { rows: Infinity, columns: Infinity }];
const silent = /^(?:script|style|template|head|title|meta|link|base)$/;
const moving = /^(?:audio|canvas|embed|iframe|object|video)$/;

/** The pictures and formulas that Typst reads, as bytes by path. */
type Files = Map<string, Uint8Array>;

/** The context in which content is prepared. */
export interface Context {
  files: Files;
  /** The file name of the chapter's own PDF. */
  file: string;
  /** The files and headings of the course that links can target: "02.pdf", "02.pdf#the-end". */
  labels: ReadonlySet<string>;
  /** The nesting depth of the content. */
  depth?: number;
  /** True if pictures are blocks, false if they stand among words. */
  framed?: boolean;
  /** True inside an output, where a table may have more rows and columns than anyone would read. */
  isOutput?: boolean;
}

/** Returns content in the form the template's functions take: HTML elements with the attributes that matter on paper. */
export function onPaper(nodes: Node[], context: Context): Node[] {
  const { depth = 0, framed = false, isOutput = false, files } = context;
  return nodes.flatMap((node, at): Node[] => {
    if (typeof node === "string") {
      const text = isOutput ? node.replace(noGuess, "") : node;
      return text.split(endless).flatMap((part, at) => at % 2 ? cut(part) : part);
    }
    const { tag, attributes, children } = node;
    if (silent.test(tag)) return [];
    if (tag === "img" || tag === "svg") return picture(node, files, framed);
    if (tag === "math") return [formula(node, files)];
    if (tag === "input") return attributes.type === "checkbox" ? ["checked" in attributes ? "☑ " : "☐ "] : [];
    if (depth > DEEPEST[/^(?:ul|ol|table)$/.test(tag) ? "list" : "element"]) {
      return [...onPaper(children, { ...context, depth: Infinity }), " "];
    }
    const isRich = hasClass(node, "rich");
    const inside = {
      ...context,
      depth: depth + 1,
      isOutput: isOutput || hasClass(node, "outputs"),
      framed: isRich || tag === "figure" || hasClass(node, "picture"),
    };
    const stays = leadsTo(node, nodes[at + 1]) ? "" : undefined;
    if (tag === "pre") return [lines(node, stays, inside)];
    const [table, ...lost] = tag === "table" ? cutTable(node, inside.isOutput ? most : all) : [node];
    const shown = hasClass(node, "outputs") ? children.flatMap(withoutMiddle) : table.children;
    const isEndless = /^h\d$/.test(tag) && wordsOf(node).length > ENDLESS;
    const content = isEndless ? cut(wordsOf(node)) : onPaper(shown, inside);
    if (moving.test(tag)) content.push(left(`What moves or sounds is left out here (${tag}).`));
    if (
      isRich &&
      !showsSomething(children.filter((it) => typeof it === "string" || it.tag !== "noscript"), false)
    ) {
      content.unshift(left("An output that a script draws is left out."));
    }
    const { class: name, id, href, start, align, x, colspan, style, told } = attributes;
    if (tag === "span") return coloured(name, content);
    const side = style?.match(/text-align:\s*(\w+)/)?.[1] ?? align;
    const own = { class: name, id, href, start, align: side, x, colspan, style, told };
    return [h(tag, { ...own, stays, label: labelOf(node, context) }, content), ...lost.map(left)];
  });
}

/** Content in the colours of code or of a terminal, innermost first. */
function coloured(classes: string | undefined, content: Node[]): Node[] {
  const names = classes?.match(/\b(?:hljs-|ansi-|class_)[\w-]*/g)?.reverse() ?? [];
  return names.length > 0 ? [h("span", { class: names.join(" ") }, content)] : content;
}

/** Returns true if no page break may follow an element: code above its output or above lines to write on, and text that ends in a colon. */
function leadsTo(element: Element, next?: Node): boolean {
  if (element.tag !== "pre") return /:\s*$/.test(wordsOf(element));
  return typeof next === "object" && (hasClass(next, "outputs") || hasClass(next, "lines"));
}

/** The label of a heading or of a link's target; if the target heading is unknown, that of its notebook. */
function labelOf({ tag, attributes: { id, href } }: Element, { file, labels }: Context): string | undefined {
  const isHere = href?.startsWith("#");
  const target = isHere ? file + href : /^h\d$/.test(tag) ? `${file}#${id}` : href;
  const [path, fragment] = target?.split("#").map(decoded) ?? [];
  return [`${path}#${fragment}`, ...tag === "a" && !isHere ? [path] : []].find((label) => labels.has(label));
}

/** A note in place of something that paper cannot show; the command line prints it as well. */
function left(sentence: string): Element {
  return h("p", { class: "note", told: sentence }, sentence);
}

/** Adds a file and returns its path. */
function keep(files: Files, kind: string, bytes: Uint8Array): string {
  const path = `/${files.size + 1}.${kind}`;
  files.set(path, bytes);
  return path;
}

/** A picture, as a block or among words, or a note in its place: nothing is loaded from disk or from the web. */
function picture({ attributes, source }: Element, files: Files, isBlock: boolean): Node[] {
  const { src = "", alt = "" } = attributes;
  const [, mime = "image/svg+xml"] = src.match(/^data:([^;,]*)/) ?? [];
  const { bytes } = readPicture(src) ?? {};
  const svg = source ?? (mime === "image/svg+xml" ? new TextDecoder().decode(bytes) : undefined);
  const kind = mime.match(/^image\/(svg|png|jpeg|gif)/)?.[1];
  const printable = svg === undefined ? bytes : printableSvg(svg);
  if (kind && printable) {
    const size = source === undefined || "data-sized" in attributes ? sizeOf(attributes) : {};
    const words = apartWords(svg);
    const shown = h("img", { path: keep(files, kind, printable), alt, framed: `${isBlock}`, ...size });
    return [shown, ...words ? [h("p", { class: "note" }, `In the picture: ${words}`)] : []];
  }
  if (!isBlock) return [h("em", {}, `[Picture: ${alt || src.slice(0, 100)}]`)];
  const isHere = /^(?:data:|$)/.test(src);
  const why = isHere ? `its data cannot be printed (${mime})` : `it lies at ${src.slice(0, 500)}`;
  return [left(`${alt || "A picture"} is left out: ${why}.`)];
}

/** The width or height that the author gave a picture, in pixels or percent; a style takes precedence over an attribute. */
function sizeOf({ style = "", ...attributes }: Element["attributes"]): Record<string, string> {
  for (const side of ["width", "height"]) {
    const given = style.match(`(?:^|;)\\s*${side}\\s*:([^;]*)`)?.[1] ?? attributes[side] ?? "";
    const [, size] = given.trim().match(/^(\d+(?:\.\d+)?%?)(?:px)?$/) ?? [];
    if (size && parseFloat(size) > 0) return { [side]: size };
  }
  return {};
}

/** The words of HTML inside a drawing, which Typst ignores. */
function apartWords(svg = ""): string {
  const parts = svg.match(/<foreignObject[^]*?<\/foreignObject>/gi) ?? [];
  return parts.map((part) => wordsOf(parseHtml(part)).trim()).filter(Boolean).join(" · ");
}

/** TeX without effect on paper. */
const withoutEffect =
  /\\(?:(?:begin|end)\{equation\*?\}|label\{[^}]*\}|(?:(?:no)?limits|smash|nonumber|notag|[bB]igg?[lmr]?|normalsize|small|[lL]arge|LARGE|[hH]uge)(?![a-zA-Z]))/g;
/** Commands that tex2typst lacks, and others that look the same. */
const macros = {
  ...{ "\\cr": "\\\\", "\\lvert": "|", "\\rvert": "|", "\\lVert": "\\|", "\\rVert": "\\|" },
  ...{ "\\cfrac": "\\frac", "\\stackrel": "\\overset", "\\coloneqq": "\\mathrel{:=}" },
};

/** A formula as a file of Typst code; if Typst cannot read it, the template shows its TeX instead. */
function formula(element: Element, files: Files): Element {
  const { tex2typst } = require("tex2typst") as typeof import("tex2typst");
  const tex = texOf(element);
  if (tex === "") {
    return h("em", { told: "A formula without its TeX is printed as words." }, wordsOf(element));
  }
  try {
    const known = tex.replace(withoutEffect, "").replace(/\\\\\s*\[[^\]]*\]/g, "\\\\ ")
      .replace(/\{split\}/g, "{aligned}");
    const code = tex2typst(known, { nonStrict: true, customTexMacros: macros }) // Typst refuses what it does not know
      .replace(/"[^"]*"/g, (words) => words.replace(/\\[,:; ]/g, " "));
    const path = keep(files, "txt", new TextEncoder().encode(code));
    return h("math", { path, tex, display: element.attributes.display });
  } catch {
    return h("code", {}, tex);
  }
}

/** Code or printed text, each line in its own element. */
function lines({ attributes, children }: Element, stays: string | undefined, context: Context): Element {
  const elements = elementsIn(children);
  const count = elements.find((it) => hasClass(it, "count"));
  const all = linesOf(elements.find(({ tag }) => tag === "code")?.children ?? children);
  if (wordsOf(all.at(-1)!) === "") all.pop();
  const written = all.map((line) => h("span", {}, onPaper(line, context)));
  return h("pre", { class: attributes.class, stays, count: count && wordsOf(count) }, written);
}

/** Longer words and headings are cut: nobody reads them, and Typst takes minutes to break them into lines. */
const ENDLESS = 4000;
const endless = new RegExp(`(\\S{${ENDLESS},})`);

function cut(text: string): Node[] {
  const lost = `${text.length - 2000} letters`;
  const note = h("em", { told: `${lost} of a line without an end are left out.` }, ` … (${lost}) … `);
  return [text.slice(0, 1000), note, text.slice(-1000)];
}

/** Returns content as it is, or, if it has more than `most` characters, its text without the middle. */
export function shortened(nodes: Node[], most: number): Node[] {
  const words = wordsOf(nodes);
  if (words.length <= most) return nodes;
  const content = textContent(words, "result");
  content.attributes.told = cutMiddle(words).left!;
  return [content];
}

/** Shortens an output, unless its text was cut before, its tables are cut by rows, or it holds a picture. */
function withoutMiddle(output: Node): Node[] {
  const isWhole = typeof output === "string" || hasClass(output, "text") ||
    elementsOf([output]).some(({ tag }) => /^(?:table|img|svg)$/.test(tag));
  return isWhole ? [output] : shortened([output], 60_000);
}
