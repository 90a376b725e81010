import { plainText, type Token } from "../document/markdown.ts";
import { htmlBlock, htmlPhrase } from "./html.ts";
import { codeLines } from "./lines.ts";
import type { LinkTo } from "./links.ts";
import { staysTogether } from "./tables.ts";
import { array, call, quoted } from "./typst.ts";
import { breakable, WORD, wordIn } from "./wrap.ts";
import { Writer } from "./writer.ts";

/** What prose depends on beside its own text. */
export interface MarkupContext {
  link: LinkTo;
  /** A picture that Markdown or HTML speaks of, as an expression. */
  picture: (src: string, alt: string) => string;
  /** The label of a heading. */
  label: (id: string) => string;
  /** How long a word may be, where there is little room. */
  word?: number;
  /** Whether the last paragraph or list leads into what comes next and has to stay with it. */
  leads?: boolean;
}

/** Parsed Markdown as Typst, one piece of content. Nothing in it is ever Typst's own syntax. */
export function renderMarkup(tokens: readonly Token[], context: MarkupContext): string {
  const writer = new Writer();
  tokens.forEach((_token, index) => block(writer, tokens, index, context));
  return writer.end();
}

/** The words of one heading or title, with their markup. */
export function renderInline(inline: Token, context: MarkupContext): string {
  const writer = new Writer();
  phrase(writer, inline.children ?? [], context);
  return writer.end();
}

function block(writer: Writer, tokens: readonly Token[], index: number, context: MarkupContext): void {
  const token = tokens[index];
  const end = token.type.match(/^(.*)_close$/)?.[1];
  if (end === "table") writer.word = WORD;
  if (end !== undefined) return token.hidden ? undefined : writer.close(end);
  switch (token.type) {
    case "paragraph_open": {
      const next = tokens[index + 3]?.type;
      const leads = next === undefined
        ? context.leads
        : /^(table_open|fence|(bullet|ordered)_list_open)$/.test(next);
      const open = pictureAlone(tokens[index + 1]) ? "block({[];" : leads ? "lead({[];" : "p({[];";
      return token.hidden ? undefined : writer.open("paragraph", open, "});");
    }
    case "heading_open": {
      const id = token.attrGet("id");
      const label = id === null ? "none" : quoted(context.label(id));
      return writer.open("heading", `head(${token.tag[1]},${label},{[];`, "});");
    }
    case "bullet_list_open":
      return list(writer, tokens, index, "list(", context);
    case "ordered_list_open":
      return list(writer, tokens, index, `enum(start:${Number(token.attrGet("start") ?? 1)},`, context);
    case "list_item_open":
      return writer.open("list_item", "{[];", "},", true);
    case "blockquote_open":
      return writer.open("blockquote", "aside({[];", "});");
    case "table_open":
      return table(writer, tokens, index);
    case "thead_open":
      return writer.open("thead", "table.header(", "),", true);
    case "th_open":
    case "td_open":
      return writer.open(token.tag, "{[];", "},", true);
    case "fence":
    case "code_block":
      return writer.add(call("fence", codeLines(token.content, token.info.trim().split(/[\s,{]/)[0])));
    case "hr":
      return writer.add("divider");
    case "html_block":
      return writer.add(htmlBlock(token.content, context));
    case "inline":
      return phrase(writer, token.children ?? [], context);
  }
}

function phrase(writer: Writer, tokens: readonly Token[], context: MarkupContext): void {
  const floor = writer.depth;
  for (const token of tokens) {
    switch (token.type) {
      case "text":
      case "text_special":
        if (token.content !== "") writer.add(quoted(breakable(token.content, writer.word)));
        break;
      case "softbreak":
        writer.add('" "');
        break;
      case "hardbreak":
        writer.add("linebreak()");
        break;
      case "code_inline":
        writer.add(call("c", quoted(breakable(token.content, writer.word))));
        break;
      case "image":
        writer.add(context.picture(token.attrGet("src") ?? "", plainText(token)));
        break;
      case "html_inline":
        htmlPhrase(writer, token.content, floor, context);
        break;
      case "link_open": {
        const open = context.link(token.attrGet("href") ?? "");
        writer.open("link", open && `${open}{[];`, "});");
        break;
      }
      case "strong_open":
      case "em_open":
      case "s_open":
        writer.open(token.tag, `${{ strong: "strong", em: "emph", s: "strike" }[token.tag]}({[];`, "});");
        break;
      case "link_close":
        writer.close("link", floor);
        break;
      default:
        if (token.nesting === -1) writer.close(token.tag, floor);
        else if (token.content) writer.add(quoted(token.content));
    }
  }
  writer.closeTo(floor);
}

/** A short list stays on one page; a list inside of another goes where that goes. */
function list(
  writer: Writer,
  tokens: readonly Token[],
  index: number,
  call: string,
  { leads }: MarkupContext,
): void {
  const name = tokens[index].type.replace(/_open$/, "");
  const open = `${call}tight:${isTight(tokens, index)},`;
  if (tokens[index].level > 0) return writer.open(name, open, ");");
  const end = tokens.findIndex((token, at) => at > index && token.level === 0 && token.nesting === -1);
  const stays = leads && end === tokens.length - 1 ? "stays:true," : "";
  writer.open(name, `items(${lettersOf(tokens.slice(index, end)) < 700},${stays}${open}`, "));");
}

/** A list is tight when Markdown hides its paragraphs. */
function isTight(tokens: readonly Token[], index: number): boolean {
  const { level } = tokens[index];
  const first = tokens.slice(index).find((token) =>
    token.type === "paragraph_open" && token.level === level + 2
  );
  return first?.hidden ?? true;
}

function table(writer: Writer, tokens: readonly Token[], index: number): void {
  const inside = tokens.slice(
    index,
    tokens.findIndex((token, at) => at > index && token.type === "table_close"),
  );
  const rows = inside.filter(({ type }) => type === "tr_open").length;
  const sides = inside.filter(({ type }) => type === "th_open").map((cell) =>
    String(cell.attrGet("style") ?? "").match(/left|right|center/)?.[0] ?? "left"
  );
  writer.word = wordIn(sides.length);
  writer.open("table", `sheet(${staysTogether(rows, lettersOf(inside))},${array(sides)},`, ");");
}

function lettersOf(tokens: readonly Token[]): number {
  return tokens.reduce((sum, token) => sum + token.content.length, 0);
}

function pictureAlone(inline: Token): boolean {
  const children = inline.children ?? [];
  return children.length === 1 && children[0].type === "image";
}
