import type { Heading } from "../document/document.ts";
import type { Live } from "../live/data.tsx";
import { type Course, Footer, HeadingList, Shell } from "./page.tsx";

/** A link from an index. */
export interface IndexLink {
  label: string;
  href: string;
}

/** One line of an index: a page, what it is, its files in other formats, and its headings. */
export interface IndexEntry {
  label: string;
  href?: string;
  text?: string;
  links?: IndexLink[];
  headings?: Heading[];
}

interface IndexProps {
  course: Omit<Course, "pages">;
  isTeachers: boolean;
  entries: IndexEntry[];
  /** Files that hold the whole course. */
  books?: IndexLink[];
  live?: Live;
}

/** The first page of a folder of handouts. */
export function IndexPage({ course, isTeachers, entries, books = [], live }: IndexProps) {
  return (
    <Shell title={course.title} course={{ ...course, pages: [] }} live={live}>
      <main id="content" class="index" tabindex={-1}>
        <h1>{course.title}</h1>
        {isTeachers && <p class="edition">Teacher’s edition</p>}
        {course.provenance.byline && <p>{course.provenance.byline}</p>}
        <Links start="The whole course: " links={books} />
        <ol class="course">
          {entries.map(({ label, href, text, links = [], headings = [] }) => (
            <li>
              <h2>{href ? <a href={href}>{label}</a> : label}</h2>
              {text && <p>{text}</p>}
              <Links links={links} />
              <Headings headings={headings} href={href ?? ""} />
            </li>
          ))}
        </ol>
      </main>
      <Footer provenance={course.provenance} />
    </Shell>
  );
}

function Headings({ headings, href }: { headings: Heading[]; href: string }) {
  const shown = headings.filter(({ level }) => level === 2);
  return shown.length > 0 ? <HeadingList headings={shown} file={href} /> : null;
}

function Links({ start, links }: { start?: string; links: IndexLink[] }) {
  if (links.length === 0) return null;
  return (
    <p class="label" style="margin:.35rem 0 .75rem">
      {start}
      {links.map(({ label, href }, at) => (
        <>
          {at > 0 && " · "}
          <a href={href}>{label}</a>
        </>
      ))}
    </p>
  );
}
