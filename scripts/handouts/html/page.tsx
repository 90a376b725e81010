import type { ComponentChildren } from "preact";
import type { CourseOptions, CoursePart } from "../document/course_parts.ts";
import type { Block, HandoutDocument, Heading } from "../document/document.ts";
import { accentCss, factsOf } from "../document/facts.ts";
import { folded } from "../document/fold.ts";
import { labels } from "../document/tags.ts";
import { type Element, h, type Node, toHtml } from "../document/tree.ts";
import { type Live, LiveHead, LiveScript } from "../live/data.tsx";
import { css } from "./style.ts";

/** One notebook's page: the document, its file's name, and what lets it come alive. */
export interface CoursePage extends CoursePart {
  live?: Live;
}

/** The options of a page, and of one that leads to several editions. */
export type PageOptions = Omit<CourseOptions, "edition"> & Partial<CourseOptions>;

interface ShellProps {
  /** The title in the browser's list of pages. */
  title: string;
  options: PageOptions;
  document?: HandoutDocument;
  live?: Live;
  header?: ComponentChildren;
  children: ComponentChildren;
}

/** The frame of every page: a head with its style sheet, nothing from outside, and a foot that says what made it. */
export function Shell({ title, options, document, live, header, children }: ShellProps) {
  return (
    <html lang={options.language ?? "en"}>
      <head>
        <meta charset="utf-8" />
        {live && <LiveHead />}
        <title>{title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="data:," />
        <style dangerouslySetInnerHTML={{ __html: css + accentCss(options.accent) }} />
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        {header}
        <main id="content">{children}</main>
        <footer>
          <h2 class="label">How this page was made</h2>
          <div dangerouslySetInnerHTML={{ __html: toHtml(factsList(document, options)) }} />
        </footer>
        {live && <LiveScript {...live} />}
      </body>
    </html>
  );
}

/** The facts that are enough to make a handout again. */
export function factsList(document: HandoutDocument | undefined, { provenance = {} }: PageOptions): Element {
  const facts = factsOf(document, provenance).flatMap(({ name, values, code }) => {
    const told = values.flatMap((value) => [", ", code ? h("code", {}, value) : value]);
    return [h("dt", {}, name), h("dd", {}, ...told.slice(1))];
  });
  return h("dl", { class: "facts" }, ...facts);
}

interface PageProps {
  pages: CoursePage[];
  /** The number of this page among all, from 0. */
  index: number;
  options: CourseOptions;
  /** True where there is an index beside the pages. */
  hasIndex?: boolean;
}

/** A notebook's page. */
export function Page({ pages, index, options, hasIndex }: PageProps) {
  const { document, live } = pages[index];
  const shown = document.headings.filter(({ level }) => level <= 3);
  const edition = options.edition === "teacher" ? ["Teacher’s edition"] : [];
  const header = (
    <header>
      <nav class="site" aria-label="Course">
        {hasIndex ? <a href="index.html">{options.title}</a> : <span>{options.title}</span>}
        {hasIndex && <span>{index + 1} of {pages.length}</span>}
        {edition.length > 0 && <span>{edition}</span>}
      </nav>
    </header>
  );
  const title = [document.title, options.title, ...edition].join(" · ");
  return (
    <Shell {...{ title, options, document, live, header }}>
      <h1 dangerouslySetInnerHTML={{ __html: toHtml(document.titleContent) }} />
      {shown.length > 1 && (
        <nav class="contents" aria-labelledby="contents">
          <p class="label" id="contents">On this page</p>
          <HeadingList headings={shown} />
        </nav>
      )}
      {options.notice && <p class="notice">{options.notice}</p>}
      <div
        class="body"
        dangerouslySetInnerHTML={{
          __html: toHtml(document.blocks.map((block) => cellElement(block, folded(block.content), block.id))),
        }}
      />
      {pages.length > 1 && (
        <nav class="turn" aria-label="Previous and next">
          <Turn rel="prev" label="Previous" page={pages[index - 1]} />
          <Turn rel="next" label="Next" page={pages[index + 1]} />
        </nav>
      )}
    </Shell>
  );
}

/** A block as an element, with its label above what it holds. */
export function cellElement({ kind, role }: Block, content: Node[], id?: string, ...more: string[]): Element {
  const label = role && labels[role] ? [h("p", { class: "label" }, labels[role])] : [];
  const names = ["cell", kind, role ?? [], more].flat();
  return h("div", { class: names.join(" "), id }, ...label, ...content);
}

/** Headings as a list of links, lower ones further in. */
export function HeadingList({ headings, file = "" }: { headings: Heading[]; file?: string }) {
  return headings.length > 0 && (
    <ul>
      {headings.map(({ level, text, id }) => (
        <li class={`level-${level}`}>
          <a href={`${file}#${encodeURIComponent(id)}`}>{text}</a>
        </li>
      ))}
    </ul>
  );
}

function Turn({ rel, label, page }: { rel: string; label: string; page?: CoursePage }) {
  return page && (
    <a rel={rel} href={encodeURIComponent(page.file)}>
      <span class="label">{label}</span> {page.document.title}
    </a>
  );
}
