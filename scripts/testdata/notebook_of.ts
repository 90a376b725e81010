import { checkNotebook, type Notebook } from "../notebook.ts";

/** A notebook of these cells of code, a line of text between them. */
export function notebookOf(...sources: string[]): Notebook {
  const cells = sources.flatMap((source, i) => [
    { cell_type: "markdown", id: `text-${i}`, metadata: {}, source: "Text." },
    { cell_type: "code", id: `code-${i}`, metadata: {}, execution_count: null, outputs: [], source },
  ]);
  return checkNotebook({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }, "test.ipynb");
}
