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

/** A token of parsed Markdown. */
export type Token = ReturnType<MarkdownIt["parse"]>[number];

/** The Markdown parser. It passes raw HTML on, since a course trusts its own notebooks. */
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

/** Parses Markdown. In headings, tags other than `phrasing` ones become text. */
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

/** The tags allowed in headings. Others are text: a heading may be about Promise<T>. */
const phrasing =
  /^<(?:!--|\/?(?:a|abbr|b|br|code|del|em|i|img|ins|kbd|mark|s|small|span|strong|sub|sup|u|var)\b)/i;

/** The HTML of parsed Markdown, with raw HTML as written. */
export function markdownHtml(tokens: Token[]): string {
  return markdown.renderer.render(tokens, markdown.options, {});
}

/**
 * The content of parsed Markdown. Tags that raw HTML leaves open are closed at the end of the cell. A heading links to itself,
 * unless it contains a link.
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

/** The text of a heading or paragraph, without markup. */
export function plainText(inline: Token): string {
  const words = (inline.children ?? []).map((child) => {
    if (/^(?:soft|hard)break$/.test(child.type)) return " ";
    if (child.type === "image") return plainText(child);
    return child.type === "html_inline" ? "" : child.content;
  });
  return words.join("").replace(/\s+/g, " ").trim();
}
