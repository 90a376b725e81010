import { parseHTML } from "linkedom";
import type { Names } from "./names.ts";

/** What a piece of raw HTML must fit in with. */
export interface Surroundings {
  ids: Names;
  link: (href: string) => string;
  /** The ids of the headings in this piece, which the page knows already. */
  own?: string[];
}

const { document } = parseHTML("<!doctype html><html><body></body></html>");
const references = ["for", "aria-labelledby", "aria-describedby", "aria-controls"];

/** Closes what raw HTML leaves open and drops what closes too much, so that nothing after it is swallowed. */
export function balanceHtml(html: string, { ids, link, own = [] }: Surroundings): string {
  const box = document.createElement("div");
  box.innerHTML = html.replace(/<!doctype[^>]*>?/gi, ""); // linkedom loses its way at one inside an element
  for (const element of box.querySelectorAll("plaintext, frameset, base")) element.remove();
  // An element without children would be written <g />, and HTML takes that slash for nothing.
  for (const element of box.querySelectorAll("svg *")) {
    if (!element.firstChild) element.appendChild(document.createTextNode(""));
  }
  const renamed = new Map<string, string>();
  const headings = new Set(own);
  for (const element of box.querySelectorAll("[id]")) {
    if (/^h[1-6]$/.test(element.localName) && headings.delete(element.id)) continue;
    const id = ids.claim(element.id || "section");
    if (id !== element.id) renamed.set(element.id, id);
    element.id = id;
  }
  for (const element of box.querySelectorAll("[href]")) {
    const href = element.getAttribute("href") ?? "";
    const id = href.startsWith("#") ? renamed.get(href.slice(1)) : undefined;
    const target = id ? `#${id}` : element.localName === "a" ? link(href) : href;
    if (target === "") element.removeAttribute("href");
    else element.setAttribute("href", target);
  }
  if (renamed.size > 0) renameReferences(box, renamed);
  return box.innerHTML;
}

function renameReferences(box: Element, renamed: Map<string, string>) {
  for (const name of references) {
    for (const element of box.querySelectorAll(`[${name}]`)) {
      const ids = element.getAttribute(name)!.split(/\s+/).map((id) => renamed.get(id) ?? id);
      element.setAttribute(name, ids.join(" "));
    }
  }
  for (const element of box.querySelectorAll("svg *")) {
    for (const { name, value } of [...element.attributes]) {
      const to = value.replace(
        /url\(["']?#([^"')]+)["']?\)/g,
        (all, id) => renamed.has(id) ? `url(#${renamed.get(id)})` : all,
      );
      if (to !== value) element.setAttribute(name, to);
    }
  }
}
