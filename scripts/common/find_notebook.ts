/** Finds the notebooks that are named on the command line. @module */
import { basename, resolve } from "node:path";
import { CourseError } from "./errors.ts";
import { courseNotebooks } from "./course.ts";
import { reasonOf } from "./files.ts";
import { here } from "./project.ts";

/**
 * Returns the path of the notebook that `argument` names: an existing file, or a notebook of the course in `folder` by its
 * name or number, such as `04-a-second-producer` or `04`.
 *
 * @param action The verb of the error messages: `Cannot ${action} README.md: …`.
 * @throws {CourseError} if there is no such file, or it is not a notebook.
 */
export async function findNotebook(argument: string, action: string, folder?: string): Promise<string> {
  const cannot = (why: string) => new CourseError(`Cannot ${action} ${argument}: ${why}`);
  const found = await Deno.stat(argument).catch(reasonOf);
  if (typeof found === "object" && found.isFile && argument.endsWith(".ipynb")) return argument;
  if (typeof found === "object") throw cannot("it is not a notebook (.ipynb).");
  if (/^[\w$]+=/.test(argument)) throw cannot(`there is no such notebook. Did you mean -p ${argument}?`);
  const course = await courseNotebooks(folder);
  const name = argument.replace(/\.ipynb$/, "");
  const number = /^\d+$/.test(name) ? Number(name) : NaN;
  const stems = course.map((path) => basename(path, ".ipynb"));
  const at = stems.findIndex((stem) => stem === name || parseInt(stem) === number);
  if (at < 0) throw cannot(`${found}. Name a notebook, such as ${here(course[0])}.`);
  return here(course[at]);
}

/**
 * Returns the paths of the notebooks that the arguments name, each once; without arguments, of the whole course.
 *
 * @throws {CourseError} for the first that cannot be found.
 */
export async function findNotebooks(given: string[], action: string, folder?: string): Promise<string[]> {
  if (given.length === 0) return await courseNotebooks(folder);
  const paths = await Array.fromAsync(given, (argument) => findNotebook(argument, action, folder));
  return [...new Map(paths.map((path) => [resolve(path), path])).values()];
}
