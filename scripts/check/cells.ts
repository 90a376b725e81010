/** Joins a notebook's cells into one module, for the type checker and the linter. @module */
import { basename } from "node:path";
import { syntaxProblem } from "../kernel/syntax_error.ts";
import type { Notebook } from "../notebook/notebook.ts";
import type { NotebookFile } from "../run/run_all.ts";

/**
 * Joins the code cells, except those that have one of the tags `without`; a comment precedes each. `lines` has the cell of
 * each line of the result, and its place, "cell 3, line 2", which the comments lack.
 */
export function cellModule(notebook: Notebook, without: string[] = []) {
  const lines = notebook.cells.flatMap((cell, i) => {
    if (cell.cell_type !== "code" || cell.metadata.tags?.some((tag) => without.includes(tag))) return [];
    return [`// cell ${i + 1}`, ...cell.source.split("\n")].map((text, n) => {
      return { text, cell, place: n > 0 ? `cell ${i + 1}, line ${n}` : undefined };
    });
  });
  return { code: [...lines.map(({ text }) => text), "export {};", ""].join("\n"), lines };
}

/** Returns the syntax error of each cell that has one. */
export function syntaxErrors({ path, notebook }: NotebookFile): string[] {
  return notebook.cells.flatMap(({ cell_type, source }, i) => {
    const problem = cell_type === "code" && syntaxProblem(source);
    return problem ? [`${basename(path)}, cell ${i + 1}, line ${problem.line}: ${problem.message}`] : [];
  });
}
