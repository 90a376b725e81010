import type { Heading } from "../document/document.ts";
import { h, type Node } from "../document/tree.ts";
import type { Live } from "../live/data.ts";
import { framed, headingList, type PageOptions } from "./page.ts";

/** A link from an index. */
type IndexLink = { label: string; href: string };

/** The content of an index. */
export interface Index {
  /** The pages, each with a description, its files in other formats, and its headings. */
  entries: { label: string; href?: string; text?: string; links?: IndexLink[]; headings?: Heading[] }[];
  /** Files that contain the whole course. */
  books?: IndexLink[];
  live?: Live;
}

/** Renders the index of a folder of handouts; that of several editions has no edition itself. */
export function renderIndex(options: PageOptions, { entries, books, live }: Index): string {
  const { title, edition, byline = "" } = options;
  const about = [edition === "teacher" ? "Teacher’s edition" : "", byline];
  const items = entries.map(({ label, href, text, links, headings = [] }) => {
    const heading = h("h2", {}, href ? h("a", { href }, label) : label);
    const shown = headings.filter(({ level }) => level === 2);
    const list = shown.length > 0 ? headingList(shown, href) : [];
    return h("li", {}, heading, text ? h("p", {}, text) : [], linkLine("", links), list);
  });
  const content = [
    h("h1", {}, title),
    ...about.filter(Boolean).map((text) => h("p", {}, text)),
    ...linkLine("The whole course: ", books),
    h("ol", { class: "course" }, items),
  ];
  return framed(title, options, content, { live });
}

function linkLine(start: string, links: IndexLink[] = []): Node[] {
  const all = links.flatMap(({ label, href }) => [" · ", h("a", { href }, label)]);
  return all.length > 0 ? [h("p", { class: "label" }, start, all.slice(1))] : [];
}
