import { type MarkdownContext, plainText, renderMarkdown, type Token } from "../document/markdown.ts";
import { codeItems } from "./text_items.ts";
import { gap, height, type Kind, kinds, room } from "./measure.ts";
import type { Item } from "./pack.ts";
import { tableItems } from "./table_items.ts";

/** A Markdown cell as items: one for each paragraph, list, table and so on; raw HTML is kept in one piece. */
export function proseItems(tokens: Token[], context: MarkdownContext, byHeadings: boolean): Item[] {
  const isRaw = tokens.some(({ type, children }) =>
    type === "html_block" || children?.some(({ type }) => type === "html_inline")
  );
  const html = (part: Token[]) => renderMarkdown(part, context);
  const parts = isRaw ? aroundHeadings(tokens) : topLevel(tokens);
  return parts.flatMap((part): Item[] => {
    const [first] = part;
    switch (first.type) {
      case "heading_open":
        return [heading(part, html(part), byHeadings)];
      case "fence":
      case "code_block":
        return codeItems(first.content, first.info.trim().split(/[\s,{]/)[0]);
      case "table_open":
        return tableItems(html(part));
      case "hr":
        return [];
      case "bullet_list_open":
      case "ordered_list_open":
        return listItems(part, html);
      default:
        return paragraphs(part).map((part) => ({
          html: html(part),
          height: measure(part),
          holds: holds(part),
        }));
    }
  });
}

/** A heading wants two lines of text below it at least; h2 is the highest there is below the title. */
function heading(part: Token[], html: string, byHeadings: boolean): Item {
  const text = plainText(part[1]);
  const top = part[0].tag === "h2";
  return {
    html,
    height: height(text, top ? kinds.heading : kinds.subheading),
    holds: 1000,
    ...(top ? { heading: text, starts: byHeadings ? "slide" : undefined } : {}),
  };
}

/** "Thus:" wants to stay with what it leads to, and a cell's text with itself. */
function holds(part: Token[]): number {
  const text = part.findLast(({ type }) => type === "inline")?.content.trim() ?? "";
  return /[:：]\W*$/.test(text) ? 160 : 15;
}

function topLevel(tokens: Token[]): Token[][] {
  const parts: Token[][] = [];
  let open = 0;
  for (const token of tokens) {
    if (open === 0) parts.push([]);
    parts.at(-1)!.push(token);
    open += token.nesting;
  }
  return parts;
}

/** One part for each heading, and one for all that is between two headings. */
function aroundHeadings(tokens: Token[]): Token[][] {
  const parts: Token[][] = [];
  let wasHeading = true;
  for (const part of topLevel(tokens)) {
    const isHeading = part[0].type === "heading_open";
    if (isHeading || wasHeading) parts.push(part);
    else parts.at(-1)!.push(...part);
    wasHeading = isHeading;
  }
  return parts;
}

/** A list is one item as long as it fits on a slide, else one for each of its entries. */
function listItems(part: Token[], html: (part: Token[]) => string): Item[] {
  const whole = measure(part);
  if (whole <= room.height - 120) return [{ html: html(part), height: whole, holds: holds(part) }];
  const [open, close] = [part[0], part.at(-1)!];
  const first = Number(open.attrGet("start") ?? 1);
  return topLevel(part.slice(1, -1)).map((entry, index) => {
    const start = html([open]).replace(/^<ol[^>]*>/, `<ol start="${first + index}">`);
    return { html: start + html(entry) + html([close]), height: measure(entry), holds: 5 };
  });
}

/** A paragraph that would fill a slide, cut after sentences. */
function paragraphs(part: Token[]): Token[][] {
  const inline = part[1];
  const most = 6 * kinds.prose.columns;
  if (part[0].type !== "paragraph_open" || inline.content.length < 2 * most) return [part];
  const pieces: Token[][] = [[]];
  let [length, depth] = [0, 0];
  for (const child of inline.children ?? []) {
    depth += child.nesting;
    for (
      const text of child.type === "text"
        ? child.content.match(/[^]{1,900}?(?:[.!?…]\s+|$)|[^]{900}/g) ?? []
        : [child]
    ) {
      const token = typeof text === "string" ? Object.assign(Object.create(child), { content: text }) : text;
      if (length > most && depth === 0) {
        pieces.push([]);
        length = 0;
      }
      pieces.at(-1)!.push(token);
      length += token.content.length;
    }
  }
  return pieces.map((children) => [
    part[0],
    Object.assign(Object.create(inline), {
      children,
      content: children.map(({ content }) => content).join(""),
    }),
    part[2],
  ]);
}

/** The pixels of any tokens: their texts one below the other, each as what it stands in. */
function measure(tokens: Token[]): number {
  const open: string[] = [];
  let [sum, count] = [0, 0];
  const add = (text: string, kind: Kind) => {
    sum += height(text, kind);
    count++;
  };
  for (const token of tokens) {
    if (token.nesting > 0) open.push(token.type);
    else if (token.nesting < 0) open.pop();
    else if (token.type === "inline") {
      const picture = token.children?.some(({ type }) => type === "image");
      add(plainText(token), inside(open));
      if (picture) sum += 320;
    } else if (token.type === "fence" || token.type === "code_block") {
      add(token.content.trimEnd(), kinds.code);
    } else if (token.type === "html_block") {
      const text = token.content.replace(/<[^>]*>/g, "").trim();
      if (text) add(text, inside(open));
      if (/<(?:img|svg|video|iframe)\b/i.test(token.content)) sum += 320;
    }
  }
  const isList = /list/.test(tokens[0]?.type ?? "");
  return sum + (isList ? 0 : (Math.max(1, count) - 1) * gap);
}

function inside(open: string[]): Kind {
  if (open.includes("heading_open")) return kinds.subheading;
  if (open.includes("td_open") || open.includes("th_open")) return { ...kinds.row, line: 12, around: 0 };
  if (open.includes("blockquote_open")) return { ...kinds.quote, around: 10 };
  return open.includes("list_item_open") ? kinds.item : kinds.prose;
}
