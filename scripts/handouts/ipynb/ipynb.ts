import { type CourseOptions, courseParts, type NamedNotebook } from "../document/course_parts.ts";
import { editionCells } from "../document/edition_cells.ts";
import { factsOf } from "../document/facts.ts";
import { cellMetadata, notebookMetadata } from "./metadata.ts";
import { ipynbReadme } from "./readme.ts";
import { supplies } from "./supplies.ts";
import {
  type Cell,
  checkNotebook,
  type CodeCell,
  formatNotebook,
  type Notebook,
} from "../../notebook/notebook.ts";
import { decoded } from "../document/names.ts";
import { rewriteLinks } from "../document/rewrite_links.ts";
import type { Edition, Treatment } from "../document/tags.ts";

/**
 * Renders a course as notebooks to give away: file name to content. The student's have no outputs, and a place to
 * work where a solution was; both editions keep the cells' ids, and only the metadata that a notebook needs. Where they
 * import from the project, what they import lies beside them, and a `README.md` says how to start.
 *
 * @example
 * ```ts
 * const notebook = { metadata: {}, nbformat: 4 as const, nbformat_minor: 5, cells: [] };
 * const files = renderIpynb([{ name: "01-first.ipynb", notebook }], { title: "A course", edition: "student" });
 * ```
 */
export function renderIpynb(
  notebooks: readonly NamedNotebook[],
  options: CourseOptions,
): Map<string, string> {
  const parts = courseParts(notebooks, options, ".ipynb");
  const files = new Map(
    parts.map(({ document, file, link }, index): [string, string] => {
      const made = factsOf(document, options.provenance ?? {});
      const clean = cleanNotebook(notebooks[index].notebook, document.language, options.edition, link);
      const handout = Object.fromEntries(
        made.map(({ name, values }) => [name.toLowerCase(), values.join(", ")]),
      );
      const metadata = { ...clean.metadata, handout };
      return [file, formatNotebook(checkNotebook({ ...clean, metadata }, file))];
    }),
  );
  const code = notebooks.flatMap(({ notebook }) => notebook.cells).filter((cell) =>
    cell.cell_type === "code"
  );
  const beside = supplies(code.map(({ source }) => source));
  if (beside.size > 0) files.set("README.md", ipynbReadme(parts, options));
  for (const [name, content] of beside) files.set(name, content);
  return files;
}

/** A notebook as an edition gives it away; `link` gives its links their targets, and none to those that lead nowhere. */
export function cleanNotebook(
  notebook: Notebook,
  language: string,
  edition: Edition,
  link: (href: string) => string = (href) => href,
): Notebook {
  // Headings keep the anchors that a front end gives them.
  const beside = (href: string) => href.startsWith("../") ? link(href) : link(href) && href;
  const cells = editionCells(notebook.cells, edition).flatMap(({ cell, treated }) =>
    cleanCell(cell, treated, edition, language)
  ).map((cell) =>
    cell.cell_type === "markdown" ? { ...cell, source: rewriteLinks(cell.source, beside) } : cell
  );
  return { metadata: notebookMetadata(notebook.metadata), nbformat: 4, nbformat_minor: 5, cells };
}

function cleanCell(cell: Cell, treated: Treatment, edition: Edition, language: string): Cell[] {
  if (treated.cell === "work") return [placeToWork(cell, language)];
  const metadata = cellMetadata(cell.metadata, treated, edition);
  if (cell.cell_type !== "code") return [{ ...cell, metadata, attachments: usedAttachments(cell) }];
  const isStudent = edition === "student";
  const source = treated.input === "remove" ? "" : cell.source;
  const outputs = isStudent || treated.output === "remove" ? [] : cell.outputs;
  if (treated.input === "remove" && outputs.length === 0) return [];
  return [{ ...cell, metadata, source, outputs, execution_count: isStudent ? null : cell.execution_count }];
}

/** The empty cell that a student finds in the place of a solution. */
function placeToWork({ id, cell_type }: Cell, language: string): Cell {
  if (cell_type !== "code") return { cell_type: "markdown", id, metadata: {}, source: "*Your turn*" };
  const comment = /^(?:python|r|julia|bash|ruby)$/i.test(language) ? "#" : "//";
  return {
    cell_type: "code",
    id,
    metadata: {},
    source: `${comment} Your turn`,
    outputs: [],
    execution_count: null,
  };
}

/** Attachments that the text shows: what is left over from an earlier version is nobody's business. */
function usedAttachments(cell: Exclude<Cell, CodeCell>): typeof cell.attachments {
  const used = new Set(
    [...cell.source.matchAll(/attachment:([^\s)"'>]+)/g)].map(([, name]) => decoded(name)),
  );
  const kept = Object.entries(cell.attachments ?? {}).filter(([name]) => used.has(name));
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}
