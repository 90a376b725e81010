import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import python from "highlight.js/lib/languages/python";
import typescript from "highlight.js/lib/languages/typescript";
import { type Element, h, linesOf, type Node, parseHtml, wordsOf } from "./tree.ts";

for (const [name, language] of Object.entries({ bash, javascript, json, python, typescript })) {
  hljs.registerLanguage(name, language);
}

/** Longer code is not highlighted: it is data, and colours would bloat the page. */
const longest = 50_000;

/** Code as HTML with highlight.js's classes. */
export const highlighted = (source: string, language: string): string =>
  hljs.highlight(source, { language, ignoreIllegals: true }).value;

/**
 * Code as one element per line, each with its indent: a long line wraps below its own beginning, so that code keeps its shape
 * on a phone and on paper.
 */
export function codeLines(source: string, language: string): Node[] {
  const text = source.replace(/\r\n?/g, "\n").replace(/\s+$/, "");
  const isPlain = source.length > longest || !hljs.getLanguage(language);
  return linesOf(isPlain ? [text] : parseHtml(highlighted(text, language))).map((line) => {
    const columns = wordsOf(line).match(/^[ \t]*/)![0].replaceAll("\t", "  ").length;
    const style = columns > 0 ? `--indent:${Math.min(columns, 24)}` : undefined;
    return h("span", { class: "line", style }, ...line, "\n");
  });
}

/** Code in a box, after the nodes `before`. */
export function codeBox(source: string, language: string, ...before: Node[]): Element {
  return h("pre", { class: "code" }, ...before, h("code", {}, codeLines(source, language)));
}
