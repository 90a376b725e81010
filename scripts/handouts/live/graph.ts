/** The dependencies between the cells of a page. @module */
import type { Program } from "./cell.ts";

/** A cell as the page sends it. */
export interface PageCell {
  source: string;
  /** Its number in error messages. */
  number: number;
  /** Values of parameters, which replace those that it declares. */
  values: Record<string, unknown>;
  /** True if it runs only on request. */
  takesTime: boolean;
}

/** A cell that is compiled and loaded. */
export interface Cell extends PageCell, Omit<Program, "script"> {
  run: () => Promise<void>;
  /** Its names, once it has run. */
  names?: PropertyDescriptorMap;
  /** Its names as its script defines them; their setters reach the variables that its functions read. */
  variables?: PropertyDescriptorMap;
}

/** All cells, in order. */
export const cells: Cell[] = [];

/** Returns the last cell above another that defines a name, or -1. */
function definer(name: string, below: number): number {
  return cells.slice(0, below).findLastIndex(({ defines }) => defines.includes(name));
}

/** Returns the cells that a cell needs, directly or through the functions of others, and the names it needs of each. */
export function needsOf(cell: number): Map<number, string[]> {
  const names = new Set(cells[cell].uses);
  for (const name of names) { // including those added meanwhile
    const at = definer(name, cell);
    const { uses = [], functions = [] } = cells[at] ?? {};
    const anew = functions.filter((other) => definer(other, cell) > at);
    for (const other of [...uses, ...anew]) names.add(other);
  }
  const needs = Map.groupBy(names, (name) => definer(name, cell));
  needs.delete(-1);
  return needs;
}

/** Returns the cells below that need a cell, or some of its names. */
export function dependents(cell: number, names = cells[cell]?.defines): number[] {
  const isNeeded = (other: number) => needsOf(other).get(cell)?.some((name) => names.includes(name));
  return cells.keys().filter(isNeeded).toArray();
}

/** Globals that a page lacks. */
const lacking = new Set("Deno process require Buffer fetch WebSocket XMLHttpRequest close".split(" "));

/** Returns a module or global that a cell needs and a page lacks, if there is one. */
export function lackOf(cell: number): string | undefined {
  const { modules, uses } = cells[cell];
  return modules.find((it) => it !== "@course/lib") ??
    uses.intersection(lacking).values().find((name) => definer(name, cell) < 0);
}
