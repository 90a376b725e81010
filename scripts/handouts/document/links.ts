import { slug } from "./names.ts";
import { elementsOf, type Node } from "./tree.ts";

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

/** Gives every link in a content the target that it has among the handouts; of one that has none, the words remain. */
export function resolveLinks(content: Node[], link: (href: string) => string): Node[] {
  for (const element of elementsOf(content)) {
    const { href } = element.attributes;
    if (element.tag !== "a" || href === undefined) continue;
    const target = link(href);
    if (target !== "") element.attributes.href = target;
    else {
      element.tag = "span";
      delete element.attributes.href;
    }
  }
  return content;
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
