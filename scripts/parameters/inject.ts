/** Injects values into a notebook, by papermill's convention. @module */
import { basename } from "node:path";
import { CourseError } from "../common/errors.ts";
import { freeName } from "../common/files.ts";
import type { Notebook } from "../notebook/notebook.ts";
import { assign, type Assignments } from "./assign.ts";
import { hasTag, type Parameter, parametersCells, readParameters } from "./declaration.ts";
import { literal, storable, type Values } from "./type.ts";

/**
 * Returns a copy of the notebook with an `injected-parameters` cell below its `parameters` cell, which replaces that of an
 * earlier run; and with papermill's record of the values in its metadata.
 */
export function inject(
  notebook: Notebook,
  parameters: Parameter[],
  values: Values,
  paths: { input: string; output: string },
): Notebook {
  const cells = notebook.cells.filter((cell) => !hasTag(cell, "injected-parameters"));
  const declared = parameters.filter(({ name }) => values.has(name)).map(({ keyword, name, type }) =>
    `${keyword} ${name}: ${type.written} = ${literal(values.get(name)!)};`
  );
  cells.splice(parametersCells({ ...notebook, cells })[0] + 1, 0, {
    cell_type: "code",
    id: freeName("injected-parameters", cells.map(({ id }) => id)),
    metadata: { tags: ["injected-parameters"] },
    execution_count: null,
    outputs: [],
    source: ["// Parameters", ...declared].join("\n"),
  });
  const papermill = {
    default_parameters: {},
    environment_variables: {},
    input_path: paths.input,
    output_path: paths.output,
    parameters: JSON.parse(JSON.stringify(Object.fromEntries(values), storable)),
    version: "2.7.0", // of papermill, whose format this is
  };
  return { ...notebook, cells, metadata: { ...notebook.metadata, papermill } };
}

/**
 * Injects each value into those of the notebooks that have the parameter.
 *
 * @throws {CourseError} for a parameter that none of them has, and for a value that is not allowed.
 */
export function injectAcross<N extends { path: string; notebook: Notebook }>(
  notebooks: N[],
  assignments: Assignments,
): N[] {
  const found = new Set<string>();
  const changed = notebooks.map((named) => {
    const name = basename(named.path);
    if (assignments.size === 0 || parametersCells(named.notebook).length === 0) return named;
    const parameters = readParameters(named.notebook, name);
    const values = assign(parameters, assignments);
    if (values.size === 0) return named;
    for (const name of values.keys()) found.add(name);
    return { ...named, notebook: inject(named.notebook, parameters, values, { input: name, output: name }) };
  });
  const unknown = assignments.keys().find((name) => !found.has(name));
  if (unknown === undefined) return changed;
  throw new CourseError(`Cannot set ${unknown}: none of the notebooks has such a parameter.`);
}
