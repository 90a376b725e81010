import { type Block, buildDocument } from "./document.ts";
import type { Notebook } from "../../notebook/notebook.ts";
import type { Edition } from "./tags.ts";
import { Names, slug } from "./names.ts";
import { type FindFile, type FoundFile, linkTo, resolveLinks } from "./references.ts";
import { type Element, elementsOf, hasClass, type Node, wordsOf } from "./tree.ts";

/** A notebook with its file name or path. */
export interface NamedNotebook {
  name: string;
  notebook: Notebook;
  /** Finds files beside the notebook; without it, links to them stay as they are. */
  find?: FindFile;
  /** A description for an index: what readers gain, and the time it takes. */
  about?: string;
}

/** The options of a course, for any format. */
export interface CourseOptions {
  title: string;
  /** Who made the course, and its licence. */
  byline?: string;
  /** Deno's version, such as "2.9.6". */
  deno?: string;
  edition: Edition;
  /** True if the student's edition includes the solutions: in a folder of their own, and at the end of the book. */
  solutions?: boolean;
  /** A note at the top, before anything else. */
  notice?: string;
  /** The language of the prose, as a tag such as "en", the default. */
  language?: string;
  /** The colour of links, such as "#0a558c". */
  accent?: string;
  /** The URL of the script that makes web pages live; without it, they have no script. */
  live?: string;
  /** Called with a sentence for everything a handout cannot show, possibly more than once. */
  tell?: (sentence: string) => void;
  /** Aborts work in other processes. */
  signal?: AbortSignal;
  /** Collects the files beside the notebooks that a format shows or links to. */
  found?: Record<"pictures" | "linked", Set<FoundFile>>;
}

/** A notebook prepared for a format: its document with links resolved, and its unique file name. */
export type CoursePart = ReturnType<typeof courseParts>[number];

/**
 * Builds the documents of a course for a format whose files end in `ending`, such as ".md". Apart from its ending, a
 * notebook's file has the same name in all formats.
 */
export function courseParts(
  notebooks: readonly NamedNotebook[],
  { edition, tell, found }: CourseOptions,
  ending: string,
) {
  const names = new Names(["index", "readme", "course"]); // files that some formats add
  const parts = notebooks.map(({ name, notebook, find, about }) => {
    const document = buildDocument(notebook, { name, edition });
    const stem = names.claim(document.name);
    const anchors = new Set(document.blocks.flatMap(({ id, content }) => [
      id,
      ...elementsOf(content).map(({ attributes: { id, name = "" } }) => id ?? name),
    ]));
    const top = document.titleMarkdown === undefined ? undefined : slug(document.title);
    return { document, anchors, top, stem, file: `${stem}${ending}`, find, about };
  });
  // If two notebooks have the same name, links mean the first.
  const targets = new Map(parts.toReversed().map((part) => [`${part.document.name}.ipynb`, part]));
  return parts.map(({ find, ...part }) => {
    const tellHere = (sentence: string) => tell?.(`${part.document.name}.ipynb: ${sentence}`);
    const link = linkTo({ pages: targets, here: part, find, files: found?.linked, tell: tellHere });
    const picture = (src: string) => {
      const file = find?.(src);
      if (file?.url) found?.pictures.add(file);
      return file?.url ?? src;
    };
    const resolved = (content: Node[]) => resolveLinks(content, link, picture);
    const blocks = part.document.blocks.map((block) => ({ ...block, content: resolved(block.content) }));
    const titleContent = resolved(part.document.titleContent);
    if (tell) blocks.flatMap(notesOf).forEach(tellHere);
    return { ...part, link, document: { ...part.document, titleContent, blocks } };
  });
}

/** The notes in a block on what is left out. */
function notesOf({ id, content }: Block): string[] {
  const isNote = (it: Element) => it.tag === "p" && hasClass(it, "note") && !hasClass(it, "solved");
  return [...elementsOf(content).filter(isNote).map((note) => `${id.replace("-", " ")}: ${wordsOf(note)}`)];
}
