import { createRequire } from "node:module";
import { renderToString } from "preact-render-to-string";
import revealCss from "reveal.js/reveal.css" with { type: "text" };
import { type CourseOptions, courseParts, type NamedNotebook } from "../document/course_parts.ts";
import type { HandoutDocument } from "../document/document.ts";
import { accentCss } from "../document/facts.ts";
import { h, type Node, toHtml } from "../document/tree.ts";
import { factsList } from "../html/page.tsx";
import { contentCss } from "../html/style.ts";
import fit from "./fit.js" with { type: "text" };
import { stacksOf } from "./sections.ts";
import slidesCss from "./slides.css" with { type: "text" };

const require = createRequire(import.meta.url);
const library = (name: string) =>
  Deno.readTextFileSync(require.resolve(name)).replaceAll("</script", "<\\/script");

/** reveal.js, its speaker view, and what cuts the slides and starts the show. */
const scripts = [library("reveal.js"), library("reveal.js/plugin/notes"), fit];

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
    courseParts(notebooks, options, ".html").map(({ file, document }) => [
      file,
      `<!doctype html>\n${renderToString(<Deck document={document} options={options} />)}\n`,
    ]),
  );
}

function Deck({ document, options }: { document: HandoutDocument; options: CourseOptions }) {
  const { title, provenance, language = "en", accent } = options;
  const made = [h("h2", {}, "How these slides were made"), factsList(document, options)];
  const stacks = [...stacksOf(document), [made]];
  if (provenance?.byline) stacks[0][0].splice(1, 0, h("p", {}, provenance.byline));
  const teacher = document.edition === "teacher" ? ", teacher’s edition" : "";
  const section = (...content: Node[]) => h("section", {}, ...content);
  const slides = stacks.map((stack) =>
    section(
      ...stack.map((content) =>
        section(h("div", { class: "page" }, ...content.flatMap((node) => [node, "\n"])))
      ),
    )
  );
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <title>{`${document.title} · ${title}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="data:," />
        <style id="screen" media="not all" dangerouslySetInnerHTML={{ __html: revealCss }} />
        <style dangerouslySetInnerHTML={{ __html: contentCss + slidesCss + accentCss(accent) }} />
      </head>
      <body>
        <div class="reveal">
          <div class="slides" dangerouslySetInnerHTML={{ __html: toHtml(slides) }} />
          <p class="foot">{title}{teacher}</p>
        </div>
        {scripts.map((script, key) => <script key={key} dangerouslySetInnerHTML={{ __html: script }} />)}
      </body>
    </html>
  );
}
