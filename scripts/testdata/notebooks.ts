/** Tiny notebooks for tests. @module */
import { temporaryFolder } from "../common/files.ts";
import type { CodeCell, Notebook } from "../notebook/notebook.ts";

/** A notebook with a cell of code for each source; a tag goes after a source as in `["throw 1", "raises-exception"]`. */
export function notebookOf(...sources: (string | [source: string, ...tags: string[]])[]): Notebook {
  const cells = sources.map((item, index): CodeCell => {
    const [source, ...tags] = typeof item === "string" ? [item] : item;
    const metadata = tags.length > 0 ? { tags } : {};
    return {
      cell_type: "code",
      id: `cell-${index + 1}`,
      metadata,
      source,
      outputs: [],
      execution_count: null,
    };
  });
  return { metadata: {}, nbformat: 4, nbformat_minor: 5, cells };
}

/** The outputs of the cell with this number, from 1. */
export function outputsOf(notebook: Notebook, cell: number): CodeCell["outputs"] {
  return (notebook.cells[cell - 1] as CodeCell).outputs;
}

/** All that the cell with this number printed. */
export function printedBy(notebook: Notebook, cell: number): string {
  return outputsOf(notebook, cell).map((it) => it.output_type === "stream" ? it.text : "").join("");
}

/** A folder with an odd name that is removed in the end. */
export const tempFolder = () => temporaryFolder("course test ü ");
