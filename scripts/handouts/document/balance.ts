import { fitIn } from "./fit.ts";
import { resolveLinks } from "./links.ts";
import type { Names } from "./names.ts";
import { parseHtml, toHtml } from "./tree.ts";

/** Raw HTML, fitted into a page. */
export function balanceHtml(
  html: string,
  { ids, link, own }: { ids: Names; link: (href: string) => string; own?: string[] },
): string {
  return toHtml(resolveLinks(fitIn(parseHtml(html), ids, own), link));
}
