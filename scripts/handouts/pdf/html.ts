import { parseHTML } from "linkedom";
import { codeLines } from "./lines.ts";
import type { MarkupContext } from "./markup.ts";
import { htmlTable } from "./tables.ts";
import { call, content, quoted } from "./typst.ts";
import { breakable } from "./wrap.ts";
import type { Writer } from "./writer.ts";

/** The tags whose meaning paper can keep, and the functions that keep it. */
const phrasing: Record<string, string> = Object.fromEntries(
  Object.entries({
    strong: "b strong th",
    emph: "i em cite var dfn",
    c: "code kbd samp tt",
    sub: "sub",
    super: "sup",
    underline: "u ins",
    strike: "s del strike",
    highlight: "mark",
  }).flatMap(([name, tags]) => tags.split(" ").map((tag) => [tag, name])),
);
const silent = /^(script|style|template|head|title|meta|link|base|noscript|iframe|object|svg|math)$/;
const blocks =
  /^(address|article|aside|blockquote|body|dd|details|div|dl|dt|figcaption|figure|footer|form|h[1-6]|header|html|main|nav|p|pre|section|summary|table|ul|ol|li|hr)$/;
const DEEPEST = 24;

/** One raw tag among Markdown's words: opens, closes, breaks a line, or vanishes. */
export function htmlPhrase(writer: Writer, tag: string, floor: number, context: MarkupContext): void {
  const [, closing, written] = tag.match(/^<(\/?)([a-z][a-z\d]*)/i) ?? [];
  const name = written?.toLowerCase();
  if (name === undefined) return;
  if (name === "br") return writer.add("linebreak()");
  if (closing) return writer.close(`<${name}>`, floor);
  if (name === "img" || name === "a") {
    const element = parse(tag).firstElementChild;
    if (!element) return;
    if (name === "img") return writer.add(picture(element, context));
    const open = context.link(element.getAttribute("href") ?? "");
    return writer.open("<a>", open && `${open}{[];`, "});");
  }
  if (Object.hasOwn(phrasing, name)) writer.open(`<${name}>`, `${phrasing[name]}({[];`, "});");
}

/** A piece of raw HTML: tables, paragraphs, lists and pictures; of everything else the text. */
export function htmlBlock(html: string, context: MarkupContext): string {
  return content(...flow(parse(html), context, 0));
}

/** The element that holds what the HTML says, whatever it leaves open; of what is too deep to parse, the words. */
export function parse(html: string): Element {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const box = document.createElement("div");
  try {
    box.innerHTML = html.replace(/<!doctype[^>]*>?/gi, "");
  } catch {
    box.textContent = html.replace(/<[^>]*>/g, " ");
  }
  return box;
}

/** Blocks one below the other; words between them become paragraphs of their own. */
function flow(parent: Element, context: MarkupContext, depth: number): string[] {
  if (depth > DEEPEST) return [call("p", quoted(words(parent)))];
  const parts: string[] = [];
  let line: string[] = [];
  const endLine = () => {
    if (line.some((part) => !/^"\s*"$/.test(part))) parts.push(call("p", content(...line)));
    line = [];
  };
  for (const node of parent.childNodes) {
    const name = node.nodeType === 1 ? (node as Element).localName : "";
    if (!blocks.test(name)) {
      line.push(...inline(node as Element, context, depth));
      continue;
    }
    endLine();
    parts.push(...block(node as Element, name, context, depth + 1));
  }
  endLine();
  return parts;
}

function block(element: Element, name: string, context: MarkupContext, depth: number): string[] {
  if (name === "hr") return ["divider"];
  if (name === "pre") return [call("fence", codeLines(element.textContent ?? "", ""))];
  if (name === "table") {
    return [htmlTable(element, (cell, word) => content(...inlines(cell, { ...context, word }, depth)))];
  }
  if (name === "ul" || name === "ol") {
    const items = [...element.children].map((item) => content(...flow(item, context, depth)));
    return items.length === 0 ? [] : [call(name === "ul" ? "list" : "enum", ...items)];
  }
  if (name === "blockquote") return [call("aside", content(...flow(element, context, depth)))];
  const parts = flow(element, context, depth);
  return /^(h[1-6]|summary|dt)$/.test(name) ? [call("strong", content(...parts))] : parts;
}

function inlines(parent: Element, context: MarkupContext, depth: number): string[] {
  return [...parent.childNodes].flatMap((node) => inline(node as Element, context, depth));
}

function inline(node: Element, context: MarkupContext, depth: number): string[] {
  if (node.nodeType === 3) return [quoted(words(node, context.word))];
  if (node.nodeType !== 1 || silent.test(node.localName)) return [];
  if (node.localName === "br") return ["linebreak()"];
  if (node.localName === "img") return [picture(node, context)];
  if (depth > DEEPEST) return [quoted(words(node, context.word))];
  const inside = inlines(node, context, depth + 1);
  if (node.localName === "a") {
    const open = context.link(node.getAttribute("href") ?? "");
    return open ? [`${open}${content(...inside)})`] : inside;
  }
  return Object.hasOwn(phrasing, node.localName)
    ? [call(phrasing[node.localName], content(...inside))]
    : inside;
}

function picture(element: Element, context: MarkupContext): string {
  return context.picture(element.getAttribute("src") ?? "", element.getAttribute("alt") ?? "");
}

function words(node: Element, longest?: number): string {
  return breakable((node.textContent ?? "").replace(/\s+/g, " "), longest);
}
