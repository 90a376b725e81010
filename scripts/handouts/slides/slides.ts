import { createRequire } from "node:module";
import revealCss from "reveal.js/reveal.css" with { type: "text" };
import { type CourseOptions, courseParts, type NamedNotebook } from "../document/parts.ts";
import type { HandoutDocument } from "../document/document.ts";
import { h, type Node } from "../document/tree.ts";
import { factsTable, htmlFile } from "../html/page.ts";
import { accentCss, contentCss } from "../html/style.ts";
import fit from "./fit.js" with { type: "text" };
import { stacksOf } from "./sections.ts";
import slidesCss from "./slides.css" with { type: "text" };

const require = createRequire(import.meta.url);
const library = (name: string) =>
  Deno.readTextFileSync(require.resolve(name)).replaceAll("</script", "<\\/script");

/** reveal.js, its speaker view, and the script that splits slides and starts the show. */
const scripts = [library("reveal.js"), library("reveal.js/plugin/notes"), fit];

/**
 * Renders a course as slide shows, by file name: one page per notebook. Each page includes reveal.js and all its pictures, so
 * it works offline and from a local disk.
 *
 * @example
 * ```ts
 * const notebook = { metadata: {}, nbformat: 4 as const, nbformat_minor: 5, cells: [] };
 * const files = renderSlides([{ name: "01-first.ipynb", notebook }], { title: "A course", edition: "teacher" });
 * ```
 */
export function renderSlides(
  notebooks: readonly NamedNotebook[],
  options: CourseOptions,
): Map<string, string> {
  return new Map(
    courseParts(notebooks, options, ".html").map(({ file, document }) => [file, deck(document, options)]),
  );
}

function deck(document: HandoutDocument, options: CourseOptions): string {
  const { title, byline, accent } = options;
  const made = [h("h2", {}, "How these slides were made"), factsTable(document, options)];
  const stacks = [...stacksOf(document), [made]];
  if (byline) stacks[0][0].splice(1, 0, h("p", {}, byline));
  const slide = (pieces: Node[]) =>
    h("section", {}, h("div", { class: "page" }, pieces.flatMap((piece) => [piece, "\n"])));
  const slides = stacks.map((stack) => h("section", {}, stack.map(slide)));
  const foot = document.edition === "teacher" ? `${title}, teacher’s edition` : title;
  const head = [
    h("style", { id: "screen", media: "not all" }, revealCss),
    h("style", {}, contentCss + slidesCss + accentCss(accent)),
  ];
  return htmlFile(`${document.title} · ${title}`, options, head, [
    h("div", { class: "reveal" }, h("div", { class: "slides" }, slides), h("p", { class: "foot" }, foot)),
    ...scripts.map((script) => h("script", {}, script)),
  ]);
}
