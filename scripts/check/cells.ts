/** A notebook's cells as one module, so that the type checker and the linter can read them. @module */
import { basename } from "node:path";
import { syntaxProblem } from "../kernel/syntax_error.ts";
import type { Notebook } from "../notebook/notebook.ts";
import type { NotebookFile } from "../run/run_all.ts";

/**
 * Joins the cells of code, without those that have one of the tags `without`. Line by line they stay as they are; a comment stands
 * above each. `lines` are those of the code, each with its cell; all but the comments have a place, "cell 3, line 2".
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

/** The cells of a notebook that are no TypeScript, each with the reason. */
export function syntaxErrors({ path, notebook }: NotebookFile): string[] {
  return notebook.cells.flatMap(({ cell_type, source }, i) => {
    const problem = cell_type === "code" && syntaxProblem(source);
    return problem ? [`${basename(path)}, cell ${i + 1}, line ${problem.line}: ${problem.message}`] : [];
  });
}
