/** Pictures of cells as an editor shows them, in Markdown cells with the metadata `{"editor": {"cell": "ID"}}`. @module */
import { basename } from "node:path";
import { escapeMarkup } from "../../../lib/escape.ts";
import { CourseError } from "../../common/errors.ts";
import { type Cell, type Notebook, writeNotebook } from "../../notebook/notebook.ts";
import type { NotebookFile } from "../../run/run_all.ts";
import { cellModule } from "../cells.ts";
import { findings } from "./findings.ts";
import { draw } from "./picture.ts";

/** The comments that keep TypeScript quiet: the picture is there to show what it would say. */
const silencers = /^[ \t]*\/\/ @ts-(?:ignore|expect-error).*\n/gm;

/**
 * Returns the notebook with its pictures drawn. They are `data:` URLs in raw HTML: JupyterLab shows no attached SVG,
 * and markdown-it, with which VS Code renders, takes none as a `data:` URL in Markdown's own `![]()`.
 *
 * @throws {CourseError} if a picture's metadata name no cell of code.
 */
export function withPictures({ path, notebook }: NotebookFile): Notebook {
  const cells = notebook.cells.map((cell, i): Cell => {
    const { editor } = cell.metadata as { editor?: { cell?: string } };
    if (!editor || cell.cell_type !== "markdown") return cell;
    const at = notebook.cells.findIndex(({ id, cell_type }) => id === editor.cell && cell_type === "code");
    if (at < 0) {
      const why = `its editor.cell, ${JSON.stringify(editor.cell)}, is the id of no cell of code`;
      throw new CourseError(`Cannot draw the picture in ${basename(path)}, cell ${i + 1}: ${why}.`);
    }
    const before = cellModule({ ...notebook, cells: notebook.cells.slice(0, at) }, ["solution"]);
    const code = notebook.cells[at].source.replace(silencers, "");
    const { svg, alt } = draw(code, findings(code, before.code));
    const src = `data:image/svg+xml;base64,${new TextEncoder().encode(svg).toBase64()}`;
    return { ...cell, source: `<img alt="${escapeMarkup(alt)}" src="${src}">` };
  });
  return { ...notebook, cells };
}

/** Returns a sentence for each picture that is not what the compiler says now; with `update`, draws it instead. */
export async function checkEditor({ path, notebook }: NotebookFile, update = false): Promise<string[]> {
  const { cells } = withPictures({ path, notebook });
  const old = cells.flatMap(({ source }, i) => source === notebook.cells[i].source ? [] : [i + 1]);
  if (!update) return old.map((cell) => `${basename(path)}, cell ${cell}: ${wayOut}`);
  if (old.length > 0) await writeNotebook(path, { ...notebook, cells });
  return [];
}

const wayOut =
  "the picture is not what an editor shows now; run deno task check --update, look at it, and commit it";
