import { renderToString } from "preact-render-to-string";
import { type CourseOptions, courseParts, type NamedNotebook } from "../document/course_parts.ts";
import type { HandoutDocument } from "../document/document.ts";
import { accentCss, factsOf } from "../document/facts.ts";
import { type Element, h, toHtml } from "../document/tree.ts";
import { css, screenCss, scripts } from "./reveal.ts";
import { type Section, stacksOf } from "./sections.ts";

/**
 * Renders a course as slide shows: file name to content, a page for each notebook. A page holds reveal.js and all
 * that it shows, so that it works from a disk and offline.
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
    courseParts(notebooks, options, ".html").map((part) => [
      part.file,
      `<!doctype html>\n${renderToString(<Deck document={part.document} options={options} />)}\n`,
    ]),
  );
}

interface DeckProps {
  document: HandoutDocument;
  options: CourseOptions;
}

function Deck({ document, options }: DeckProps) {
  const stacks = [...stacksOf(document), [[madeOf(document, options)]]];
  const { byline } = options.provenance ?? {};
  if (byline) stacks[0][0].splice(1, 0, h("p", {}, byline));
  const teacher = document.edition === "teacher" ? ", teacher’s edition" : "";
  return (
    <html lang={options.language ?? "en"}>
      <head>
        <meta charset="utf-8" />
        <title>{`${document.title} · ${options.title}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="data:," />
        <style id="screen" media="not all" dangerouslySetInnerHTML={{ __html: screenCss }} />
        <style dangerouslySetInnerHTML={{ __html: css + accentCss(options.accent) }} />
      </head>
      <body>
        <div class="reveal">
          <div class="slides" dangerouslySetInnerHTML={{ __html: stacks.map(stackHtml).join("\n") }} />
          <p class="foot">{options.title}{teacher}</p>
        </div>
        {scripts.map((script, index) => <script key={index} dangerouslySetInnerHTML={{ __html: script }} />)}
      </body>
    </html>
  );
}

function stackHtml(stack: Section[]): string {
  const slides = stack.map((section) =>
    `<section><div class="page">${section.map(toHtml).join("\n")}</div></section>`
  );
  return `<section>${slides.join("\n")}</section>`;
}

/** The last slide: enough to make the slides again. */
function madeOf(document: HandoutDocument, { provenance = {} }: CourseOptions): Element {
  const rows = factsOf(document, provenance).map(({ name, values, code }) => {
    const told = code ? values.flatMap((value) => [h("code", {}, value), " "]) : [values.join(", ")];
    return h("tr", {}, h("td", {}, name), h("td", {}, ...told));
  });
  return h("div", { class: "made" }, h("h2", {}, "How these slides were made"), h("table", {}, ...rows));
}
