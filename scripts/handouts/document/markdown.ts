// @ts-types="npm:@types/markdown-it@14.2.0"
import MarkdownIt from "markdown-it";
import { balanceHtml } from "./balance.ts";
import { escapeHtml } from "./escape.ts";
import { highlightLines } from "./highlight.ts";
import { decoded } from "./links.ts";
import type { Names } from "./names.ts";

/** A piece of parsed Markdown: any format can be made from a list of these. */
export type Token = ReturnType<MarkdownIt["parse"]>[number];

/** What a Markdown cell's HTML depends on beside its own text. */
export interface MarkdownContext {
  /** The page's ids: those in raw HTML are made unique with it. */
  ids: Names;
  /** Turns a link's target into the one it has among the handouts; of one that has none, the words alone are shown. */
  link: (href: string) => string;
  /** The data: URL of an image attached to the cell. */
  attachment: (name: string) => string | undefined;
}

/** Raw HTML is passed on, since a course trusts its own notebooks. */
const markdown = new MarkdownIt({ html: true, linkify: true, typographer: true }).disable("replacements");
const rules = markdown.renderer.rules;

rules.fence = (tokens, index) => codeBox(tokens[index].content, tokens[index].info.trim().split(/[\s,{]/)[0]);
rules.code_block = (tokens, index) => codeBox(tokens[index].content, "");
rules.table_open = () => `<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>`;
rules.table_close = () => "</table></div>";
rules.heading_open = (tokens, index, options, _env, self) =>
  self.renderToken(tokens, index, options) +
  (ownLink(tokens[index + 1]) ? `<a href="#${idOf(tokens[index])}">` : "");
rules.heading_close = (tokens, index, options, _env, self) =>
  (ownLink(tokens[index - 1]) ? "</a>" : "") + self.renderToken(tokens, index, options);
rules.link_open = (tokens, index, options, env: MarkdownContext, self) => {
  const href = env.link(tokens[index].attrGet("href") ?? "");
  if (href === "") deaden(tokens, index);
  else tokens[index].attrSet("href", href);
  return self.renderToken(tokens, index, options);
};
const image = rules.image!;
rules.image = (tokens, index, options, env: MarkdownContext, self) => {
  const name = tokens[index].attrGet("src")?.match(/^attachment:(.*)$/)?.[1];
  const data = name === undefined ? undefined : env.attachment(decoded(name));
  if (data !== undefined) tokens[index].attrSet("src", data);
  return image(tokens, index, options, env, self);
};

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

/** Renders parsed Markdown. Where it holds raw HTML, what that leaves open is closed, so that a cell ends where it ends. */
export function renderMarkdown(tokens: Token[], context: MarkdownContext): string {
  const html = markdown.renderer.render(tokens, markdown.options, context);
  const raw = tokens.some((token) =>
    token.type === "html_block" || token.children?.some((child) => child.type === "html_inline")
  );
  return raw ? balanceHtml(html, { ...context, own: tokens.map((token) => idOf(token)) }) : html;
}

/** The words of a heading or paragraph without their markup. */
export function plainText(inline: Token): string {
  const words = (inline.children ?? []).map((child) =>
    child.type === "softbreak" || child.type === "hardbreak"
      ? " "
      : child.type === "image"
      ? plainText(child)
      : child.type === "html_inline"
      ? ""
      : child.content
  );
  return words.join("").replace(/\s+/g, " ").trim();
}

function codeBox(source: string, language: string): string {
  return `<pre class="code"><code${language ? ` class="language-${escapeHtml(language)}"` : ""}>` +
    `${highlightLines(source, language)}</code></pre>\n`;
}

/** Makes mere words of a link; links do not nest. */
function deaden(tokens: Token[], open: number): void {
  const close = tokens.find(({ type }, at) => at > open && type === "link_close")!;
  tokens[open].attrs = null;
  tokens[open].tag = close.tag = "span";
}

function idOf(token: Token): string {
  return token.attrGet("id") ?? "";
}

/** A heading links to itself, unless it is a link already. */
function ownLink(inline: Token): boolean {
  return !inline.children?.some((child) => child.type === "link_open" || child.type === "html_inline");
}
