import { basename, dirname, extname, join } from "node:path";
import { freeName } from "../../common/files.ts";
import type { Notebook } from "../../notebook/notebook.ts";
import { decoded } from "./links.ts";
import { parseMarkdown } from "./markdown.ts";
import { imageTypes } from "./mime.ts";
import { rewriteLinks } from "./rewrite_links.ts";

/**
 * The same notebook with the pictures that lie beside it, as `![a cat](img/cat.png)` shows them, attached to their cells,
 * so that it can go anywhere; in raw HTML they become data: URLs.
 *
 * @param path the notebook's file
 * @returns the notebook, and the pictures that are not there
 */
export async function embedPictures(
  path: string,
  notebook: Notebook,
): Promise<{ notebook: Notebook; missing: string[] }> {
  const missing = new Set<string>();
  const read = async (href: string) => {
    try {
      return await Deno.readFile(join(dirname(path), decoded(href)));
    } catch {
      missing.add(href);
    }
  };
  const cells: Notebook["cells"] = [];
  for (const cell of notebook.cells) {
    const { shown, raw } = picturesIn(cell.cell_type === "markdown" ? cell.source : "");
    if (cell.cell_type !== "markdown" || shown.size + raw.size === 0) {
      cells.push(cell);
      continue;
    }
    const attachments = { ...cell.attachments };
    const targets = new Map<string, string>();
    for (const href of [...shown, ...raw]) {
      const bytes = await read(href);
      if (!bytes) continue;
      const type = imageTypes[extname(href).toLowerCase()];
      if (raw.has(href)) {
        targets.set(decoded(href), `data:${type};base64,${bytes.toBase64()}`);
        continue;
      }
      const name = freeName(basename(decoded(href)).replace(/[^\w.-]/g, "_"), Object.keys(attachments));
      const data = type === "image/svg+xml" ? new TextDecoder().decode(bytes) : bytes.toBase64();
      attachments[name] = { [type]: data };
      targets.set(decoded(href), `attachment:${name}`);
    }
    cells.push({
      ...cell,
      attachments,
      source: rewriteLinks(cell.source, (href) => targets.get(decoded(href)) ?? href),
    });
  }
  return { notebook: { ...notebook, cells }, missing: [...missing] };
}

/** Where the pictures of a Markdown text lie that are files beside it: those in Markdown, and those in raw HTML. */
function picturesIn(source: string): { shown: Set<string>; raw: Set<string> } {
  const all = parseMarkdown(source).flatMap((token) => [token, ...token.children ?? []]);
  const shown = all.flatMap((token) => token.type === "image" ? [token.attrGet("src") ?? ""] : []);
  const raw = all.filter(({ type }) => type === "html_block" || type === "html_inline").flatMap((
    { content },
  ) => [...content.matchAll(/<img\b[^<>]*?\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)].map(([, a, b]) => a ?? b));
  return { shown: new Set(shown.filter(isBeside)), raw: new Set(raw.filter(isBeside)) };
}

function isBeside(href: string): boolean {
  return !/^(?:[a-z][a-z\d+.-]*:|\/|#)/i.test(href) && Object.hasOwn(imageTypes, extname(href).toLowerCase());
}
