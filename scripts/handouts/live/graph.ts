/** The dependencies between the cells of a page. @module */
import type { Program } from "./cell.ts";

/** A cell as its page has it. */
export interface Given {
  source: string;
  /** The number by which errors call it. */
  number: number;
  /** The values of parameters, in place of those that it declares. */
  values: Record<string, unknown>;
  /** True if it runs only when it is asked for. */
  takesTime: boolean;
}

/** A cell of the page, with what has become of it. */
export interface Cell extends Given, Omit<Program, "script"> {
  run: () => Promise<void>;
  /** Its names, when it has run. */
  names?: PropertyDescriptorMap;
  /** The setters of its variables themselves, which its own functions read. */
  variables?: PropertyDescriptorMap;
}

/** All cells, in order. */
export const cells: Cell[] = [];

/** The last cell above one that defines a name. */
function definer(name: string, below: number): number {
  return cells.slice(0, below).findLastIndex(({ defines }) => defines.includes(name));
}

/** The cells that one needs, directly or by another's functions, with the names that are needed of each. */
export function needsOf(cell: number): Map<number, string[]> {
  const names = new Set(cells[cell].uses);
  for (const name of names) { // those that are added meanwhile, too
    const at = definer(name, cell);
    const { uses = [], functions = [] } = cells[at] ?? {};
    const anew = functions.filter((other) => definer(other, cell) > at);
    for (const other of [...uses, ...anew]) names.add(other);
  }
  const needs = Map.groupBy(names, (name) => definer(name, cell));
  needs.delete(-1);
  return needs;
}

/** The cells below that need one, or one of some names of it. */
export function dependents(cell: number, names = cells[cell]?.defines): number[] {
  const isNeeded = (other: number) => needsOf(other).get(cell)?.some((name) => names.includes(name));
  return cells.keys().filter(isNeeded).toArray();
}

/** Names of what a page has not. */
const lacking = new Set("Deno process require Buffer fetch WebSocket XMLHttpRequest close".split(" "));

/** Something that a cell needs and a page has not, if there is any. */
export function lackOf(cell: number): string | undefined {
  const { modules, uses } = cells[cell];
  return modules.find((it) => it !== "@course/lib") ??
    uses.intersection(lacking).values().find((name) => definer(name, cell) < 0);
}
