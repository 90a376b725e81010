import { decoded, pageLinks, type Target } from "../links.ts";
import { call, quoted } from "./typst.ts";

/** Turns a link's target and its text into Typst. */
export type LinkTo = (href: string, body: string) => string;

/**
 * Links for the PDF `here`. Those to notebooks and headings become the template's `to`, which knows what is in the same
 * file; those to the web keep their address, which is told in a footnote; an anchor that is nowhere is mere text.
 */
export function linksOf(pages: ReadonlyMap<string, Target>, here: Target): LinkTo {
  const resolve = pageLinks(pages, here);
  const files = new Map([here, ...pages.values()].map((page) => [page.file, page]));
  return (href, body) => {
    const [, path, fragment] = resolve(href).match(/^([^#]*)#?(.*)$/s)!;
    const target = path === "" ? here : files.get(decoded(path));
    if (target) {
      const anchor = decoded(fragment);
      if (target.anchors.has(anchor)) return place(`${target.file}#${anchor}`, target.file, body);
      return path === "" ? body : place(target.file, target.file, body);
    }
    const scheme = href.match(/^([a-z][a-z\d+.-]*):/i)?.[1].toLowerCase();
    if (href.length > 2000 || (scheme && !["http", "https", "mailto"].includes(scheme))) return body;
    return call(scheme?.startsWith("http") ? "web" : "link", quoted(href), body);
  };
}

function place(label: string, file: string, body: string): string {
  return call("to", quoted(label), quoted(file), body);
}
