// @ts-types="npm:@types/markdown-it@14.2.0"
import MarkdownIt from "markdown-it";
import { alert } from "@mdit/plugin-alert";
import { dl } from "@mdit/plugin-dl";
import { tasklist } from "@mdit/plugin-tasklist";
import footnote from "markdown-it-footnote";
import { fitIn, type Surroundings } from "./fit.ts";
import { codeBox } from "./highlight.ts";
import { withMath } from "./math.ts";
import { elementsOf, h, type Node, parseHtml, toHtml } from "./tree.ts";

/** A piece of parsed Markdown: any format can be made from a list of these. */
export type Token = ReturnType<MarkdownIt["parse"]>[number];

/** Raw HTML is passed on, since a course trusts its own notebooks. */
export const markdown = new MarkdownIt({ html: true, linkify: true, typographer: true }).disable(
  "replacements",
)
  .use(withMath).use(footnote).use(tasklist, { label: false }).use(dl).use(alert);
const { validateLink } = markdown;
markdown.validateLink = (href) => validateLink(href) || /^data:image\/svg\+xml[;,]/i.test(href);
const rules = markdown.renderer.rules;

rules.fence = rules.code_block = (tokens, index) => {
  const { content, info } = tokens[index];
  return toHtml(codeBox(content, info.trim().split(/[\s,{]/)[0])) + "\n";
};
rules.table_open = () => `<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>`;
rules.table_close = () => "</table></div>";

/** Parses Markdown, once for all formats. */
export function parseMarkdown(source: string): Token[] {
  const tokens = markdown.parse(source, {});
  tokens.forEach((token, index) => {
    if (token.type !== "heading_open") return;
    for (const child of tokens[index + 1].children ?? []) {
      if (child.type === "html_inline" && !phrasing.test(child.content)) child.type = "text";
    }
  });
  return tokens;
}

/** The tags that a heading may hold. Others are words: a heading on Promise<T> means what it says. */
const phrasing =
  /^<(?:!--|\/?(?:a|abbr|b|br|code|del|em|i|img|ins|kbd|mark|s|small|span|strong|sub|sup|u|var)\b)/i;

/** The HTML of parsed Markdown, its raw HTML as it is written. */
export function markdownHtml(tokens: Token[]): string {
  return markdown.renderer.render(tokens, markdown.options, {});
}

/**
 * The content of parsed Markdown. Where it holds raw HTML, what that leaves open is closed: a cell ends where it ends. A
 * heading links to itself, unless there is a link in it.
 */
export function proseContent(tokens: Token[], around: Surroundings): Node[] {
  const own = tokens.map((token) => token.attrGet("id") ?? "");
  const content = fitIn(parseHtml(markdownHtml(tokens)), around, own);
  for (const { tag, attributes: { id }, children } of elementsOf(content)) {
    const isPlain = /^h[2-6]$/.test(tag) && !elementsOf(children).some(({ tag }) => tag === "a");
    if (isPlain && id) children.splice(0, Infinity, h("a", { href: `#${id}` }, [...children]));
  }
  return content;
}

/** The words of a heading or paragraph without their markup. */
export function plainText(inline: Token): string {
  const words = (inline.children ?? []).map((child) => {
    if (/^(?:soft|hard)break$/.test(child.type)) return " ";
    if (child.type === "image") return plainText(child);
    return child.type === "html_inline" ? "" : child.content;
  });
  return words.join("").replace(/\s+/g, " ").trim();
}
