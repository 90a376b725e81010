import { renderToString } from "preact-render-to-string";
import { courseParts } from "../document/course_parts.ts";
import { type Files, type Format, type FormatName, formats, ownFiles } from "./formats.ts";
import { EditionsIndex } from "./editions_index.tsx";
import { HandoutsIndex, type IndexLink } from "./handouts_index.tsx";
import type { CourseOptions, NamedNotebook } from "../html/html.tsx";
import type { Edition } from "../document/tags.ts";

/** What to make of a course. */
export interface HandoutsOptions extends Omit<CourseOptions, "edition"> {
  formats: readonly FormatName[];
  editions: readonly Edition[];
  /** Told after each format of each edition; may wait, or throw to end it all. */
  onStep?: () => void | Promise<void>;
}

/**
 * Renders a course in several formats and editions: file name to content. Of two editions each has a folder, of one
 * the files lie on top. Each edition's `index.html` leads to all of its files; one on top leads to the editions.
 */
export async function renderHandouts(
  notebooks: readonly NamedNotebook[],
  { formats: wanted, editions, onStep, ...course }: HandoutsOptions,
): Promise<Files> {
  const set: Files = new Map();
  for (const edition of editions) {
    const folder = editions.length > 1 ? `${edition}/` : "";
    const made: Made[] = [];
    for (const name of wanted) {
      const format: Format = formats[name];
      const files = await format.render(notebooks, { ...course, edition });
      for (const [file, content] of files) set.set(folder + format.folder + file, content);
      made.push({ format, files });
      await onStep?.();
    }
    set.set(`${folder}index.html`, indexOf(notebooks, made, { ...course, edition }));
  }
  if (editions.length > 1) {
    set.set("index.html", page(<EditionsIndex editions={editions} options={course} />));
  }
  return set;
}

interface Made {
  format: Format;
  files: Files;
}

function indexOf(notebooks: readonly NamedNotebook[], made: Made[], options: CourseOptions): string {
  const own = made.map(({ format, files }) =>
    ownFiles(format, files).map((file): IndexLink => ({
      label: format.label,
      href: hrefOf(format.folder + file),
    }))
  );
  const books = made.flatMap(({ format: { label, folder, book }, files }) =>
    book && files.has(book) ? [{ label, href: hrefOf(folder + book) }] : []
  );
  const pages = courseParts(notebooks, options, "").map(({ document, anchors }, index) => {
    const links = own.map((files) => files[index]);
    return { document, anchors, file: links[0].href, links };
  });
  const isPage = made[0].format === formats.html;
  return page(<HandoutsIndex {...{ pages, books, options, isPage }} />);
}

function page(html: Parameters<typeof renderToString>[0]): string {
  return `<!doctype html>\n${renderToString(html)}\n`;
}

function hrefOf(file: string): string {
  return file.split("/").map(encodeURIComponent).join("/");
}
