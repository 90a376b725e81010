import { type CourseOptions, courseParts, type NamedNotebook } from "../document/parts.ts";
import { answers } from "../document/exercises.ts";
import { type Block, factsOf } from "../document/document.ts";
import { type Element, elementsIn, h, hasClass, type Node } from "../document/tree.ts";
import { cellElement } from "../html/page.ts";
import { compileApart } from "./apart.ts";
import { onPaper, shortened } from "./paper.ts";
import css from "../css/colours.css" with { type: "text" };
import code from "./template/code.typ" with { type: "text" };
import colours from "./template/colours.typ" with { type: "text" };
import figures from "./template/figures.typ" with { type: "text" };
import pages from "./template/pages.typ" with { type: "text" };
import tree from "./template/tree.typ" with { type: "text" };
import words from "./template/words.typ" with { type: "text" };

/**
 * Renders a course as PDFs, by file name: the whole course as a book, `course.pdf`, then one file per notebook, in the order
 * given. They contain neither a date nor a path of this machine.
 *
 * @throws {CourseError} if Typst rejects a document, with its reason
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
export async function renderPdf(notebooks: readonly NamedNotebook[], options: CourseOptions) {
  return await compileApart(typstSources(notebooks, options), options);
}

/** Returns everything Typst is given: the source of each PDF, and the files they share. */
export function typstSources(notebooks: readonly NamedNotebook[], options: CourseOptions) {
  const { title, edition, language = "en", accent } = options;
  const ending = options.solutions
    ? [{ ...notebooks[0], name: "solutions", notebook: answers(notebooks.map(({ notebook }) => notebook)) }]
    : [];
  const all = courseParts([...notebooks, ...ending], options, ".pdf");
  const parts = all.slice(0, notebooks.length);
  const paints = { ...daylight, ...accent && { link: accent } };
  const template = [`#let paints = ${data(paints)}`, colours, words, code, figures, pages, tree].join("\n");
  const files = new Map([["/template.typ", new TextEncoder().encode(template)]]);
  // The targets of links within a PDF.
  const labels = new Set(
    all.flatMap(({ file, document }) => [file, ...document.headings.map(({ id }) => `${file}#${id}`)]),
  );
  const chapters = all.map(({ document, file }, n) => {
    const facts = factsOf(document, options).map(({ name, values }) =>
      h("p", {}, h("em", {}, name), ` ${values.join(", ")}`)
    );
    const foot = n < parts.length ? [h("facts", {}, facts)] : [];
    const cells = document.blocks.map((block) => {
      const source = edition === "student" && block.kind === "code" ? block.source : undefined;
      const asked = source?.match(/\bpredict\(\)/g);
      const lines = asked ? [h("div", { class: "lines", style: `--lines:${asked.length}` })] : [];
      return cellElement(block, [...shortened(contentOf(block), MOST), ...lines]);
    });
    const title = h("h1", {}, document.titleContent);
    const content = onPaper([title, ...foot, ...cells], { file, labels, files });
    (content[0] as Element).attributes.label = file;
    return `#chapter(..${data([file, content])})`;
  });
  const made = [options.byline, options.deno && `Deno ${options.deno}`].filter(Boolean).join(" · ");
  const source = (file: string, kind: string, last: string, ...chapters: string[]): [string, string] => {
    const show = `#show: ${kind}.with(..${data([title, edition, language, last])})`;
    const letters = new Set([show, ...chapters].join("").match(unusual));
    const end = `#missing(..${data([file, [...letters]])})`;
    return [file, ['#import "/template.typ": *', show, ...chapters, end].join("\n")];
  };
  const singles = parts.map(({ file, document }, n) =>
    source(file, "single", document.title.slice(0, 500), chapters[n])
  );
  return { sources: new Map([source("course.pdf", "book", made, ...chapters), ...singles]), files };
}

/** The web pages' colours for light mode, by name. */
const daylight = Object.fromEntries(
  Array.from(css.matchAll(/--(\w+): light-dark\((#\w+)/g), (it) => it.slice(1)),
);

/** Characters that the fonts may lack. */
const unusual = /(?!\p{Default_Ignorable_Code_Point})[\u0250-\u{10ffff}]/gu;

/** A cell with more characters loses its middle. */
const MOST = 1_000_000;

/**
 * The content of a block for paper. Code that is folded on screen is left out, as in a printed web page, and so is the output
 * of a check; a solution's code is always shown.
 */
function contentOf({ kind, content, role }: Block): Node[] {
  if (kind === "markdown") return content;
  return elementsIn(content).flatMap((element) => {
    if (element.tag !== "details") return [element];
    const isShown = hasClass(element, "answer") || (role === "solution" && !hasClass(element, "checked"));
    return isShown ? element.children.slice(1) : [];
  });
}

/**
 * Data for Typst, as JSON in a string literal, so that no text in a notebook (`#`, `$`, `@`, `*`, `//`) needs escaping.
 * Unprintable control characters are dropped.
 */
function data(value: unknown): string {
  const clean = (_key: string, value: unknown) =>
    typeof value === "string"
      // deno-lint-ignore no-control-regex
      ? value.toWellFormed().replaceAll("\t", "    ").replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff]/g, "")
      : value;
  return `json(bytes(${JSON.stringify(JSON.stringify(value, clean))}))`;
}
