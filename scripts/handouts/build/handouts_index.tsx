import type { CourseOptions } from "../html/html.tsx";
import { type CoursePage, HeadingList, Shell } from "../html/page.tsx";
import { Footer } from "../html/provenance.tsx";

/** A link to a file in one of the formats. */
export interface IndexLink {
  label: string;
  href: string;
}

interface IndexProps {
  pages: (CoursePage & { links: IndexLink[] })[];
  /** Files that hold the whole course. */
  books: IndexLink[];
  options: CourseOptions;
  /** Whether the first link of each page is its web page, to whose headings one can lead. */
  isPage: boolean;
}

/** The first page of an edition: each notebook with its headings, and its files in every format. */
export function HandoutsIndex({ pages, books, options, isPage }: IndexProps) {
  const { title, language = "en", provenance = {}, edition } = options;
  return (
    <Shell title={title} course={{ title, language, provenance, pages, hasIndex: true }}>
      <main id="content" class="index" tabindex={-1}>
        <h1>{title}</h1>
        {edition === "teacher" && <p class="edition">Teacher’s edition</p>}
        {books.length > 0 && <Links start="The whole course: " links={books} />}
        <ol class="course">
          {pages.map(({ document, file, links }) => {
            const headings = document.headings.filter(({ level }) => level === 2);
            return (
              <li key={file}>
                <h2>
                  <a href={file}>{document.title}</a>
                </h2>
                <Links links={links} />
                {isPage && headings.length > 0 && <HeadingList headings={headings} file={file} />}
              </li>
            );
          })}
        </ol>
      </main>
      <Footer provenance={provenance} />
    </Shell>
  );
}

/** The files of one thing, in a row. */
function Links({ start, links }: { start?: string; links: IndexLink[] }) {
  return (
    <p class="label" style="margin:.35rem 0 .75rem">
      {start}
      {links.map((link, at) => (
        <>
          {at > 0 && " · "}
          <a href={link.href}>{link.label}</a>
        </>
      ))}
    </p>
  );
}
