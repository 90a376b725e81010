/** Runs a notebook with other values for its parameters, into a file and a page of their own. @module */
import { basename } from "node:path";
import { courseOf, pageOptions } from "../common/course.ts";
import { makeFolder, writeWhole } from "../common/files.ts";
import { publicPath } from "../common/project.ts";
import { Files } from "../handouts/document/references.ts";
import { renderPage } from "../handouts/html/html.ts";
import { readNotebook } from "../notebook/notebook.ts";
import { assign } from "../parameters/assign.ts";
import { type Parameter, readParameters } from "../parameters/declaration.ts";
import { fileNameOf, placeFor } from "../parameters/file_name.ts";
import { inject } from "../parameters/inject.ts";
import { literal, plainly, type Value } from "../parameters/type.ts";
import type { Executed, ExecuteOptions } from "../run/execute.ts";
import { partialPath, runFile } from "../run/run.ts";
import type { NotebookFile } from "../run/run_all.ts";

/** A notebook that is ready to run. */
export interface Planned extends NotebookFile {
  /** The place of its results, without an ending, where that is not its own. */
  place?: string;
  /** Runs it and writes what came of it; what has run is kept beside that in a partial notebook where a cell fails. */
  run(options: ExecuteOptions): Promise<Executed>;
}

/**
 * Puts values into the notebook at `path`; the results will be in the folder `out`, in files that are named for what
 * changed, and that hold no other notebook's result, of those that are there or that are `taken`. Throws a `CourseError` for
 * values that the notebook does not take.
 */
export async function planWith(
  path: string,
  given: ReadonlyMap<string, unknown>,
  out: string,
  taken: string[] = [],
): Promise<Planned> {
  const original = await readNotebook(path);
  const parameters = readParameters(original, basename(path));
  const values = assign(parameters, given, basename(path));
  const set = parameters.filter(({ name }) => values.has(name));
  const name = fileNameOf(set.map(({ name }) => [name, plainly(values.get(name))]));
  const endings = [".ipynb", partialPath(".ipynb")];
  const { place, origin } = await placeFor(path, out, name, endings, taken);
  const [output, page] = [`${place}.ipynb`, `${place}.html`];
  const paths = { input: publicPath(path), output: publicPath(output) };
  const injected = inject(original, parameters, values, paths);
  const notebook = { ...injected, metadata: { ...injected.metadata, result_of: origin } };
  const other = set.filter(({ name, default: usual }) => literal(values.get(name)!) !== literal(usual));
  const list = (valueOf: (parameter: Parameter) => Value | undefined) =>
    other.map((parameter) => `${parameter.name} = ${plainly(valueOf(parameter))}`).join(", ");
  const [now, usual] = [list(({ name }) => values.get(name)), list((it) => it.default)];
  const notice = now && `This run has ${now}. The text was written for ${usual}.`;
  return {
    ...{ path, notebook, place },
    async run(options) {
      await makeFolder(out);
      const executed = await runFile(path, { ...options, notebook, output });
      const find = new Files([path]).finder(path, () => {});
      const source = { name: basename(output), notebook: executed.notebook, find };
      const settings = { ...pageOptions(await courseOf(path)), edition: "student", notice } as const;
      await writeWhole(page, renderPage(source, settings));
      return executed;
    },
  };
}
