import {
  type CourseOptions,
  type CoursePart,
  courseParts,
  type NamedNotebook,
} from "../document/course_parts.ts";
import { answers } from "../document/exercises.ts";
import { compileApart } from "./apart.ts";
import { chapter } from "./chapter.ts";
import { Pictures } from "./pictures.ts";
import code from "./template/code.typ" with { type: "text" };
import colours from "./template/colours.typ" with { type: "text" };
import figures from "./template/figures.typ" with { type: "text" };
import pages from "./template/pages.typ" with { type: "text" };
import words from "./template/words.typ" with { type: "text" };
import { array, call, quoted } from "./typst.ts";

/** The functions that all sources call; each file uses those before it. */
const template = [words, code, figures, pages].join("\n");

/**
 * Renders a course as PDF: file name to content, the whole of it as a book in `course.pdf`, and one file for each
 * notebook in the order given. No date and no path of this machine are in them.
 *
 * @throws {CourseError} if Typst refuses a document, with its reason.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 *
 * const empty = { nbformat: 4 as const, nbformat_minor: 5, metadata: {}, cells: [] };
 * const files = await renderPdf([{ name: "01-first.ipynb", notebook: empty }], { title: "A course", edition: "student" });
 * deepEqual([...files.keys()], ["course.pdf", "01-first.pdf"]);
 * ```
 */
export async function renderPdf(
  notebooks: readonly NamedNotebook[],
  options: CourseOptions,
): Promise<Map<string, Uint8Array>> {
  return await compileApart(typstSources(notebooks, options), options);
}

/** The source of each PDF, and the pictures' bytes: all that Typst is given. */
export function typstSources(notebooks: readonly NamedNotebook[], options: CourseOptions) {
  const { title, edition, provenance = {}, language = "en", tell, accent } = options;
  const ending = options.solutions
    ? [{ ...notebooks[0], name: "solutions", notebook: answers(notebooks.map(({ notebook }) => notebook)) }]
    : [];
  const all = courseParts([...notebooks, ...ending], options, ".pdf", ["course"]);
  const parts = all.slice(0, notebooks.length);
  const labels = new Set(all.flatMap(labelsOf));
  const pictures = new Pictures();
  const chapters = all.map((part, n) =>
    chapter(part, { file: part.file, labels, pictures, tell }, n < parts.length ? provenance : undefined)
  );
  const kernels = new Set(parts.map(({ document }) => provenance.kernel ?? document.kernel));
  const versions = Object.entries(provenance.versions ?? {}).map((version) => version.join(" "));
  const made = [provenance.byline, ...kernels, ...versions].filter(Boolean).join(" · ");
  const source = (kind: string, last: string, parts: readonly CoursePart[], bodies: readonly string[]) => {
    const show = call(`${kind}.with`, ...[title, edition, language, last].map(quoted));
    const inside = array(parts.flatMap(labelsOf).map(quoted));
    const own = accent ? `#let accent = rgb(${quoted(accent)})\n` : "";
    return `#let inside = ${inside}\n${colours}\n${own}${template}\n#show: ${show}\n${bodies.join("")}`;
  };
  const singles = parts.map((part, n): [string, string] => [
    part.file,
    source("single", part.document.title.slice(0, 500), [part], [chapters[n]]),
  ]);
  const sources = new Map([["course.pdf", source("book", made, all, chapters)], ...singles]);
  return { sources, pictures: pictures.files };
}

/** The labels that links inside of a PDF may lead to. */
function labelsOf({ file, document }: CoursePart): string[] {
  return [file, ...document.headings.map(({ id }) => `${file}#${id}`)];
}
