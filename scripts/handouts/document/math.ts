/** Formulas: written in TeX, kept in the tree as MathML with the TeX as an annotation. @module */
// @ts-types="npm:@types/markdown-it@14.2.0"
import type MarkdownIt from "markdown-it";
import { createRequire } from "node:module";
import { type Element, elementsOf, h, parseHtml, toHtml, wordsOf } from "./tree.ts";

const require = createRequire(import.meta.url);

/** A formula as MathML; if its TeX cannot be parsed, as code. */
export function formula(tex: string, isBlock = false): Element {
  const { renderToString } = require("temml") as typeof import("temml").default; // loaded where there is a formula
  const known = tex.replace(/begin\{eqnarray\*?\}/g, "begin{array}{rcl}")
    .replace(/end\{eqnarray\*?\}/g, "end{array}");
  try {
    const [math] = parseHtml(
      renderToString(known, { displayMode: isBlock, annotate: true, throwOnError: true }),
    );
    return math as Element;
  } catch {
    return h("code", { class: "tex" }, isBlock ? `$$${tex}$$` : `$${tex}$`);
  }
}

/** The TeX source of a formula; empty if it has none. */
export function texOf(math: Element): string {
  return wordsOf([...elementsOf(math.children)].filter(({ tag }) => tag === "annotation"));
}

/** Matches a formula. Dollars are money if a space follows the first, or a digit the second. */
const inline = /\$\$((?:\\[^]|[^\\$`])+)\$\$|\$(?![\s$])((?:\\[^]|[^\\$`])*?(?:\\\S|[^\s\\$`]))\$(?!\d)/y;
const block = /^[ \t]*(?:\$\$((?:(?!\$\$)[^])+)\$\$|(\\begin\{(\w+\*?)\}[^]*?\\end\{\3\}))[ \t]*(?:\n|$)/;

/** Teaches Markdown formulas: `$a$`, `$$a$$`, and environments such as `\begin{align}`. */
export function withMath(markdown: MarkdownIt): void {
  markdown.inline.ruler.before("escape", "math", (state, silent) => {
    inline.lastIndex = state.pos;
    const [all, display, tex = display] = inline.exec(state.src) ?? [];
    if (all === undefined) return false;
    if (!silent) Object.assign(state.push("math", "math", 0), { content: tex, block: display !== undefined });
    state.pos += all.length;
    return true;
  });
  const before = { alt: ["paragraph", "reference", "blockquote", "list"] };
  markdown.block.ruler.before("fence", "math", (state, start, end, silent) => {
    const at = state.bMarks[start] + state.tShift[start];
    if (!/^(?:\$\$|\\begin\{)/.test(state.src.slice(at, at + 8))) return false;
    // Dollars may also end a formula that began in the paragraph above.
    if (silent && state.getLines(state.line, start, 0, false).split("$$").length % 2 === 0) return false;
    const found = state.getLines(start, end, state.blkIndent, false).match(block);
    if (!found) return false;
    if (silent) return true;
    const lines = found[0].trimEnd().split("\n").length;
    const token = { content: found[1] ?? found[2], block: true, map: [start, start + lines] };
    Object.assign(state.push("math", "math", 0), token);
    state.line = start + lines;
    return true;
  }, before);
  markdown.renderer.rules.math = (tokens, at) => toHtml(formula(tokens[at].content, tokens[at].block));
}
