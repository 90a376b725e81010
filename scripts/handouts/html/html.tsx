import { renderToString } from "preact-render-to-string";
import { type CourseOptions, courseParts, type NamedNotebook } from "../document/course_parts.ts";
import { cleanNotebook } from "../ipynb/ipynb.ts";
import { liveData } from "../live/data.tsx";
import { type Index, IndexPage } from "./index_page.tsx";
import { type CoursePage, Page, type PageOptions } from "./page.tsx";

/**
 * Renders a course as HTML: file name to content, a page for each notebook in the order given, which leads to an
 * `index.html` beside it. Every page is whole without JavaScript, and has nothing from outside, no date and no path of
 * this machine; its one script is that of `live`, if any.
 *
 * @example
 * ```ts
 * const notebook = { cells: [], metadata: {}, nbformat: 4 as const, nbformat_minor: 5 as const };
 * const files = renderCourse([{ name: "01-first.ipynb", notebook }], { title: "A course", edition: "student" });
 * console.log([...files.keys()]); // [ "01-first.html" ]
 * ```
 */
export function renderCourse(
  notebooks: readonly NamedNotebook[],
  options: CourseOptions,
): Map<string, string> {
  const pages = pagesOf(notebooks, options);
  return new Map(
    pages.map(({ file }, index) => [file, html(<Page {...{ pages, index, options }} hasIndex />)]),
  );
}

/** Renders one notebook as a page that stands alone: there is no index, and no link to one. */
export function renderPage(notebook: NamedNotebook, options: CourseOptions): string {
  return html(<Page pages={pagesOf([notebook], options)} index={0} options={options} />);
}

/** Renders the first page of a folder of handouts; one that leads to several editions has none itself. */
export function renderIndex(options: PageOptions, index: Index): string {
  return html(<IndexPage options={options} {...index} />);
}

function pagesOf(notebooks: readonly NamedNotebook[], options: CourseOptions): CoursePage[] {
  const { edition, live: src } = options;
  return courseParts(notebooks, options, ".html").map((part, at): CoursePage => {
    const { document } = part;
    const data = src && liveData(cleanNotebook(notebooks[at].notebook, document.language, edition), document);
    return data ? { ...part, live: { data, src } } : part;
  });
}

function html(page: Parameters<typeof renderToString>[0]): string {
  return `<!doctype html>\n${renderToString(page)}\n`;
}
