/**
 * Finds the links and comments in Markdown, so that handouts can change the source text. The Markdown parser itself finds
 * them: wherever one could begin, the text gets a mark, a number between two noncharacters. The token in which a mark ends up
 * tells what begins before it; in code and formulas, nothing does.
 *
 * @module
 */
import { Parser } from "htmlparser2";
import { markdown, type Token } from "./markdown.ts";
import { leading } from "./references.ts";

/** A range of the text, and its replacement. */
type Edit = [from: number, to: number, text: string];

/** The target of a link or picture. */
interface Link {
  href: string;
  /** The edits that change the target; for "", only the link's text remains. */
  leadTo(href: string): Edit[];
}

/** Match the possible beginnings of comments, of the targets of links and definitions, and of attribute values. */
const beginnings = [
  /<!--(?!-?>)|<!\[CDATA\[|<\?|<![a-z]/,
  /(?:\]\(|(?<!\[\^[^\]\s]+)\]:)[ \t]*(?:\n[ \t>]*(?=[a-z./]))?(?:<(?![!?]|\w+\s[^<>]*=))?(?=\S)/,
  /\b(?:src|href|data)[ \t]*=[ \t]*["']?(?=[^\s>])/,
];
const beginning = new RegExp(beginnings.map(({ source }) => source).join("|"), "gi");
const mark = /\ufdd0(\d+)\ufdd1/g;
/** Match an attribute, and the rest of a link after its target. */
const [attribute, linkEnd] = [
  /\w+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)/y,
  /[\s>]*(?:"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*'|\((?:\\[^]|[^()\\])*\))?[\s>]*\)/y,
];

/** The links and comments of a Markdown text, without those in code and formulas. */
export class Places {
  readonly #links: Link[] = [];
  readonly #comments: Edit[] = [];
  readonly #text: string;
  readonly #begun: RegExpExecArray[];
  readonly #referred = new Set<string>();

  constructor(source: string) {
    const text = this.#text = source.replace(/\r\n?/g, "\n");
    this.#begun = [...text.matchAll(beginning)];
    let count = 0;
    const marked = text.replace(beginning, (begun) => `${begun}\ufdd0${count++}\ufdd1`);
    // deno-lint-ignore no-explicit-any -- markdown-it's own type
    const env: any = {};
    const blocks: Token[] = [];
    markdown.block.parse(marked, markdown, env, blocks);
    for (const { type, content, children } of blocks) {
      if (type === "inline") markdown.inline.parse(content, markdown, env, children!);
    }
    for (const { tokens } of [{ tokens: blocks }, ...env.footnotes?.list ?? []]) this.#read(tokens ?? []);
    const starts = Array.from(text.matchAll(/(?<=^|\n)/g), ({ index }) => index);
    const hide = ([first, ...others]: number[], begin: RegExp) => { // after the markers of lists and quotes
      const from = starts[first] + text.slice(starts[first], starts[first + 1]).search(begin);
      this.#comments.push([from, (starts[Math.max(first, ...others)] ?? text.length + 1) - 1, ""]);
    };
    for (const [at, { type, map, meta }] of blocks.entries()) {
      if (type === "reference_definition" && !this.#referred.has(meta.label)) {
        hide(map!, /\[(?!\^[^\]\s]+\]:)/);
      } else if (type === "footnote_reference_open" && env.footnotes.refs[`:${meta.label}`] < 0) {
        const end = blocks.findIndex(({ type }, index) => index > at && type === "footnote_reference_close");
        const within = blocks.slice(at, end).flatMap(({ map }) => map ?? []);
        if (within.length > 0) hide(within, /\[\^/);
      }
    }
  }

  /** The text with its links mapped; a link mapped to "" is replaced by its text. */
  withLinks(to: (href: string) => string): string {
    return this.#edited(this.#links.flatMap(({ href, leadTo }) => {
      const other = to(href);
      return other === href ? [] : leadTo(other);
    }));
  }

  /** The text without comments, and without unused definitions and footnotes, which are often used as comments. */
  withoutComments(): string {
    return this.#edited(this.#comments);
  }

  /** Applies edits; of two that overlap, the first wins. */
  #edited(edits: Edit[]): string {
    const pieces: string[] = [];
    let done = 0;
    for (const [from, to, text] of edits.toSorted(([one], [two]) => one - two)) {
      if (from < done) continue;
      pieces.push(this.#text.slice(done, from), text);
      done = to;
    }
    return pieces.join("") + this.#text.slice(done);
  }

  #read(tokens: Token[]) {
    for (const token of tokens) {
      const { type, content, children, meta } = token;
      if (/^html_/.test(type)) this.#readHtml(content);
      if (type === "text") {
        for (const [comment] of content.matchAll(/<!--\ufdd0\d+/g)) this.#hide(comment);
      }
      if (meta?.label && /^(?:link_open|image)$/.test(type)) this.#referred.add(meta.label);
      const n = /^%EF%B7%90(\d+)/.exec(token.attrGet("src") ?? token.attrGet("href") ?? "")?.[1];
      if (n) this.#readLink(this.#begun[Number(n)], type === "image" ? 1 : 0);
      this.#read(children ?? []);
    }
  }

  #readLink({ index: close, 0: begun }: RegExpExecArray, signs: number) {
    const [text, { helpers }] = [this.#text, markdown];
    const from = close + begun.replace(/<$/, "").length;
    const { str: href, pos: to } = helpers.parseLinkDestination(text, from, text.length);
    const leadTo = (other: string): Edit[] => {
      if (other !== "") return [[from, to, /[\s()<>]/.test(other) ? `<${other}>` : other]];
      if (begun.startsWith("]:")) return [[from, to, "#"]];
      const state = new markdown.inline.State(text.slice(0, close + 1), markdown, {}, []);
      let open = close;
      do open = text.lastIndexOf("[", open - 1); while (
        open > 0 && (text[open - 1] === "\\" || helpers.parseLinkLabel(state, open) !== close)
      );
      linkEnd.lastIndex = to;
      return [[open - signs, open + 1, ""], [close, to + (linkEnd.exec(text)?.[0].length ?? 0), ""]];
    };
    this.#links.push({ href, leadTo });
  }

  #readHtml(html: string) {
    const parser = new Parser({
      oncomment: (comment) => this.#hide(comment),
      onprocessinginstruction: (_, declaration) => this.#hide(declaration),
      onopentag: (tag, attributes) => {
        const name = leading(tag);
        const [begin, n] = /^\ufdd0(\d+)/.exec(attributes[name]) ?? [];
        if (!begin) return;
        const from = attribute.lastIndex = this.#begun[Number(n)].index;
        const to = from + attribute.exec(this.#text)![0].length;
        const leadTo = (other: string): Edit[] => {
          if (other === "") return [[this.#text.slice(0, from).trimEnd().length, to, ""]];
          return [[from, to, `${name}="${other.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`]];
        };
        this.#links.push({ href: attributes[name].replace(mark, ""), leadTo });
      },
    });
    parser.end(html);
  }

  /** Hides the comment that contains the first mark of a piece of text, if there is one. */
  #hide(piece: string) {
    const n = /\ufdd0(\d+)/.exec(piece)?.[1];
    if (n === undefined) return;
    const { index, 0: begun } = this.#begun[Number(n)];
    const end = begun === "<!--" ? "-->" : begun === "<![CDATA[" ? "]]>" : ">";
    const at = this.#text.indexOf(end, index + begun.length);
    this.#comments.push([index, at < 0 ? this.#text.length : at + end.length, ""]);
  }
}
