/** A notebook's cells as one module, so that the type checker and the linter can read them. @module */
import { basename } from "node:path";
import { syntaxErrorIn } from "../kernel/syntax_error.ts";
import type { Notebook } from "../notebook/notebook.ts";
import type { NotebookFile } from "../run/run_all.ts";

/** A line of a cell, both counted from 1. */
interface Place {
  cell: number;
  line: number;
}

/**
 * Joins the cells of code, without those that have one of the tags `without`. Line by line they stay as they are; a comment stands
 * above each. `placeOf` returns the place in the notebook of a line of the code, counted from 1.
 */
export function cellModule(notebook: Notebook, without: string[] = []) {
  const lines = notebook.cells.flatMap((cell, i): { text: string; place?: Place }[] => {
    if (cell.cell_type !== "code" || cell.metadata.tags?.some((tag) => without.includes(tag))) return [];
    const texts = cell.source.split("\n");
    const own = texts.map((text, n) => ({ text, place: { cell: i + 1, line: n + 1 } }));
    return [{ text: `// cell ${i + 1}` }, ...own];
  });
  const code = [...lines.map(({ text }) => text), "export {};", ""].join("\n");
  return { code, placeOf: (line: number) => lines[line - 1]?.place };
}

/** The cells of a notebook that are no TypeScript, each with the reason. */
export function syntaxErrors({ path, notebook }: NotebookFile): string[] {
  return notebook.cells.flatMap(({ cell_type, source }, i) => {
    const why = cell_type === "code" && syntaxErrorIn(source);
    return why ? [`${basename(path)}, cell ${i + 1}: ${why}`] : [];
  });
}
