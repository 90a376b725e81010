/** Puts values into a notebook, by papermill's convention. @module */
import type { CodeCell, Notebook } from "../notebook/notebook.ts";
import { hasTag, type Parameter, parametersCell, type Value } from "./declaration.ts";
import { literal, type Values } from "./value.ts";

/** The version of papermill whose records these are like. */
const PAPERMILL = "2.7.0";

/**
 * A copy of the notebook with an `injected-parameters` cell below its `parameters` cell, in place of one that an
 * earlier run may have left; and with papermill's record of the values in its metadata.
 */
export function inject(
  notebook: Notebook,
  parameters: Parameter[],
  values: Values,
  paths: { input: string; output: string },
): Notebook {
  const cells = notebook.cells.filter((cell) => !hasTag(cell, "injected-parameters"));
  const at = parametersCell({ ...notebook, cells });
  const ids = new Set(cells.map((cell) => cell.id));
  let id = "injected-parameters";
  for (let n = 2; ids.has(id); n++) id = `injected-parameters-${n}`;
  const injected: CodeCell = {
    cell_type: "code",
    id,
    metadata: { tags: ["injected-parameters"] },
    execution_count: null,
    outputs: [],
    source: ["// Parameters", ...declarations(parameters, values)].join("\n"),
  };
  return {
    ...notebook,
    cells: [...cells.slice(0, at + 1), injected, ...cells.slice(at + 1)],
    metadata: {
      ...notebook.metadata,
      papermill: {
        default_parameters: {},
        environment_variables: {},
        input_path: paths.input,
        output_path: paths.output,
        parameters: Object.fromEntries([...values].map(([name, value]) => [name, storable(value)])),
        version: PAPERMILL,
      },
    },
  };
}

function declarations(parameters: Parameter[], values: Values): string[] {
  return parameters.flatMap((parameter) => {
    const value = values.get(parameter.name);
    return value === undefined ? [] : [declaration(parameter, value)];
  });
}

function declaration(parameter: Parameter, value: Value): string {
  return `${parameter.keyword} ${parameter.name}: ${typeOf(parameter)} = ${literal(value)};`;
}

/** The type as TypeScript writes it: that of a choice names what can be chosen. */
function typeOf({ type, choices }: Parameter): string {
  return choices?.map(literal).join(" | ") ?? type;
}

/** A value as JSON can store it: there is no `Infinity` in it. */
export function storable(value: Value): Value {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}
