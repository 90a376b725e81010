/** Runs a notebook with other values for its parameters, into a file and a page of their own. @module */
import { basename, join, relative, resolve } from "node:path";
import type { Executed } from "../run/execute.ts";
import { fileStem, hashOf, makeFolder, writeWhole } from "../common/files.ts";
import { Files } from "../handouts/document/references.ts";
import { renderPage } from "../handouts/html/html.tsx";
import { type Notebook, readNotebook } from "../notebook/notebook.ts";
import { assign, type Assignment } from "../parameters/assign.ts";
import { type Parameter, readParameters } from "../parameters/declaration.ts";
import { fileNameOf } from "../parameters/file_name.ts";
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
  /** A sentence for the reader where the text speaks of other values. */
  notice: string | undefined;
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
  planned: readonly Pick<Changed, "output">[] = [],
): Promise<Changed> {
  const notebook = await readNotebook(path);
  const parameters = readParameters(notebook, basename(path));
  const values = assign(parameters, assignments, fromFile, basename(path));
  const settings = parameters.flatMap(({ name }): [string, string][] =>
    values.has(name) ? [[name, String(values.get(name))]] : []
  );
  const source = hashOf(relative(resolve(out), resolve(path)));
  const output = await outputFor(out, fileStem(path), fileNameOf(settings), source, planned);
  const page = output.replace(/\.ipynb$/, ".html");
  const paths = { input: publicPath(path), output: publicPath(output) };
  const other = parameters.filter(({ name, default: usual }) =>
    values.has(name) && literal(values.get(name)!) !== literal(usual)
  );
  const list = (valueOf: (parameter: Parameter) => unknown) =>
    other.map((parameter) => `${parameter.name} = ${valueOf(parameter)}`).join(", ");
  const notice = other.length > 0
    ? `This run has ${list(({ name }) => values.get(name))}. The text was written for ${
      list((it) => it.default)
    }.`
    : undefined;
  const injected = inject(notebook, parameters, values, paths);
  const metadata = { ...injected.metadata, result_of: source };
  return { path, notebook: { ...injected, metadata }, output, page, notice };
}

/** The file for a result, its name with a number where another notebook has left a result there, or what ran until it failed. */
async function outputFor(
  out: string,
  stem: string,
  settings: string,
  source: string,
  planned: readonly Pick<Changed, "output">[],
): Promise<string> {
  const isFree = (path: string) =>
    Deno.readTextFile(path).then((text) => JSON.parse(text)?.metadata?.result_of === source)
      .catch((error) => !(error instanceof SyntaxError)); // there is no such file, mostly
  for (let number = 1;; number++) {
    const name = [stem, number > 1 && number, settings].filter(Boolean).join("-");
    const output = join(out, `${name}.ipynb`);
    const isPlanned = planned.some((other) => other.output === output);
    if (!isPlanned && await isFree(output) && await isFree(partialPath(output))) return output;
  }
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
