import type { CoursePart } from "../document/parts.ts";
import { markdownHtml, parseMarkdown } from "../document/markdown.ts";
import { type Element, elementsOf, type Node, parseHtml, toHtml, wordsOf } from "../document/tree.ts";

/** Text as it stands, whatever Markdown would make of it. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>|~]/g, "\\$&").replace(/&(?=#?\w+;)/g, "&amp;");
}

/** Text as a fenced block, the fence longer than any in the text. */
export function fence(text: string, language = ""): string {
  const bar = "`".repeat(Math.max(3, backticks(text) + 1));
  return `${bar}${language}\n${text.replace(/\r\n?/g, "\n").replace(/\n$/, "")}\n${bar}`;
}

/** Text as code among words. */
export function inlineCode(text: string): string {
  const bar = "`".repeat(backticks(text) + 1);
  return bar.length > 1 ? `${bar} ${text} ${bar}` : `${bar}${text}${bar}`;
}

function backticks(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** The parts of a course as a list of links. */
export function listOf(parts: readonly CoursePart[]): string {
  return parts.map(({ document: { title }, file }) =>
    `- [${escapeMarkdown(title)}](${encodeURIComponent(file)})`
  ).join("\n");
}

/** A table as GitHub's Markdown; undefined where the content is more than a table of text. */
export function gfmTable(content: Node[]): string | undefined {
  const [table, ...others] = content.filter((node) => typeof node !== "string" || node.trim() !== "");
  if (others.length > 0 || typeof table !== "object" || table.tag !== "table") return;
  const elements = [...elementsOf(table.children)];
  if (elements.some(isMoreThanText)) return;
  const [head, ...body] = elements.filter(({ tag }) => tag === "tr")
    .map(({ children }) => children.filter((node) => typeof node !== "string"));
  if (!head || body.some((row) => row.length !== head.length)) return;
  const rows = [head, ...body].map((row) =>
    row.map((cell) => escapeMarkdown(wordsOf(cell).replace(/\s+/g, " ").trim()))
  );
  const sides = head.map((_, column) => body.length > 0 && body.every((row) => isRight(row[column])));
  const widths = head.map((_, column) => Math.max(3, ...rows.map((row) => row[column].length)));
  const rule = widths.map((width, at) => sides[at] ? "-".repeat(width - 1) + ":" : "-".repeat(width));
  const lines = rows.map((row) =>
    row.map((cell, at) => sides[at] ? cell.padStart(widths[at]) : cell.padEnd(widths[at]))
  );
  return lines.toSpliced(1, 0, rule).map((line) => `| ${line.join(" | ")} |`).join("\n");
}

function isMoreThanText({ tag, attributes }: Element): boolean {
  return /^(?:table|ul|ol|img|svg|pre|caption)$/.test(tag) || "colspan" in attributes ||
    "rowspan" in attributes;
}

function isRight({ attributes: { style = "", align } }: Element): boolean {
  return /text-align:\s*right/.test(style) || align === "right";
}

const sentinel = "<p>course-sentinel</p>\n";

/** Tells whether a Markdown text ends where it ends: no fence, comment or tag in it swallows the text after it. */
export function standsAlone(source: string): boolean {
  const html = markdownHtml(parseMarkdown(`${source}\n\ncourse-sentinel`)).replace(/<!--[^]*?-->/g, "");
  return html.endsWith(sentinel) && tagsOf(html) === tagsOf(toHtml(parseHtml(html)));
}

function tagsOf(html: string): string {
  return (html.match(/<\/?[a-z][\w-]*/gi) ?? []).join(" ").toLowerCase();
}
