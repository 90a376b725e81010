/** Values for the parameters of several notebooks at once. @module */
import { basename } from "node:path";
import { CourseError } from "../common/errors.ts";
import type { Notebook } from "../notebook/notebook.ts";
import { assign, type Assignment } from "./assign.ts";
import { parametersCell, readParameters } from "./declaration.ts";
import { inject } from "./inject.ts";

/**
 * The notebooks with the values in those that have a parameter of the name. Throws a `CourseError` for a name that
 * none of them has, and for a value that is not allowed.
 */
export function injectAcross<N extends { path: string; notebook: Notebook }>(
  notebooks: N[],
  assignments: Assignment[],
): N[] {
  if (assignments.length === 0) return notebooks;
  const found = new Set<string>();
  const changed = notebooks.map((named) => {
    const name = basename(named.path);
    const parameters = parametersCell(named.notebook) < 0 ? [] : readParameters(named.notebook, name);
    const here = assignments.filter((assignment) => parameters.some(({ name }) => name === assignment.name));
    if (here.length === 0) return named;
    for (const { name } of here) found.add(name);
    const values = assign(parameters, here, {}, name);
    return { ...named, notebook: inject(named.notebook, parameters, values, { input: name, output: name }) };
  });
  const unknown = assignments.find(({ name }) => !found.has(name));
  if (unknown) {
    throw new CourseError(`Cannot set ${unknown.name}: none of the notebooks has such a parameter.`);
  }
  return changed;
}
