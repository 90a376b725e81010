import type { ComponentChildren } from "preact";
import type { Block, HandoutDocument, Heading } from "../document/document.ts";
import { folded } from "../document/fold.ts";
import { accentCss, factsOf, type Provenance } from "../document/facts.ts";
import type { Target } from "../document/references.ts";
import { type Live, LiveHead, LiveScript } from "../live/data.tsx";
import { labels } from "../document/tags.ts";
import { toHtml } from "../document/tree.ts";
import { css, liveCss } from "./style.ts";

/** The course that a page belongs to. */
export interface Course {
  title: string;
  language: string;
  accent?: string;
  notice?: string;
  provenance: Provenance;
  pages: CoursePage[];
  /** Whether there is an index beside the pages. */
  hasIndex: boolean;
}

/** One notebook's page: the document and its file's name. */
export interface CoursePage extends Target {
  document: HandoutDocument;
  live?: Live;
}

/** The frame of every page: a head with its style sheet, and nothing from outside. */
export function Shell(
  { title, course, live, children }: {
    title: string;
    course: Course;
    live?: Live;
    children: ComponentChildren;
  },
) {
  return (
    <html lang={course.language}>
      <head>
        <meta charset="utf-8" />
        {live && <LiveHead />}
        <title>{title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="data:," />
        <style
          dangerouslySetInnerHTML={{ __html: (live ? liveCss : css) + accentCss(course.accent) }}
        />
      </head>
      <body class="course-page">
        <a class="skip" href="#content">Skip to the content</a>
        {children}
        {live && <LiveScript {...live} />}
      </body>
    </html>
  );
}

/** A notebook's page. */
export function Page({ course, index }: { course: Course; index: number }) {
  const page = course.pages[index];
  const { document } = page;
  const teacher = document.edition === "teacher";
  return (
    <Shell
      title={[document.title, course.title, ...teacher ? ["Teacher’s edition"] : []].join(" · ")}
      course={course}
      live={page.live}
    >
      <header class="site">
        <nav aria-label="Course">
          {course.hasIndex ? <a href="index.html">{course.title}</a> : <span>{course.title}</span>}
          {course.hasIndex && <span>{index + 1} of {course.pages.length}</span>}
          {teacher && <span>Teacher’s edition</span>}
        </nav>
      </header>
      <main id="content" tabindex={-1}>
        <h1 dangerouslySetInnerHTML={{ __html: toHtml(document.titleContent) }} />
        <Contents headings={document.headings} />
        <div class="body">
          {course.notice && <p class="notice">{course.notice}</p>}
          {document.blocks.map((block) => <BlockView key={block.id} block={block} />)}
        </div>
      </main>
      <Turn before={course.pages[index - 1]} after={course.pages[index + 1]} />
      <Footer document={document} provenance={course.provenance} />
    </Shell>
  );
}

function BlockView({ block: { id, kind, role, content } }: { block: Block }) {
  const label = role && labels[role] ? `<p class="label">${labels[role]}</p>` : "";
  return (
    <div
      class={`cell ${kind}${role ? ` ${role}` : ""}`}
      id={id}
      dangerouslySetInnerHTML={{ __html: label + toHtml(folded(content)) }}
    />
  );
}

function Contents({ headings }: { headings: Heading[] }) {
  const shown = headings.filter(({ level }) => level <= 3);
  if (shown.length < 2) return null;
  return (
    <nav class="contents" aria-labelledby="contents">
      <p class="label" id="contents">On this page</p>
      <HeadingList headings={shown} file="" />
    </nav>
  );
}

/** Headings as a list of links, deeper ones inside the ones above them. */
export function HeadingList({ headings, file }: { headings: Heading[]; file: string }) {
  const top = Math.min(...headings.map(({ level }) => level));
  const starts = headings.flatMap(({ level }, at) => level === top || at === 0 ? [at] : []);
  return (
    <ul>
      {starts.map((start, n) => {
        const below = headings.slice(start + 1, starts[n + 1]);
        return (
          <li>
            <a href={`${file}#${encodeURIComponent(headings[start].id)}`}>{headings[start].text}</a>
            {below.length > 0 && <HeadingList headings={below} file={file} />}
          </li>
        );
      })}
    </ul>
  );
}

function Turn({ before, after }: { before?: CoursePage; after?: CoursePage }) {
  if (!before && !after) return null;
  return (
    <nav class="turn" aria-label="Previous and next">
      {before && (
        <a class="before" rel="prev" href={encodeURIComponent(before.file)}>
          <span>Previous</span> {before.document.title}
        </a>
      )}
      {after && (
        <a class="after" rel="next" href={encodeURIComponent(after.file)}>
          <span>Next</span> {after.document.title}
        </a>
      )}
    </nav>
  );
}

/** The foot of a page: enough to make it again. Without a document, of the index. */
export function Footer({ document, provenance }: { document?: HandoutDocument; provenance: Provenance }) {
  return (
    <footer>
      <h2>How this page was made</h2>
      <dl>
        {factsOf(document, provenance).map(({ name, values, code }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{code ? values.map((value) => <code key={value}>{value}</code>) : values.join(", ")}</dd>
          </div>
        ))}
      </dl>
    </footer>
  );
}
