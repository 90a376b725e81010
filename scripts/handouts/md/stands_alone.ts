import { markdownHtml, parseMarkdown } from "../document/markdown.ts";
import { parseHtml, toHtml } from "../document/tree.ts";

const sentinel = "<p>course-sentinel</p>\n";

/** Tells whether a Markdown text ends where it ends: no fence, comment or tag in it swallows the text after it. */
export function standsAlone(source: string): boolean {
  const html = markdownHtml(parseMarkdown(`${source}\n\ncourse-sentinel`)).replace(/<!--[^]*?-->/g, "");
  return html.endsWith(sentinel) && tagsOf(html) === tagsOf(toHtml(parseHtml(html)));
}

function tagsOf(html: string): string {
  return (html.match(/<\/?[a-z][\w-]*/gi) ?? []).join(" ").toLowerCase();
}
