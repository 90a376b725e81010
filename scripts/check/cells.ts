/** A notebook's cells as one module, so that the type checker and the linter can read them. @module */
import type { Notebook } from "../notebook/notebook.ts";

/** A line of a cell, both counted from 1. */
export interface Place {
  cell: number;
  line: number;
}

/** The cells of a notebook, one below the other. */
export interface CellModule {
  code: string;
  /** The place in the notebook of a line of `code`, counted from 1. */
  placeOf(line: number): Place | undefined;
}

/**
 * Joins the cells of code, without those that have one of the tags `without`. Line by line they stay as they are; a comment stands
 * above each.
 */
export function cellModule(notebook: Notebook, without: string[] = []): CellModule {
  const lines: string[] = [];
  const places: (Place | undefined)[] = [];
  for (const [index, cell] of notebook.cells.entries()) {
    if (cell.cell_type !== "code" || cell.metadata?.tags?.some((tag) => without.includes(tag))) continue;
    lines.push(`// cell ${index + 1}`);
    places.push(undefined);
    for (const [i, line] of cell.source.split("\n").entries()) {
      lines.push(line);
      places.push({ cell: index + 1, line: i + 1 });
    }
  }
  lines.push("export {};", "");
  return { code: lines.join("\n"), placeOf: (line) => places[line - 1] };
}
