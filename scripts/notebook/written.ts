import type { Showable } from "../../lib/display.ts";
import type { Cell, MimeBundle, Notebook } from "./notebook.ts";

/** Builds a notebook from Markdown cells and cells of outputs. */
export function notebookOf(parts: (string | Showable[])[]): Notebook {
  const cells = parts.map((part, i): Cell => {
    const cell = { id: `cell-${i + 1}`, metadata: {} };
    if (typeof part === "string") return { ...cell, cell_type: "markdown", source: part };
    const outputs = part.map(({ bundle }) => ({
      output_type: "display_data" as const,
      data: bundle as MimeBundle,
      metadata: {},
    }));
    return { ...cell, cell_type: "code", source: "", execution_count: null, outputs };
  });
  return { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
}
