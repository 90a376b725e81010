/** Runs a notebook with other values for its parameters, into a file and a page of their own. @module */
import { basename, join } from "node:path";
import type { Executed } from "../run/execute.ts";
import { makeFolder, writeWhole } from "../common/files.ts";
import { Files } from "../handouts/document/references.ts";
import { renderPage } from "../handouts/html/html.tsx";
import { type Notebook, readNotebook } from "../notebook/notebook.ts";
import { assign, type Assignment } from "../parameters/assign.ts";
import { type Parameter, readParameters } from "../parameters/declaration.ts";
import { fileNameOf, placeFor } from "../parameters/file_name.ts";
import { inject } from "../parameters/inject.ts";
import { literal } from "../parameters/type.ts";
import { courseOf, pageOptions } from "../common/course.ts";
import { publicPath } from "../common/project.ts";
import { partialPath, runFile, type RunOptions } from "../run/run.ts";

/** A notebook with its values in it, ready to run, and where the results will be. */
export interface Changed {
  /** The file that it comes from. */
  path: string;
  notebook: Notebook;
  /** The notebook that will be written. */
  output: string;
  /** The page that will be written. */
  page: string;
  /** A sentence for the reader where the text speaks of other values; else empty. */
  notice: string;
}

/**
 * Puts values into the notebook at `path`; the results will be in the folder `out`, in files that are named for what
 * changed, and that hold no other notebook's result: of one that is there, or will be, as `planned` says. Throws a
 * `CourseError` for values that the notebook does not take.
 */
export async function change(
  path: string,
  assignments: Assignment[],
  fromFile: Record<string, unknown>,
  out: string,
  planned: readonly Partial<Changed>[] = [],
): Promise<Changed> {
  const notebook = await readNotebook(path);
  const parameters = readParameters(notebook, basename(path));
  const values = assign(parameters, assignments, fromFile, basename(path));
  const settings = parameters.flatMap(({ name }): [string, string][] =>
    values.has(name) ? [[name, String(values.get(name))]] : []
  );
  const isOf = (origin: string, file: string) =>
    Deno.readTextFile(file).then((text) => JSON.parse(text)?.metadata?.result_of === origin)
      .catch((error) => !(error instanceof SyntaxError)); // there is no such file, mostly
  const place = await placeFor(path, out, fileNameOf(settings), async ({ path, origin }) => {
    const output = `${path}.ipynb`;
    const isPlanned = planned.some((other) => other.output === output);
    return !isPlanned && await isOf(origin, output) && await isOf(origin, partialPath(output));
  });
  const [output, page] = [`${place.path}.ipynb`, `${place.path}.html`];
  const paths = { input: publicPath(path), output: publicPath(output) };
  const other = parameters.filter(({ name, default: usual }) =>
    values.has(name) && literal(values.get(name)!) !== literal(usual)
  );
  const list = (valueOf: (parameter: Parameter) => unknown) =>
    other.map((parameter) => `${parameter.name} = ${valueOf(parameter)}`).join(", ");
  const [now, usual] = [list(({ name }) => values.get(name)), list((it) => it.default)];
  const notice = now && `This run has ${now}. The text was written for ${usual}.`;
  const injected = inject(notebook, parameters, values, paths);
  const metadata = { ...injected.metadata, result_of: place.origin };
  return { path, notebook: { ...injected, metadata }, output, page, notice };
}

/**
 * Runs it and writes the notebook and its page. When a cell fails, what has run is kept in a partial notebook beside
 * where they would be.
 */
export async function runChanged(
  { path, notebook, output, page, notice }: Changed,
  options: Omit<RunOptions, "notebook" | "output"> = {},
): Promise<Executed> {
  await makeFolder(join(output, ".."));
  const executed = await runFile(path, { ...options, notebook, output });
  const find = new Files([path]).finder(path, () => {});
  const html = renderPage(
    { name: basename(output), notebook: executed.notebook, find },
    { ...pageOptions(await courseOf(path)), edition: "student", notice },
  );
  await writeWhole(page, html);
  return executed;
}
