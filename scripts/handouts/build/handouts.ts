import { type CourseOptions, type CoursePart, courseParts, type NamedNotebook } from "../document/parts.ts";
import { hasSolutions } from "../document/exercises.ts";
import type { FoundFile } from "../document/references.ts";
import type { Edition } from "../document/tags.ts";
import { renderIndex } from "../html/index_page.ts";
import { oneFile } from "../html/one_file.ts";
import { indexData } from "../live/data.ts";
import { CompilerDied } from "../pdf/apart.ts";
import type { Files, Format, FormatName } from "./formats.ts";
import { formats, liveFile, solutions } from "./formats.ts";

/** The options of a set of handouts. */
export interface HandoutsOptions extends Omit<CourseOptions, "edition"> {
  formats: readonly FormatName[];
  editions: readonly Edition[];
  /** True if the web pages of an edition are one file, `index.html`. */
  singleFile?: boolean;
  /** Called after each format of each edition; may wait, or throw to abort. */
  onStep?: () => void | Promise<void>;
}

/** The entries of the index above both editions. It may be published, so it does not link to the solutions. */
const editionEntries = [
  {
    label: "Student’s edition",
    text: "To hand out: exercises, and the solutions apart from them.",
    href: "student/index.html",
  },
  {
    label: "Teacher’s edition",
    text: "In the folder teacher: with the solutions, and the notes for the teacher. Keep it to yourself.",
  },
];

/**
 * Renders a course in several formats and editions, by file name. Two editions have a folder each; a single one lies at the
 * top. Each edition's `index.html` links to all of its files and to nothing outside its folder; another one at the top
 * leads to the editions.
 */
export async function renderHandouts(
  notebooks: readonly NamedNotebook[],
  { formats: wanted, editions, singleFile, onStep, ...course }: HandoutsOptions,
): Promise<Files> {
  const planned = editions.map((edition) => {
    const withSolutions = edition === "student" && course.solutions && notebooks.some(hasSolutions);
    const written = wanted.map((name): Format => formats[name]);
    if (withSolutions && wanted.includes("ipynb")) written.push(solutions);
    return {
      folder: editions.length > 1 ? `${edition}/` : "",
      options: { ...course, edition, solutions: withSolutions },
      rendered: new Map(written.map((format): [Format, Files] => [format, new Map()])),
    };
  });
  const all = planned.flatMap((plan) => [...plan.rendered.keys()].map((format) => ({ ...plan, format })));
  const order = ({ format }: typeof all[number]) => format === formats.pdf ? 0 : 1; // made in another process, so it starts first
  all.sort((one, other) => order(one) - order(other));
  await Promise.all(all.map(async ({ options, format, rendered }) => {
    const found = { pictures: new Set<FoundFile>(), linked: new Set<FoundFile>() };
    try {
      const files = await format.render(notebooks, { ...options, found });
      for (const { name, bytes } of [...format.embeds ? [] : found.pictures, ...found.linked]) {
        if (!files.has(name)) files.set(name, bytes);
      }
      rendered.set(format, files);
    } catch (error) {
      if (!(error instanceof CompilerDied) || wanted.length === 1) throw error;
      course.tell?.(error.message);
      rendered.delete(format); // the other formats are written all the same
    }
    if (format !== solutions) await onStep?.();
  }));
  const set: Files = new Map();
  for (const { folder, rendered, options } of planned) {
    const parts = courseParts(notebooks, options, "");
    let index = indexOf(parts, rendered, options);
    const pages = singleFile && rendered.get(formats.html);
    if (pages) {
      const own = parts.map(({ stem }) => `${stem}.html`);
      const all = own.map((name) => [name, String(pages.get(name))] as const);
      index = oneFile(new Map([["index.html", index], ...all]), pages.get(liveFile)?.toString());
      for (const name of [liveFile, ...own]) pages.delete(name); // the files they link to stay
    }
    for (const [format, files] of rendered) {
      for (const [file, content] of files) set.set(folder + format.folder + file, content);
    }
    set.set(`${folder}index.html`, index);
  }
  if (editions.length > 1) set.set("index.html", renderIndex(course, { entries: editionEntries }));
  return set;
}

function indexOf(parts: CoursePart[], rendered: Map<Format, Files>, options: CourseOptions) {
  const pages = rendered.get(formats.html);
  const entries = parts.map(({ stem, about, document: { title, headings } }) => {
    const links = [...rendered.keys()].map(({ label, folder, ending }) => {
      return { label, href: folder + encodeURIComponent(stem + ending) };
    });
    const others = links.length > 1 ? links : [];
    return { label: title, text: about, href: links[0].href, links: others, headings: pages && headings };
  });
  const books = rendered.has(formats.pdf) ? [{ label: formats.pdf.label, href: "pdf/course.pdf" }] : [];
  const documents = parts.map(({ document }) => document);
  const live = pages?.has(liveFile) ? { data: indexData(documents), src: liveFile } : undefined;
  return renderIndex(options, { entries, books, live });
}
