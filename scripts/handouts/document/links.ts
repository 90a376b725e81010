import { slug } from "./names.ts";
import type { Node } from "./tree.ts";

/** A page that links may lead to: its file, and the anchors of its headings. */
export interface Target {
  file: string;
  anchors: ReadonlySet<string>;
}

/**
 * Turns links from one notebook to another into links from page to page. `pages` maps a notebook's file name
 * ("02-adding-async.ipynb") to its page; `here` is the page that the links are on. A heading is found however the
 * notebook's own front end spells its anchor ("#Step-one"). A link to a notebook that has no page leads nowhere, and is
 * empty.
 */
export function pageLinks(pages: ReadonlyMap<string, Target>, here: Target): (href: string) => string {
  return (href) => {
    if (href.startsWith("#")) return anchor(href, here);
    const [, path, fragment] = href.match(/^(?![a-z][a-z\d+.-]*:|\/)([^?#]*\.ipynb)(#.*)?$/i) ?? [];
    const page = path === undefined ? undefined : pages.get(decoded(path.split("/").at(-1)!));
    if (path !== undefined && page === undefined) return "";
    return page === undefined ? href : encodeURIComponent(page.file) + anchor(fragment ?? "", page);
  };
}

/** The same content with the targets that its links have among the handouts; of a link without one, the words remain. */
export function resolveLinks(content: Node[], link: (href: string) => string): Node[] {
  const resolved = content.map((node): Node => {
    if (typeof node === "string") return node;
    const children = resolveLinks(node.children, link);
    const { href, ...others } = node.attributes;
    if (node.tag !== "a" || href === undefined) {
      return children === node.children ? node : { ...node, children };
    }
    const target = link(href);
    return target === ""
      ? { ...node, tag: "span", attributes: others, children }
      : { ...node, attributes: { ...node.attributes, href: target }, children };
  });
  return resolved.every((node, at) => node === content[at]) ? content : resolved;
}

function anchor(fragment: string, { anchors }: Target): string {
  const heading = slug(decoded(fragment.slice(1)));
  return anchors.has(heading) ? `#${encodeURIComponent(heading)}` : fragment;
}

/** A percent-encoded text as people read it; what is wrongly encoded stays as it is. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
