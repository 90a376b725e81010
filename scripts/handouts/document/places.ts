/** The places in a Markdown text where something stands that handouts change: its own parser finds them. @module */
import { Parser } from "htmlparser2";
import { markdown, type Token } from "./markdown.ts";
import { leading } from "./references.ts";

/** A part of a text, and what is to stand in its place. */
interface Edit {
  from: number;
  to: number;
  text: string;
}

/** The target of a link or of a picture. */
interface Link {
  href: string;
  /** Leads it to another target; without one (""), its words remain. */
  leadTo(href: string): Edit[];
}

/** Turns a place in a block's text into one in the whole text. */
type Locate = (at: number) => number;
type InlineState = Parameters<Parameters<typeof markdown.inline.ruler.before>[2]>[0];

// Runs before all other rules and calls them itself, to see where what they find begins and ends.
markdown.inline.ruler.before("text", "place", function place(state, silent) {
  const { pos: from, env: { visit, base }, tokens: { length } } = state;
  if (silent || !visit) return false;
  // The words of a picture and of a footnote are parsed by themselves.
  if (/^[!^]\[/.test(state.src.slice(from, from + 2))) state.env.base += from + 2;
  const found = markdown.inline.ruler.getRules("").some((rule) => rule !== place && rule(state, false));
  state.env.base = base;
  visit(state, from, state.tokens.slice(length).find(({ type }) => type !== "text"));
  return found;
});

/** A Markdown text with its links and comments; what stands in code or in a formula is neither. */
export class Places {
  readonly links: Link[] = [];
  readonly #comments: Edit[] = [];
  readonly #text: string;
  readonly #lines: string[];
  readonly #starts = [0];
  readonly #referred = new Set<string>();
  // deno-lint-ignore no-explicit-any -- markdown-it's own type
  readonly #env: any = {};

  constructor(source: string) {
    this.#text = source.replace(/\r\n?/g, "\n");
    this.#lines = this.#text.split("\n");
    for (const { length } of this.#lines) this.#starts.push(this.#starts.at(-1)! + length + 1);
    const blocks: Token[] = [];
    markdown.block.parse(this.#text, markdown, this.#env, blocks);
    let cell = 0;
    for (const { type, map, content } of blocks) {
      if (type === "tr_open") cell = this.#starts[map![0]];
      if (type === "html_block") this.#readHtml(content, this.#locator(content, map![0]));
      if (type !== "inline") continue;
      const locate = map ? this.#locator(content, map[0]) : this.#cellLocator(content, cell);
      if (!map) cell = locate(content.length);
      const visit = (state: InlineState, from: number, token?: Token) => {
        const { base } = this.#env;
        this.#visit(state, from, (at) => locate(base + at), token);
      };
      markdown.inline.parse(content, markdown, Object.assign(this.#env, { base: 0, visit }), []);
    }
    blocks.forEach(({ type, map, meta }, at) => {
      if (type === "reference_definition") this.#readDefinition(map!, meta.label);
      if (type === "footnote_reference_open" && this.#env.footnotes.refs[`:${meta.label}`] < 0) {
        const end = blocks.findIndex(({ type }, index) => index > at && type === "footnote_reference_close");
        const lines = blocks.slice(at, end).flatMap(({ map }) => map ?? []);
        if (lines.length > 0) this.#hide(...this.#span(lines[0], Math.max(...lines), /\[\^/));
      }
    });
  }

  /** The text with other targets for its links; of a link to nowhere (""), the words remain. */
  withLinks(to: (href: string) => string): string {
    return this.#edited(this.links.flatMap(({ href, leadTo }) => {
      const other = to(href);
      return other === href ? [] : leadTo(other);
    }));
  }

  /** The text without comments, and without what many write as such: definitions and footnotes that nothing refers to. */
  withoutComments(): string {
    return this.#edited(this.#comments);
  }

  /** The text with its edits; of two that overlap, the first one holds. */
  #edited(edits: Edit[]): string {
    const pieces: string[] = [];
    let done = 0;
    for (const { from, to, text } of edits.toSorted((one, two) => one.from - two.from)) {
      if (from < done) continue;
      pieces.push(this.#text.slice(done, from), text);
      done = to;
    }
    return pieces.join("") + this.#text.slice(done);
  }

  #hide(from: number, to: number) {
    this.#comments.push({ from, to, text: "" });
  }

  #hideComment(from: number) {
    if (from < (this.#comments.at(-1)?.to ?? 0)) return;
    const end = this.#text.indexOf("-->", from + 2); // `<!-->` is a whole comment
    this.#hide(from, end < 0 ? this.#text.length : end + 3);
  }

  /** Where some lines begin, behind the marks of lists and quotes, and where they end. */
  #span(first: number, end: number, begin: RegExp): [from: number, to: number] {
    return [this.#starts[first] + this.#lines[first].search(begin), this.#starts[end] - 1];
  }

  /** Finds the lines of a block's text, in front of which stand the marks of lists and quotes. */
  #locator(content: string, first: number): Locate {
    const places = content.split("\n").flatMap((line, index) => {
      const indent = line.length - line.trimStart().length;
      const start = this.#starts[first + index] + this.#lines[first + index].lastIndexOf(line.trim()) -
        indent;
      return Array.from({ length: line.length + 1 }, (_, at) => start + at);
    });
    return (at) => places[at];
  }

  /** Finds the text of a table's cell, which has lost the backslashes in front of its bars. */
  #cellLocator(content: string, from: number): Locate {
    const written = (text: string) => text.replaceAll("|", "\\|");
    const start = this.#text.indexOf(written(content), from);
    return (at) => start + written(content.slice(0, at)).length;
  }

  #visit(state: InlineState, from: number, locate: Locate, token?: Token) {
    const { src, pos: to, md: { helpers } } = state;
    if (!token && src.startsWith("<!--", from)) this.#hideComment(locate(from));
    if (token?.type === "html_inline") this.#readHtml(token.content, (at) => locate(from + at));
    if (!token || !/^(?:link_open|image)$/.test(token.type) || token.info === "auto") return;
    if (token.meta?.label) return void this.#referred.add(token.meta.label);
    const open = token.type === "image" ? from + 1 : from;
    const close = helpers.parseLinkLabel(state, open, token.type !== "image");
    const start = close + 2 + /^\s*/.exec(src.slice(close + 2, to))![0].length;
    const destination = helpers.parseLinkDestination(src, start, to);
    this.#addLink(destination.str, locate(start), locate(destination.pos), [
      { from: locate(from), to: locate(open) + 1, text: "" },
      { from: locate(close), to: locate(to - 1) + 1, text: "" },
    ]);
  }

  #addLink(href: string, from: number, to: number, nowhere: Edit[]) {
    const leadTo = (other: string) =>
      other === "" ? nowhere : [{ from, to, text: /[\s()<>]/.test(other) ? `<${other}>` : other }];
    this.links.push({ href, leadTo });
  }

  #readDefinition([first, end]: number[], label: string) {
    const [from, to] = this.#span(first, end, /\[(?!\^[^\]\s]+\]:)/);
    if (!this.#referred.has(label)) this.#hide(from, to);
    const before = /^\[(?:\\[^]|[^\\\]])*\]:[ \t]*(?:\n[\s>]*)?/.exec(this.#text.slice(from, to));
    if (!before) return;
    const start = from + before[0].length;
    const { str, pos } = markdown.helpers.parseLinkDestination(this.#text, start, to);
    this.#addLink(str, start, pos, [{ from: start, to: pos, text: "#" }]);
  }

  #readHtml(html: string, locate: Locate) {
    let tag = "";
    const hide = () => {
      const from = locate(parser.startIndex);
      if (this.#text.startsWith("<!--", from)) this.#hideComment(from);
      else this.#hide(from, locate(parser.endIndex) + 1);
    };
    const parser = new Parser({
      oncomment: hide,
      onprocessinginstruction: hide,
      onopentagname: (name) => tag = name,
      onattribute: (name, href) => {
        if (name !== (tag === "img" ? "src" : leading(tag))) return;
        const [start, to] = [parser.startIndex, parser.endIndex];
        const before = html.slice(0, start).trimEnd().length;
        const leadTo = (other: string) => {
          const value = other.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
          const attribute = { from: locate(start), to: locate(to), text: `${name}="${value}"` };
          return [other === "" ? { ...attribute, from: locate(before), text: "" } : attribute];
        };
        this.links.push({ href, leadTo });
      },
    });
    parser.end(html);
  }
}
