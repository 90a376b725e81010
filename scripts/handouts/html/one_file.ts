/** A whole course in one file. @module */
import { decoded, renameIds } from "../document/names.ts";
import { parseHtml, toHtml } from "../document/tree.ts";
import { hashOf, sources } from "../live/data.ts";

/**
 * Merges the pages of a folder, the first of which is the index. Every page becomes an article, and its ids start with the
 * page's name: `03-first/cell-run`. The script shows one page at a time; without it, all are shown.
 *
 * @param pages file name to HTML
 */
export function oneFile(pages: ReadonlyMap<string, string>, script?: string): string {
  const [index] = pages.values();
  // These would end the script's element, or open another one in it.
  const inline = script?.replace(/<(?=\/?script|!--)/gi, "\\x3c");
  const articles = [...pages].map(([name, html]) => {
    const own = pageName(name);
    const [, title] = html.match(/<title>([^]*?)<\/title>/)!;
    const body = moved(bodyOf(html), own, pages)
      .replace(/<script src="[^"]*"><\/script>/, "")
      .replace(/(<\/?)noscript\b/gi, "$1div"); // one in an output would end the page
    const shown = inline ? `<noscript>${body}</noscript>` : body;
    return `<article id="${own}" aria-label="${title}">${shown}</article>\n`;
  });
  const end = inline ? `<script>${inline}</script>` : "";
  return index.replace(bodyOf(index), () => articles.join("") + end)
    .replace(sources, () => inline ? hashOf(inline) : sources);
}

const bodyOf = (html: string) => html.match(/(?<=<body[^>]*>)[^]*(?=<\/body>)/)![0];
const pageName = (file: string) => encodeURIComponent(file.replace(/\.html$/, ""));

/** Returns the markup of a page with the ids and links of the merged file. */
function moved(html: string, own: string, pages: ReadonlyMap<string, string>): string {
  const content = parseHtml(html);
  renameIds(content, (id) => `${own}/${id}`);
  return toHtml(content)
    .replace(/(\shref=")([^"#]+)(?:#([^"]*))?(?=")/g, (link, before, file, place) => {
      if (!pages.has(decoded(file))) return link;
      return `${before}#${pageName(decoded(file))}${place ? `/${place}` : ""}`;
    });
}
