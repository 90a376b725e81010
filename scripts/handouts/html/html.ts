import { type CourseOptions, courseParts, type NamedNotebook } from "../document/parts.ts";
import { cleanNotebook } from "../ipynb/ipynb.ts";
import { liveData } from "../live/data.ts";
import { type CoursePage, page } from "./page.ts";

/**
 * Renders a course as HTML: file name to content, a page for each notebook in the order given, with a link to an
 * `index.html` beside it. Every page is complete without JavaScript and self-contained, with no date and no path of this
 * machine; its only script is `live`, if given.
 *
 * @example
 * ```ts
 * const notebook = { cells: [], metadata: {}, nbformat: 4 as const, nbformat_minor: 5 as const };
 * const files = renderHtml([{ name: "01-first.ipynb", notebook }], { title: "A course", edition: "student" });
 * console.log([...files.keys()]); // [ "01-first.html" ]
 * ```
 */
export function renderHtml(notebooks: readonly NamedNotebook[], options: CourseOptions): Map<string, string> {
  const pages = pagesOf(notebooks, options);
  return new Map(pages.map(({ file }, index) => [file, page(pages, index, options, true)]));
}

/** Renders one notebook as a page of its own, without a link to an index. */
export function renderPage(notebook: NamedNotebook, options: CourseOptions): string {
  return page(pagesOf([notebook], options), 0, options);
}

function pagesOf(notebooks: readonly NamedNotebook[], options: CourseOptions): CoursePage[] {
  const { live: src } = options;
  return courseParts(notebooks, options, ".html").map((part, at): CoursePage => {
    const { document } = part;
    const data = src && liveData(cleanNotebook(notebooks[at].notebook, document), document);
    return data ? { ...part, live: { data, src } } : part;
  });
}
