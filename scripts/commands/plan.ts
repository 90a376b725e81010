/** Plans and runs notebooks, either in place or, with other values for their parameters, into new files. @module */
import { basename, dirname } from "node:path";
import { courseOf, pageOptions } from "../common/course.ts";
import { makeFolder, writeWhole } from "../common/files.ts";
import { publicPath } from "../common/project.ts";
import { readNotebook } from "../notebook/notebook.ts";
import { assign, parameterNamed } from "../parameters/assign.ts";
import { readParameters } from "../parameters/declaration.ts";
import { fileNameOf, placeFor } from "../parameters/file_name.ts";
import { inject } from "../parameters/inject.ts";
import { literal, plainly, type Values } from "../parameters/type.ts";
import type { ExecuteOptions } from "../run/execute.ts";
import { partialPath, runFile } from "../run/run.ts";
import type { NotebookFile } from "../run/run_all.ts";

/** A notebook that is ready to run. */
export interface Planned extends NotebookFile {
  /** The path of its results, without an extension, unless it runs in place. */
  place?: string;
  /** The sentences at the top of its page. */
  notice?: string;
}

/**
 * Plans a run of the notebook at `path`: in place, or with the `given` values for its parameters. Results with other values
 * go into the folder `out`, in files named for the values, and never overwrite those of another notebook or a path that is
 * `taken`.
 *
 * @throws {CourseError} if the notebook does not accept the values.
 */
export async function planRun(path: string, given: Map<string, unknown>, out: string, taken: string[] = []) {
  const original = await readNotebook(path);
  if (given.size === 0) return { path, notebook: original };
  const parameters = readParameters(original, basename(path));
  for (const name of given.keys()) parameterNamed(parameters, name, basename(path)); // or throws
  const values = assign(parameters, given);
  const endings = [".ipynb", partialPath(".ipynb")];
  const { place, origin } = await placeFor(path, out, fileNameOf(values), endings, taken);
  const paths = { input: publicPath(path), output: publicPath(`${place}.ipynb`) };
  const injected = inject(original, parameters, values, paths);
  const notebook = { ...injected, metadata: { ...injected.metadata, result_of: origin } };
  const usual: Values = new Map(parameters.map((it) => [it.name, it.default]));
  const other = [...values.keys()].filter((it) => literal(values.get(it)!) !== literal(usual.get(it)!));
  const list = (of: Values) => other.map((name) => `${name} = ${plainly(of.get(name))}`).join(", ");
  const notice = list(values) && `This run has ${list(values)}. The text was written for ${list(usual)}.`;
  return { path, notebook, place, notice };
}

/** Runs a notebook and writes its results. If a cell fails, a partial notebook keeps the outputs so far. */
export async function runPlanned({ path, notebook, place, notice }: Planned, options: ExecuteOptions = {}) {
  if (place === undefined) return await runFile(path, { ...options, notebook });
  await makeFolder(dirname(place));
  const output = `${place}.ipynb`;
  const executed = await runFile(path, { ...options, notebook, output });
  const { Files } = await import("../handouts/document/references.ts"); // a run in place needs no pages
  const { renderPage } = await import("../handouts/html/html.ts");
  const find = new Files([path]).finder(path, () => {});
  const source = { name: basename(output), notebook: executed.notebook, find };
  const settings = { ...pageOptions(await courseOf(path)), edition: "student", notice } as const;
  await writeWhole(`${place}.html`, renderPage(source, settings));
  return executed;
}
