import { buildDocument } from "../document/document.ts";
import type { CourseOptions, NamedNotebook } from "../html/html.tsx";
import { Names } from "../document/names.ts";
import { type Binding, bookSource, singleSource } from "./book.ts";
import { type Chapter, renderChapter } from "./chapter.ts";
import { compileAll } from "./compiler.ts";
import { linksOf } from "./links.ts";
import { forPaper } from "./outputs.ts";
import { Pictures } from "./pictures.ts";

/**
 * Renders a course as PDF: file name to content, the whole of it as a book in `course.pdf`, and one file for each
 * notebook in the order given. Made by Typst inside this process; no date and no path of this machine are in it.
 *
 * @throws {CourseError} if Typst refuses a document, with its reason.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 *
 * const empty = { nbformat: 4 as const, nbformat_minor: 5, metadata: {}, cells: [] };
 * const files = renderPdf([{ name: "01-first.ipynb", notebook: empty }], { title: "A course", edition: "student" });
 * deepEqual([...files.keys()], ["course.pdf", "01-first.pdf"]);
 * ```
 */
export function renderPdf(
  notebooks: readonly NamedNotebook[],
  options: CourseOptions,
): Map<string, Uint8Array> {
  const { sources, pictures } = typstSources(notebooks, options);
  return compileAll(sources, pictures);
}

/** What Typst is given: the source of each PDF, and the pictures' bytes. All of a handout's text is in there. */
export function typstSources(notebooks: readonly NamedNotebook[], options: CourseOptions) {
  const { title, edition, provenance = {}, language = "en" } = options;
  const binding: Binding = { title, edition, provenance, language };
  const names = new Names(["course"]);
  const chapters = notebooks.map(({ name, notebook }): Chapter => {
    const document = buildDocument(forPaper(notebook), { name, edition });
    const anchors = new Set(document.headings.map(({ id }) => id));
    return { document, anchors, file: `${names.claim(document.name)}.pdf` };
  });
  const targets = new Map(
    chapters.toReversed().map((chapter) => [`${chapter.document.name}.ipynb`, chapter]),
  );
  const pictures = new Pictures();
  const bodies = chapters.map((chapter) =>
    renderChapter(chapter, { link: linksOf(targets, chapter), pictures, provenance })
  );
  const sources = new Map([["course.pdf", bookSource(chapters, bodies, binding)]]);
  chapters.forEach((chapter, n) => sources.set(chapter.file, singleSource(chapter, bodies[n], binding)));
  return { sources, pictures: pictures.files };
}
