/** Finds the notebooks that the command line names. @module */
import { basename, resolve } from "node:path";
import { CourseError } from "./errors.ts";
import { courseNotebooks } from "./course.ts";
import { here } from "./project.ts";

/**
 * The path of the notebook that is meant: a file that exists, or one of the course by its name or number, as
 * `04-a-second-producer` or `04`.
 *
 * Throws a `CourseError` where there is none, or where it is no notebook; `action` is what is about to be done: `Cannot
 * ${action} README.md: …`.
 *
 * @param folder that of the course; without one, this project's
 */
export async function findNotebook(argument: string, action: string, folder?: string): Promise<string> {
  const cannot = (why: string) => new CourseError(`Cannot ${action} ${argument}: ${why}`);
  const found = await Deno.stat(argument).catch(() => undefined);
  if (found?.isFile && argument.endsWith(".ipynb")) return argument;
  if (found) throw cannot("it is not a notebook (.ipynb).");
  if (/^[\w$]+=/.test(argument)) throw cannot(`there is no such notebook. Did you mean -p ${argument}?`);
  const course = await courseNotebooks(folder);
  const name = argument.replace(/\.ipynb$/, "");
  const number = /^\d+$/.test(name) ? Number(name) : NaN;
  const stems = course.map((path) => basename(path, ".ipynb"));
  const at = stems.findIndex((stem) => stem === name || parseInt(stem) === number);
  if (at < 0) throw cannot(`there is no such file. Name a notebook, such as ${here(course[0])}.`);
  return here(course[at]);
}

/**
 * The paths of all that are meant, each once; of the whole course where none are given. Throws for the first that is not there,
 * before anything is done with others.
 */
export async function findNotebooks(given: string[], action: string, folder?: string): Promise<string[]> {
  if (given.length === 0) return await courseNotebooks(folder);
  const paths = await Array.fromAsync(given, (argument) => findNotebook(argument, action, folder));
  return [...new Map(paths.map((path) => [resolve(path), path])).values()];
}
