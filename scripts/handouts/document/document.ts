import { fileStem } from "../../common/files.ts";
import { hasTag, readDeclarations } from "../../parameters/declaration.ts";
import { literal } from "../../parameters/type.ts";
import type { Notebook } from "../../notebook/notebook.ts";
import { blockOf, type Draft, draftOf } from "./blocks.ts";
import { type EditionCell, editionCells } from "./edition_cells.ts";
import { plainText, proseContent, type Token } from "./markdown.ts";
import { Names, slug } from "./names.ts";
import type { Edition } from "./tags.ts";

export type { Block, WorkBlock } from "./blocks.ts";

/**
 * A notebook prepared for every format. It no longer contains what its edition leaves out: a format that shows all of a document
 * cannot leak a solution, and no format looks at tags.
 */
export type HandoutDocument = ReturnType<typeof newDocument>;

/** A heading. Its `id` is an anchor, unique in the document. Only the title has level 1. */
export type Heading = ReturnType<typeof nameHeadings>[number];

/** The edition, and the notebook's file name or path, which is its title if it has no other. */
type DocumentOptions = { name: string; edition: Edition };

const built = new WeakMap<Notebook, Map<string, HandoutDocument>>();

/**
 * Makes a document from a notebook: applies tags and edition, finds the title and headings, chooses representations. All
 * formats share one document, so none of them may change it.
 */
export function buildDocument(notebook: Notebook, options: DocumentOptions): HandoutDocument {
  return built.getOrInsertComputed(notebook, () => new Map<string, HandoutDocument>())
    .getOrInsertComputed(`${options.edition} ${options.name}`, () => newDocument(notebook, options));
}

function newDocument(notebook: Notebook, { name, edition }: DocumentOptions) {
  const { kernelspec, language_info } = notebook.metadata;
  const language = String(kernelspec?.language ?? language_info?.name ?? "typescript");
  const ids = new Names(["content", "contents"]);
  const shown = editionCells(notebook.cells, edition);
  const drafts = shown.map((it) => draftOf(it, ids.claim(`cell-${it.cell.id}`)));
  const { title, attachments } = liftTitle(drafts);
  const headings = nameHeadings(drafts, ids);
  const stem = fileStem(name);
  const titleContent = title ? proseContent([title], { ids, attachments }) : [stem];
  const blocks = drafts.flatMap((draft) => blockOf(draft, { ids, language }) ?? []);
  const version = [language_info?.name, language_info?.version].filter(Boolean).join(" ");
  return {
    /** The notebook's file name, without folder and extension. */
    name: stem,
    edition,
    /** The text of the first top-level heading, which is removed from its block; without one, the file's name. */
    title: title && plainText(title) || stem,
    /** The title with its markup. */
    titleContent,
    /** The title as its author wrote it; undefined if it is the file's name. */
    titleMarkdown: title?.content,
    language,
    /** The headings below the title, in order, with no level skipped. */
    headings,
    blocks,
    parameters: parametersOf(shown),
    /** The kernel, as the notebook names it: "Deno, TypeScript 5.9". */
    kernel: [kernelspec?.display_name, version].filter(Boolean).join(", "),
  };
}

/** Removes the first top-level heading from its draft; returns its inline token and its cell's attachments. */
function liftTitle(drafts: Draft[]): { title?: Token; attachments?: Draft["attachments"] } {
  for (const draft of drafts) {
    const at = draft.tokens.findIndex(({ type, tag, level }) =>
      type === "heading_open" && tag === "h1" && level === 0
    );
    if (at < 0) continue;
    const [{ map }, title] = draft.tokens.splice(at, 3);
    draft.markdown = draft.markdown.split("\n").toSpliced(map![0], map![1] - map![0]).join("\n");
    return { title, attachments: draft.attachments };
  }
  return {};
}

/** Gives each heading an id and a level. No level is skipped, and level 1 is reserved for the title. */
function nameHeadings(drafts: Draft[], ids: Names) {
  const headings: { level: number; text: string; id: string }[] = [];
  let above = 1;
  for (const { tokens } of drafts) {
    tokens.forEach((open, index) => {
      if (open.type !== "heading_open") return;
      const text = plainText(tokens[index + 1]);
      const level = Math.min(Math.max(Number(open.tag[1]), 2), above + 1);
      const id = ids.claim(slug(text));
      open.tag = tokens[index + 2].tag = `h${level}`;
      open.attrSet("id", id);
      above = level;
      headings.push({ level, text, id });
    });
  }
  return headings;
}

/** The values of the parameters in shown cells, as source text. The last declaration of a name counts. */
function parametersOf(shown: EditionCell[]): ReadonlyMap<string, string> {
  const tagged = shown.filter(({ cell, treated }) =>
    treated.cell === "keep" && (hasTag(cell, "parameters") || hasTag(cell, "injected-parameters"))
  );
  return new Map(tagged.flatMap(({ cell }) => valuesIn(cell.source)));
}

function valuesIn(source: string): [name: string, value: string][] {
  try {
    return readDeclarations(source, "the cell").map(({ name, default: value }) => [name, literal(value)]);
  } catch {
    return []; // another language, or no parameters
  }
}

/**
 * The facts needed to make a handout again: notebook, edition, parameters including the seed, kernel and versions. If `code` is
 * true, the values are source text.
 */
export function factsOf(
  document: HandoutDocument | undefined,
  { title, byline, deno }: { title?: string; byline?: string; deno?: string },
) {
  const values: Record<string, (string | undefined)[]> = {
    Course: [byline && [title, byline].filter(Boolean).join(" · ")],
    Notebook: [document && `${document.name}.ipynb, ${document.edition}’s edition`],
    Parameters: Array.from(document?.parameters ?? [], (parameter) => parameter.join(" = ")),
    Kernel: [document?.kernel],
    Versions: [deno && `Deno ${deno}`],
  };
  return Object.entries(values).flatMap(([name, given]) => {
    const values = given.flatMap((it) => it || []);
    return values.length > 0 ? [{ name, values, code: name === "Parameters" }] : [];
  });
}
