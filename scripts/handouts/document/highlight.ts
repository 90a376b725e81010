import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import python from "highlight.js/lib/languages/python";
import typescript from "highlight.js/lib/languages/typescript";
import { escapeHtml } from "./escape.ts";

for (const [name, language] of Object.entries({ bash, javascript, json, python, typescript })) {
  hljs.registerLanguage(name, language);
}

/** Past this a cell is data rather than code, and colours would only make the page heavy. */
const longest = 50_000;

/** Code as HTML with highlight.js's classes; a language that is not known is escaped and left plain. */
export function highlight(source: string, language: string): string {
  if (source.length > longest || !hljs.getLanguage(language)) return escapeHtml(source);
  return hljs.highlight(source, { language, ignoreIllegals: true }).value;
}

/**
 * Code as HTML, each line an element of its own that knows its indent: a long line wraps below its own beginning, so
 * that the code keeps its shape on a phone and on paper.
 */
export function highlightLines(source: string, language: string): string {
  const open: string[] = [];
  const text = source.replace(/\r\n?/g, "\n").replace(/\s+$/, "");
  return highlight(text, language).split("\n").map((line) => {
    const before = open.join("");
    for (const tag of line.match(/<span[^>]*>|<\/span>/g) ?? []) {
      tag === "</span>" ? open.pop() : open.push(tag);
    }
    const columns = line.match(/^[ \t]*/)![0].replaceAll("\t", "  ").length;
    const indent = columns > 0 ? ` style="--indent:${Math.min(columns, 24)}"` : "";
    return `<span class="line"${indent}>${before}${line}${"</span>".repeat(open.length)}\n</span>`;
  }).join("");
}
