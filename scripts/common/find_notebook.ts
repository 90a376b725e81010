/** Finds the notebooks that the command line names. @module */
import { basename, dirname, resolve } from "node:path";
import { CourseError } from "./errors.ts";
import { courseNotebooks } from "./course.ts";
import { likenessOf } from "./likeness.ts";
import { here } from "./project.ts";

/**
 * The path of the notebook that is meant: a file that exists, or one of the course by its name or number, as
 * `04-a-second-producer` or `04`.
 *
 * Throws a `CourseError` that names the nearest of the course where there is none, and one where it is no notebook;
 * `action` is what is about to be done: `Cannot ${action} README.md: …`.
 *
 * @param folder that of the course; without one, this project's
 */
export async function findNotebook(argument: string, action: string, folder?: string): Promise<string> {
  const cannot = (why: string) => new CourseError(`Cannot ${action} ${argument}: ${why}`);
  const found = await Deno.stat(argument).catch(() => undefined);
  if (found?.isDirectory) throw cannot("it is a folder. Name a notebook in it.");
  if (found?.isFile && argument.endsWith(".ipynb")) return argument;
  if (found) throw cannot("it is not a notebook (.ipynb).");
  if (/^[\w$]+=/.test(argument)) throw cannot(`there is no such notebook. Did you mean -p ${argument}?`);
  const course = await courseNotebooks(folder);
  const named = course.find((path) => isNamed(argument, path));
  if (named !== undefined) return here(named);
  const likeness = (path: string) => likenessOf(stemOf(argument).toLowerCase(), stemOf(path));
  const nearest = course.toSorted((a, b) => likeness(b) - likeness(a))[0];
  const wayOut = likeness(nearest) > 0.3
    ? `Did you mean ${here(nearest)}?`
    : `Name a notebook, such as ${here(course[0])}.`;
  throw cannot(`there is no such file. ${wayOut}`);
}

/** The paths of all that are meant, each once; throws for the first that is not there, before anything is done with others. */
export async function findNotebooks(given: string[], action: string, folder?: string): Promise<string[]> {
  const paths = await Array.fromAsync(given, (argument) => findNotebook(argument, action, folder));
  return [...new Map(paths.map((path) => [resolve(path), path])).values()];
}

function isNamed(argument: string, path: string): boolean {
  const [folder, course] = [argument, path].map(dirname);
  const inCourse = folder === "." || folder === basename(course) || resolve(folder) === resolve(course);
  const [name, stem] = [stemOf(argument), stemOf(path)];
  return inCourse && (name === stem || (/^\d+$/.test(name) && Number(name) === parseInt(stem)));
}

function stemOf(path: string): string {
  return basename(path, ".ipynb");
}
