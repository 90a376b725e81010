import type { CourseOptions, CoursePart } from "../document/parts.ts";
import { type Block, factsOf, type HandoutDocument, type Heading } from "../document/document.ts";
import { folded } from "../document/cut.ts";
import { labels } from "../document/tags.ts";
import { type Element, h, type Node, toHtml } from "../document/tree.ts";
import { type Live, liveHead, liveScripts } from "../live/data.ts";
import { accentCss, css } from "./style.ts";

/** One notebook's page: its document, its file's name, and the parts that make it live. */
export type CoursePage = CoursePart & { live?: Live };

/** The options of a page; the index of several editions has no edition. */
export type PageOptions = Omit<CourseOptions, "edition"> & Partial<CourseOptions>;

/** Renders a self-contained file; `title` is for the browser's tab. */
export function htmlFile(title: string, options: PageOptions, head: Node[], body: Node[]): string {
  const fixed = [
    h("meta", { charset: "utf-8" }),
    h("title", {}, title),
    h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    h("link", { rel: "icon", href: "data:," }),
  ];
  const html = h("html", { lang: options.language ?? "en" }, h("head", {}, fixed, head), h("body", {}, body));
  return `<!doctype html>\n${toHtml(html)}\n`;
}

/** The parts of a page around its content. */
type Around = { document?: HandoutDocument; live?: Live; header?: Element };

/** Puts content into the frame of every page: a style sheet, and a footer that says how the page was made. */
export function framed(title: string, options: PageOptions, content: Node[], around: Around): string {
  const { document, live, header } = around;
  const style = h("style", {}, css + accentCss(options.accent));
  return htmlFile(title, options, live ? [liveHead, style] : [style], [
    h("a", { class: "skip", href: "#content" }, "Skip to the content"),
    ...header ? [header] : [],
    h("main", { id: "content" }, content),
    h("footer", {}, h("h2", { class: "label" }, "How this page was made"), factsTable(document, options)),
    ...live ? liveScripts(live) : [],
  ]);
}

/** Renders the facts that are needed to make a handout again. */
export function factsTable(document: HandoutDocument | undefined, options: PageOptions): Element {
  const facts = factsOf(document, options).map(({ name, values, code }) => {
    const told = values.flatMap((value) => [", ", code ? h("code", {}, value) : value]);
    return h("tr", {}, h("th", { scope: "row" }, name), h("td", {}, told.slice(1)));
  });
  return h("table", {}, facts);
}

/** Renders the page at an index of all, from 0; `hasIndex` if there is an `index.html` beside them. */
export function page(pages: CoursePage[], index: number, options: CourseOptions, hasIndex = false): string {
  const { document, live } = pages[index];
  const edition = options.edition === "teacher" ? ["Teacher’s edition"] : [];
  const course = hasIndex ? h("a", { href: "index.html" }, options.title) : h("span", {}, options.title);
  const place = hasIndex ? [`${index + 1} of ${pages.length}`] : [];
  const words = [...place, ...edition].map((it) => h("span", {}, it));
  const nav = h("nav", { class: "site", "aria-label": "Course" }, course, words);
  const shown = document.headings.filter(({ level }) => level <= 3);
  const label = h("p", { class: "label", id: "contents" }, "On this page");
  const contents = h("nav", { class: "contents", "aria-labelledby": "contents" }, label, headingList(shown));
  const turns = [turn("prev", "Previous", pages[index - 1]), turn("next", "Next", pages[index + 1])];
  const cells = document.blocks.map((block) => cellElement(block, folded(block.content), block.id));
  const content = [
    h("h1", {}, document.titleContent),
    shown.length > 1 ? contents : [],
    options.notice ? h("p", { class: "notice" }, options.notice) : [],
    h("div", { class: "body" }, cells),
    pages.length > 1 ? h("nav", { class: "turn", "aria-label": "Previous and next" }, turns.flat()) : [],
  ];
  const title = [document.title, options.title, ...edition].join(" · ");
  return framed(title, options, content.flat(), { document, live, header: h("header", {}, nav) });
}

/** Renders a block, with its label above its content. */
export function cellElement({ kind, role }: Block, content: Node[], id?: string, ...more: string[]): Element {
  const label = role && labels[role] ? [h("p", { class: "label" }, labels[role])] : [];
  const names = ["cell", kind, role ?? [], more].flat();
  return h("div", { class: names.join(" "), id }, label, content);
}

/** Renders headings as a list of links, lower ones indented. */
export function headingList(headings: Heading[], file = ""): Element {
  const items = headings.map(({ level, text, id }) =>
    h("li", { class: `level-${level}` }, h("a", { href: `${file}#${encodeURIComponent(id)}` }, text))
  );
  return h("ul", {}, items);
}

function turn(rel: string, label: string, page?: CoursePage): Element[] {
  const href = page && encodeURIComponent(page.file);
  return page ? [h("a", { rel, href }, h("span", { class: "label" }, label), page.document.title)] : [];
}
