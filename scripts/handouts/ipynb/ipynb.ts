import { type CourseOptions, type CoursePart, courseParts, type NamedNotebook } from "../document/parts.ts";
import { factsOf, type HandoutDocument } from "../document/document.ts";
import { editionCells } from "../document/edition_cells.ts";
import { cellMetadata, notebookMetadata } from "./metadata.ts";
import { escapeMarkdown, listOf } from "../md/markdown.ts";
import { supplies } from "./supplies.ts";
import { type Cell, checkNotebook, type CodeCell, formatNotebook } from "../../notebook/notebook.ts";
import type { Notebook } from "../../notebook/notebook.ts";
import { decoded } from "../document/names.ts";
import { Places } from "../document/places.ts";
import type { Edition, Treatment } from "../document/tags.ts";

/**
 * Renders a course as notebooks to hand out, by file name. Students' notebooks have no outputs, and a place to work in place of
 * each solution. Both editions keep the cells' ids and only the metadata that a notebook needs. If they import from the
 * project, the imported files lie beside them, and a `README.md` says how to start.
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
  const files = new Map<string, string>();
  for (const [at, { document, file, link }] of parts.entries()) {
    const clean = cleanNotebook(notebooks[at].notebook, document, link);
    const facts = factsOf(document, options).map((it) => [it.name.toLowerCase(), it.values.join(", ")]);
    const metadata = { ...clean.metadata, handout: Object.fromEntries(facts) };
    files.set(file, formatNotebook(checkNotebook({ ...clean, metadata }, file)));
  }
  const cells = notebooks.flatMap(({ notebook }) => notebook.cells);
  const beside = supplies(cells.flatMap(({ cell_type, source }) => cell_type === "code" ? source : []));
  if (beside.size > 0) files.set("README.md", readme(parts, options));
  for (const [name, content] of beside) files.set(name, content);
  return files;
}

/** A notebook as its document's edition hands it out. `link` maps links to their targets, or to "" if they lead nowhere. */
export function cleanNotebook(notebook: Notebook, document: HandoutDocument, link = (href: string) => href) {
  const { edition, language } = document;
  // A link to a heading keeps its anchor: front ends make their own.
  const beside = (href: string) => {
    const [file] = link(href).split("#");
    return href.startsWith("#") ? href : file && file + (/#.*$/s.exec(href)?.[0] ?? "");
  };
  const cells = editionCells(notebook.cells, edition)
    .flatMap(({ cell, treated }) => cleanCell(cell, treated, edition, language))
    .map((cell) => cell.cell_type === "code" ? cell : cleanText(cell, beside));
  return { metadata: notebookMetadata(notebook.metadata), nbformat: 4, nbformat_minor: 5, cells } as const;
}

function cleanCell(cell: Cell, treated: Treatment, edition: Edition, language: string): Cell[] {
  if (treated.cell === "work") return [placeToWork(cell, language)];
  const metadata = cellMetadata(cell.metadata, treated, edition);
  if (cell.cell_type !== "code") return [{ ...cell, metadata }];
  const isStudent = edition === "student";
  const source = treated.input === "remove" ? "" : cell.source;
  const outputs = isStudent || treated.output === "remove" ? [] : cell.outputs;
  if (treated.input === "remove" && outputs.length === 0) return [];
  return [{ ...cell, metadata, source, outputs, execution_count: isStudent ? null : cell.execution_count }];
}

/** The empty cell that replaces a solution. */
function placeToWork({ id, cell_type }: Cell, language: string): Cell {
  const cell = { id, metadata: {} };
  if (cell_type !== "code") return { cell_type: "markdown", ...cell, source: "*Your turn*" };
  const comment = /^(?:python|r|julia|bash|ruby)$/i.test(language) ? "#" : "//";
  return { cell_type, ...cell, source: `${comment} Your turn`, outputs: [], execution_count: null };
}

/** Prose with its links mapped, and with only the attachments that it shows: others may be leftovers that were never meant to be seen. */
function cleanText(cell: Exclude<Cell, CodeCell>, to: (href: string) => string): typeof cell {
  const shown = new Set<string>();
  const source = new Places(cell.source).withLinks((href) => {
    shown.add(decoded(href));
    return to(href);
  });
  const kept = Object.entries(cell.attachments ?? {}).filter(([name]) => shown.has(`attachment:${name}`));
  const attachments = kept.length > 0 ? Object.fromEntries(kept) : undefined;
  return { ...cell, source: cell.cell_type === "markdown" ? source : cell.source, attachments };
}

/** The page that says how to run the notebooks beside it. */
function readme(parts: CoursePart[], { title, edition, solutions, notice, deno }: CourseOptions): string {
  const made = deno ? `; these were made with version ${escapeMarkdown(deno)}` : "";
  const edited = edition === "teacher"
    ? "This is the teacher’s edition: the solutions are in it."
    : "Outputs appear when you run a cell. Change the cell of an exercise, and run the check below it. _Your turn_ marks " +
      `other places that are yours.${solutions ? " The folder `solutions` has the solutions." : ""}`;
  return `# ${escapeMarkdown(title)}

${listOf(parts)}

${notice ?? edited}

## How to run them

1. Install [Deno](https://docs.deno.com/runtime/getting_started/installation/)${made}.
2. Tell Jupyter about Deno’s kernel, once: \`deno jupyter --install\`
3. Open this folder in JupyterLab (\`pip install jupyterlab\`) or VS Code (with the extension _Jupyter_), open the first notebook, and choose the kernel _Deno_. (Where the course's own project is at hand, _Deno (course)_ is the better one: it loses no output, and Stop keeps your variables.)

The folder works wherever you put it, as long as it stays together: \`lib/\` holds the code that the notebooks import,
and \`deno.json\` names its versions. The first run fetches what \`lib/\` needs from npm; later ones work offline.
`;
}
