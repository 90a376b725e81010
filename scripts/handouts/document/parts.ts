import { type Block, buildDocument } from "./document.ts";
import type { Notebook } from "../../notebook/notebook.ts";
import type { Edition } from "./tags.ts";
import { Names, slug } from "./names.ts";
import { type FindFile, type FoundFile, linkTo, resolveLinks } from "./references.ts";
import { type Element, elementsOf, hasClass, type Node, wordsOf } from "./tree.ts";

/** A notebook and the file name or path that it goes by. */
export interface NamedNotebook {
  name: string;
  notebook: Notebook;
  /** Finds the files beside it; without it, they are left where they are. */
  find?: FindFile;
  /** Its gain for the reader, and the time it takes, for an index. */
  about?: string;
}

/** The options of a course in any format. */
export interface CourseOptions {
  title: string;
  /** Who made the course, and its licence. */
  byline?: string;
  /** Deno's version, such as "2.9.6". */
  deno?: string;
  edition: Edition;
  /** True where the student's edition has the solutions, too: in a folder apart, and at the end of the book. */
  solutions?: boolean;
  /** The notes that a reader should see before anything else. */
  notice?: string;
  /** The language that the prose is in, as a tag such as "en", which is also the default. */
  language?: string;
  /** The colour of links, such as "#0a558c". */
  accent?: string;
  /** The address of the script that makes web pages alive; without it, they have no script. */
  live?: string;
  /** Called with a sentence for whatever a handout cannot show; may be called with the same one again. */
  tell?: (sentence: string) => void;
  /** Ends what is made in another process. */
  signal?: AbortSignal;
  /** Takes in the files beside the notebooks that a format shows or leads to. */
  found?: Record<"pictures" | "linked", Set<FoundFile>>;
}

/** One notebook of a course on its way into a format: its document, links resolved, and its file, which no other has. */
export type CoursePart = ReturnType<typeof courseParts>[number];

/**
 * Builds the documents of a course for a format whose files end in `ending`, such as ".md". A notebook's file has the same
 * name in all formats, but for its ending.
 */
export function courseParts(
  notebooks: readonly NamedNotebook[],
  { edition, tell, found }: CourseOptions,
  ending: string,
) {
  const names = new Names(["index", "readme", "course"]); // files that some format has beside
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
  // Of two notebooks of one name, links mean the first.
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

/** The sentences that stand in a block in the place of something that is left out. */
function notesOf({ id, content }: Block): string[] {
  const isNote = (it: Element) => it.tag === "p" && hasClass(it, "note") && !hasClass(it, "solved");
  return [...elementsOf(content).filter(isNote).map((note) => `${id.replace("-", " ")}: ${wordsOf(note)}`)];
}
