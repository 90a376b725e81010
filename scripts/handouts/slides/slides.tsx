import { renderToString } from "preact-render-to-string";
import { type CoursePart, courseParts } from "../document/course_parts.ts";
import { escapeHtml } from "../document/escape.ts";
import { factsOf } from "../document/facts.ts";
import type { CourseOptions, NamedNotebook } from "../html/html.tsx";
import { Names } from "../document/names.ts";
import type { Slide } from "./pack.ts";
import { revealParts } from "./reveal.ts";
import { stacks } from "./stacks.ts";

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
  const parts = courseParts(notebooks, options, ".html");
  return new Map(parts.map((part) => [
    part.file,
    `<!doctype html>\n${renderToString(<Deck part={part} options={options} />)}\n`,
  ]));
}

/** Slides one below the other, for who has scripts off. */
const withoutScripts = ".reveal,.reveal .slides{position:static;width:auto;height:auto;overflow:visible}" +
  ".reveal .slides section{display:block;position:static;visibility:visible;opacity:1}" +
  ".reveal .fragment{opacity:1!important;visibility:visible!important}.foot{display:none}";

interface DeckProps {
  part: CoursePart;
  options: CourseOptions;
}

function Deck({ part, options }: DeckProps) {
  const { document, anchors, link } = part;
  const { css, scripts } = revealParts();
  const ids = new Names([...anchors, ...document.blocks.map(({ id }) => id)]);
  const all = stacks(document, { ids, link, language: document.language });
  const teacher = document.edition === "teacher" ? ", teacher’s edition" : "";
  return (
    <html lang={options.language ?? "en"}>
      <head>
        <meta charset="utf-8" />
        <title>{`${document.title} · ${options.title}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="data:," />
        <style dangerouslySetInnerHTML={{ __html: css }} />
        <noscript>
          <style dangerouslySetInnerHTML={{ __html: withoutScripts }} />
        </noscript>
      </head>
      <body>
        <div class="reveal">
          <div class="slides">
            {all.map((stack, index) => {
              const slides = stack.map((slide, at) => (
                <SlideView key={at} slide={slide} first={index === 0 && at === 0} />
              ));
              return slides.length === 1 ? slides : <section key={index}>{slides}</section>;
            })}
            <Made {...{ part, options }} />
          </div>
          <p class="foot">{options.title}{teacher}</p>
        </div>
        {scripts.map((script, index) => <script key={index} dangerouslySetInnerHTML={{ __html: script }} />)}
      </body>
    </html>
  );
}

function SlideView({ slide, first }: { slide: Slide; first: boolean }) {
  const notes = slide.items.map(({ notes = "" }) => notes).join("");
  const html = slide.items.map(({ html, fragment }) =>
    fragment === undefined ? html : fragmentOf(html, fragment, slide)
  );
  const headline = slide.heading ? `<p class="headline">${escapeHtml(slide.heading)}</p>` : "";
  return (
    <section class={first ? "first" : undefined}>
      <div
        class="page"
        data-zoom={slide.zoom < 1 ? slide.zoom : undefined}
        dangerouslySetInnerHTML={{ __html: headline + html.join("\n") }}
      />
      {notes && <aside class="notes" dangerouslySetInnerHTML={{ __html: notes }} />}
    </section>
  );
}

/** The pieces of one cell come together, and cells one after the other. */
function fragmentOf(html: string, fragment: string, slide: Slide): string {
  const order = [...new Set(slide.items.flatMap(({ fragment }) => fragment ?? []))].indexOf(fragment);
  return `<div class="fragment" data-fragment-index="${order}">${html}</div>`;
}

/** The last slide: enough to make the slides again. */
function Made({ part, options }: DeckProps) {
  return (
    <section class="made">
      <div class="page">
        <h2>How these slides were made</h2>
        <dl>
          {factsOf(part.document, options.provenance ?? {}).map(({ name, values, code }) => (
            <>
              <dt>{name}</dt>
              <dd>{code ? values.map((value) => <code key={value}>{value}</code>) : values.join(", ")}</dd>
            </>
          ))}
        </dl>
      </div>
    </section>
  );
}
