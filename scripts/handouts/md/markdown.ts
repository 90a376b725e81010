import type { CoursePart } from "../document/parts.ts";
import { markdownHtml, parseMarkdown } from "../document/markdown.ts";
import { type Element, elementsOf, type Node, parseHtml, toHtml, wordsOf } from "../document/tree.ts";

/** Escapes text for Markdown. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>|~]/g, "\\$&").replace(/&(?=#?\w+;)/g, "&amp;");
}

/** Text as a fenced block, with a fence longer than any in the text. */
export function fence(text: string, language = ""): string {
  const bar = "`".repeat(Math.max(3, backticks(text) + 1));
  return `${bar}${language}\n${text.replace(/\r\n?/g, "\n").replace(/\n$/, "")}\n${bar}`;
}

/** Text as inline code. */
export function inlineCode(text: string): string {
  const bar = "`".repeat(backticks(text) + 1);
  return bar.length > 1 ? `${bar} ${text} ${bar}` : `${bar}${text}${bar}`;
}

function backticks(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** A list of links to the parts of a course. */
export function listOf(parts: readonly CoursePart[]): string {
  return parts.map(({ document: { title }, file }) =>
    `- [${escapeMarkdown(title)}](${encodeURIComponent(file)})`
  ).join("\n");
}

/** A table in GitHub's Markdown; undefined if the content is more than a table of text. */
export function gfmTable(content: Node[]): string | undefined {
  const [table, ...others] = content.filter((node) => typeof node !== "string" || node.trim() !== "");
  if (others.length > 0 || typeof table !== "object" || table.tag !== "table") return;
  const elements = [...elementsOf(table.children)];
  if (elements.some(isMoreThanText)) return;
  const rows = elements.filter(({ tag }) => tag === "tr")
    .map(({ children }) => children.filter((node) => typeof node !== "string"));
  if (!rows[0]?.length || rows.some(({ length }) => length !== rows[0].length)) return;
  if (lettersOf(table) !== lettersOf(rows.flat())) return;
  const columns = rows[0].map((_, at) => {
    const texts = rows.map((row) => escapeMarkdown(wordsOf(row[at]).replace(/\s+/g, " ").trim()));
    const width = Math.max(3, ...texts.map(({ length }) => length));
    const right = rows.length > 1 && rows.slice(1).every((row) => isRight(row[at]));
    const rule = right ? ":".padStart(width, "-") : "-".repeat(width);
    return texts.map((text) => right ? text.padStart(width) : text.padEnd(width)).toSpliced(1, 0, rule);
  });
  return columns[0].map((_, at) => `| ${columns.map((column) => column[at]).join(" | ")} |`).join("\n");
}

const lettersOf = (node: Node | Node[]) => wordsOf(node).replace(/\s/g, "");

function isMoreThanText({ tag, attributes }: Element): boolean {
  return /^(?:table|ul|ol|img|svg|pre|caption)$/.test(tag) || "colspan" in attributes ||
    "rowspan" in attributes;
}

function isRight({ attributes: { style = "", align } }: Element): boolean {
  return /text-align:\s*right/.test(style) || align === "right";
}

const sentinel = "<p>course-sentinel</p>\n";

/** Returns true if Markdown is self-contained: no fence, comment or tag in it swallows the text after it. */
export function standsAlone(source: string): boolean {
  const html = markdownHtml(parseMarkdown(`${source}\n\ncourse-sentinel`)).replace(/<!--[^]*?-->/g, "");
  return html.endsWith(sentinel) && tagsOf(html) === tagsOf(toHtml(parseHtml(html)));
}

function tagsOf(html: string): string {
  return (html.match(/<\/?[a-z][\w-]*/gi) ?? []).join(" ").toLowerCase();
}
