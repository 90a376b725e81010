import { basename, dirname, extname, join } from "node:path";
import { Buffer } from "node:buffer";
import type { Notebook } from "../../notebook/notebook.ts";
import { decoded } from "./links.ts";
import { parseMarkdown } from "./markdown.ts";
import { rewriteLinks } from "./rewrite_links.ts";

const types: Record<string, string> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".svg": "image/svg+xml",
};

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
    const { shown, raw } = cell.cell_type === "markdown" ? picturesIn(cell.source) : nothing;
    if (cell.cell_type !== "markdown" || shown.size + raw.size === 0) {
      cells.push(cell);
      continue;
    }
    const attachments = { ...cell.attachments };
    const targets = new Map<string, string>();
    for (const href of [...shown, ...raw]) {
      const bytes = await read(href);
      if (!bytes) continue;
      const type = types[extname(href).toLowerCase()];
      if (raw.has(href)) {
        targets.set(decoded(href), `data:${type};base64,${Buffer.from(bytes).toString("base64")}`);
        continue;
      }
      const name = unused(basename(decoded(href)).replace(/[^\w.-]/g, "_"), attachments);
      const data = type === "image/svg+xml"
        ? new TextDecoder().decode(bytes)
        : Buffer.from(bytes).toString("base64");
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

const nothing = { shown: new Set<string>(), raw: new Set<string>() };

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
  return !/^(?:[a-z][a-z\d+.-]*:|\/|#)/i.test(href) && Object.hasOwn(types, extname(href).toLowerCase());
}

function unused(name: string, taken: object): string {
  for (let n = 1;; n++) {
    const tried = n === 1 ? name : name.replace(/(?=\.\w+$)/, `-${n}`);
    if (!Object.hasOwn(taken, tried)) return tried;
  }
}
