import { renderToString } from "preact-render-to-string";
import { type CourseOptions, courseParts, type NamedNotebook } from "../document/course_parts.ts";
import { cleanNotebook } from "../ipynb/ipynb.ts";
import { liveData } from "../live/data.tsx";
import { IndexPage } from "./index_page.tsx";
import type { Edition } from "../document/tags.ts";
import { type Course, Page } from "./page.tsx";

/**
 * Renders a course as HTML: file name to content, a page for each notebook in the order given, and `index.html`.
 * Every page is whole without JavaScript, and has nothing from outside, no date and no path of this machine; its one script
 * is that of `live`, if any.
 *
 * @example
 * ```ts
 * const notebook = { cells: [], metadata: {}, nbformat: 4 as const, nbformat_minor: 5 as const };
 * const files = renderCourse([{ name: "01-first.ipynb", notebook }], { title: "A course", edition: "student" });
 * console.log([...files.keys()]); // [ "index.html", "01-first.html" ]
 * ```
 */
export function renderCourse(
  notebooks: readonly NamedNotebook[],
  options: CourseOptions,
): Map<string, string> {
  const course = courseOf(notebooks, options);
  const files = new Map(
    course.pages.map(({ file }, index) => [file, html(<Page course={course} index={index} />)]),
  );
  const entries = course.pages.map(({ document: { title, headings }, file }, index) => ({
    label: title,
    text: notebooks[index].about,
    href: encodeURIComponent(file),
    headings,
  }));
  return new Map([["index.html", renderIndex(options, { entries })], ...files]);
}

/** Renders one notebook as a page that stands alone: there is no index, and no link to one. */
export function renderPage(notebook: NamedNotebook, options: CourseOptions): string {
  return html(<Page course={courseOf([notebook], options, false)} index={0} />);
}

/** Renders the first page of a folder of handouts; one that leads to several editions has none itself. */
export function renderIndex(
  { title, edition, language = "en", accent, provenance = {} }: Omit<CourseOptions, "edition"> & {
    edition?: Edition;
  },
  index: Pick<Parameters<typeof IndexPage>[0], "entries" | "books" | "live">,
): string {
  const course = { title, language, accent, provenance, hasIndex: true };
  return html(<IndexPage course={course} isTeachers={edition === "teacher"} {...index} />);
}

function courseOf(notebooks: readonly NamedNotebook[], options: CourseOptions, hasIndex = true): Course {
  const { title, notice, provenance = {}, language = "en", accent, live: src } = options;
  const pages = courseParts(notebooks, options, ".html").map((part, at) => {
    const { document } = part;
    const clean = () => cleanNotebook(notebooks[at].notebook, document.language, options.edition);
    const data = src ? liveData(clean(), document) : undefined;
    return { ...part, live: src && data ? { data, src } : undefined };
  });
  return { title, language, accent, notice, provenance, pages, hasIndex };
}

function html(page: Parameters<typeof renderToString>[0]): string {
  return `<!doctype html>\n${renderToString(page)}\n`;
}
