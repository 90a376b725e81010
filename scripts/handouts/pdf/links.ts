import { decoded, pageLinks, type Target } from "../document/links.ts";
import { quoted } from "./typst.ts";

/** Turns a link's target into the head of a call that takes the link's text; nothing where it leads nowhere. */
export type LinkTo = (href: string) => string | undefined;

/**
 * Links for the notebook `here`. Those to notebooks and headings become the template's `to`, which knows what is in the
 * same file; those to the web keep their address, which is told in a footnote; an anchor that is nowhere is mere text.
 */
export function linksOf(pages: ReadonlyMap<string, Target>, here: Target): LinkTo {
  const resolve = pageLinks(pages, here);
  const files = new Map([here, ...pages.values()].map((page) => [page.file, page]));
  return (href) => {
    const resolved = resolve(href);
    if (resolved === "") return;
    const [, path, fragment] = resolved.match(/^([^#]*)#?([^]*)$/)!;
    const target = path === "" ? here : files.get(decoded(path));
    if (target) {
      const anchor = decoded(fragment);
      if (target.anchors.has(anchor)) return place(`${target.file}#${anchor}`, target.file);
      return path === "" ? undefined : place(target.file, target.file);
    }
    const scheme = href.match(/^([a-z][a-z\d+.-]*):/i)?.[1].toLowerCase();
    if (href.length > 2000 || (scheme && !["http", "https", "mailto"].includes(scheme))) return;
    return `${scheme?.startsWith("http") ? "web" : "link"}(${quoted(href)},`;
  };
}

function place(label: string, file: string): string {
  return `to(${quoted(label)},${quoted(file)},`;
}
