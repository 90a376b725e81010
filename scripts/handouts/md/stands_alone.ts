import { parseMarkdown } from "../document/markdown.ts";

const sentinel = "course-sentinel";

/** Whether a Markdown text ends where it ends: no fence, comment or tag in it swallows the text after it. */
export function standsAlone(source: string): boolean {
  const last = parseMarkdown(`${source}\n\n${sentinel}`).slice(-3);
  if (last[1]?.type !== "inline" || last[1].content !== sentinel || last[1].level !== 1) return false;
  return isBalanced(source);
}

const tag = /<!--[^]*?-->|<(\/?)([a-z][\w-]*)(?:\s[^<>]*)?>/gi;
const empty = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/i;

/** Whether every tag of the raw HTML in it is closed, in order. */
function isBalanced(source: string): boolean {
  const open: string[] = [];
  for (const html of rawHtml(source)) {
    for (const [all, closing, name] of html.matchAll(tag)) {
      if (!name || empty.test(name) || all.endsWith("/>")) continue;
      if (!closing) open.push(name.toLowerCase());
      else if (open.pop() !== name.toLowerCase()) return false;
    }
  }
  return open.length === 0;
}

function rawHtml(source: string): string[] {
  return parseMarkdown(source).flatMap((token) =>
    token.type === "html_block"
      ? [token.content]
      : (token.children ?? []).filter(({ type }) => type === "html_inline").map(({ content }) => content)
  );
}
