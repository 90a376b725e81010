import { renderToString } from "preact-render-to-string";
import { courseParts } from "../document/course_parts.ts";
import { IndexPage } from "./index_page.tsx";
import type { Notebook } from "../../notebook/notebook.ts";
import { type Course, Page } from "./page.tsx";
import type { Provenance } from "./provenance.tsx";
import type { Edition } from "../document/tags.ts";

/** A notebook and the file name or path that it goes by. */
export interface NamedNotebook {
  name: string;
  notebook: Notebook;
}

/** How a course becomes HTML. */
export interface CourseOptions {
  title: string;
  edition: Edition;
  provenance?: Provenance;
  /** What a reader should know before anything else. */
  notice?: string;
  /** The language that the prose is in, as a tag such as "en", which is also the default. */
  language?: string;
}

/**
 * Renders a course as HTML: file name to content, a page for each notebook in the order given, and `index.html`.
 * Every page stands alone: no scripts, nothing from outside, no date and no path of this machine.
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
  const files = course.pages.map((
    { file },
    index,
  ): [string, string] => [file, html(<Page course={course} index={index} />)]);
  return new Map([["index.html", html(<IndexPage course={course} />)], ...files]);
}

/** Renders one notebook as a page that stands alone: there is no index, and no link to one. */
export function renderPage(notebook: NamedNotebook, options: CourseOptions): string {
  return html(<Page course={{ ...courseOf([notebook], options), hasIndex: false }} index={0} />);
}

function courseOf(notebooks: readonly NamedNotebook[], options: CourseOptions): Course {
  const { title, notice, provenance = {}, language = "en" } = options;
  return {
    title,
    language,
    notice,
    provenance,
    pages: courseParts(notebooks, options, ".html"),
    hasIndex: true,
  };
}

function html(page: Parameters<typeof renderToString>[0]): string {
  return `<!doctype html>\n${renderToString(page)}\n`;
}
