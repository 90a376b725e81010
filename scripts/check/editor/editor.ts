/** Draws cells as an editor shows them, into Markdown cells with the metadata `{"editor": {"cell": "ID"}}`. @module */
import { basename } from "node:path";
import { escapeMarkup } from "../../../lib/escape.ts";
import { CourseError } from "../../common/errors.ts";
import { type Cell, type Notebook, writeNotebook } from "../../notebook/notebook.ts";
import type { NotebookFile } from "../../run/run_all.ts";
import { cellModule } from "../cells.ts";
import { findings } from "./findings.ts";
import { draw } from "./picture.ts";

/** Matches comments that silence TypeScript, whose errors the picture is to show. */
const silencers = /^[ \t]*\/\/ @ts-(?:ignore|expect-error).*\n/gm;

/**
 * Returns the notebook with its pictures drawn. They are `data:` URLs in raw HTML: JupyterLab shows no attached SVG, and
 * markdown-it, which VS Code uses, rejects an SVG `data:` URL in Markdown's own `![]()`.
 *
 * @throws {CourseError} if a picture's metadata does not name a code cell.
 */
export function withPictures({ path, notebook }: NotebookFile): Notebook {
  const cells = notebook.cells.map((cell, i): Cell => {
    const { editor } = cell.metadata as { editor?: { cell?: string } };
    if (!editor || cell.cell_type !== "markdown") return cell;
    const at = notebook.cells.findIndex(({ id, cell_type }) => id === editor.cell && cell_type === "code");
    if (at < 0) {
      const why = `its editor.cell, ${JSON.stringify(editor.cell)}, is not the id of a code cell`;
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

/** Returns a sentence for each picture that is out of date; with `update`, redraws it instead. */
export async function checkEditor({ path, notebook }: NotebookFile, update = false): Promise<string[]> {
  const { cells } = withPictures({ path, notebook });
  const old = cells.flatMap(({ source }, i) => source === notebook.cells[i].source ? [] : [i + 1]);
  if (!update) return old.map((cell) => `${basename(path)}, cell ${cell}: ${wayOut}`);
  if (old.length > 0) await writeNotebook(path, { ...notebook, cells });
  return [];
}

const wayOut = "the picture is out of date; run deno task check --update, look at it, and commit it";
