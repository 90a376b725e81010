/** From what the command line names to a notebook's file. @module */
import { basename, dirname, join, resolve } from "node:path";
import { CourseError } from "./errors.ts";
import { courseNotebooks } from "./course.ts";
import { here, root } from "./project.ts";

/**
 * The path of the notebook that is meant: a file that exists, or one of the course by its name or number, as
 * `04-a-second-producer` or `04`.
 *
 * Throws a `CourseError` that names the nearest of the course where there is none, and one where it is no notebook;
 * `action` is what is about to be done: `Cannot ${action} README.md: …`.
 */
export async function findNotebook(argument: string, action: string): Promise<string> {
  const cannot = (why: string) => new CourseError(`Cannot ${action} ${argument}: ${why}`);
  try {
    const { isDirectory, isFile } = await Deno.stat(argument);
    if (isDirectory) throw cannot("it is a folder. Name a notebook in it.");
    if (!isFile || !argument.endsWith(".ipynb")) throw cannot("it is not a notebook (.ipynb).");
    return argument;
  } catch (error) {
    if (error instanceof CourseError) throw error; // any other: there is no such file
  }
  if (/^[\w$]+=/.test(argument)) throw cannot(`there is no such notebook. Did you mean -p ${argument}?`);
  const course = await courseNotebooks();
  const named = course.find((path) => isNamed(argument, path));
  if (named !== undefined) return here(named);
  const nearest = nearestTo(argument, course);
  throw cannot(
    "there is no such file. " +
      (nearest ? `Did you mean ${here(nearest)}?` : `Name a notebook, such as ${here(course[0])}.`),
  );
}

/** The paths of all that are meant; throws for the first that is not there, before anything is done with others. */
export async function findNotebooks(given: string[], action: string): Promise<string[]> {
  const paths: string[] = [];
  for (const argument of given) paths.push(await findNotebook(argument, action));
  return paths;
}

function isNamed(argument: string, path: string): boolean {
  const folder = dirname(argument);
  const inCourse = folder === "." || folder === "notebooks" || resolve(folder) === join(root, "notebooks");
  const [name, stem] = [stemOf(argument), stemOf(path)];
  return inCourse && (name === stem || (/^\d+$/.test(name) && Number(name) === numberOf(stem)));
}

/** The notebook with the most like name: that of the same number, or else the one that shares most pairs of letters. */
function nearestTo(argument: string, paths: string[]): string | undefined {
  const name = stemOf(argument).toLowerCase();
  const ofNumber = paths.find((path) => numberOf(stemOf(path)) === numberOf(name));
  if (ofNumber !== undefined) return ofNumber;
  const likeness = (path: string) => likenessOf(name, stemOf(path).replace(/^\d+-/, ""));
  const [nearest] = [...paths].sort((a, b) => likeness(b) - likeness(a));
  return likeness(nearest) > 0.3 ? nearest : undefined;
}

/** From 0 to 1: what share of their pairs of letters two names have in common. */
export function likenessOf(a: string, b: string): number {
  const pairs = (text: string) => new Set(Array.from(text, (_, i) => text.slice(i, i + 2)).slice(0, -1));
  const [inA, inB] = [pairs(a), pairs(b)];
  return 2 * inA.intersection(inB).size / Math.max(1, inA.size + inB.size);
}

function numberOf(stem: string): number | undefined {
  const digits = /^\d+/.exec(stem)?.[0];
  return digits === undefined ? undefined : Number(digits);
}

function stemOf(path: string): string {
  return basename(path).replace(/\.ipynb$/, "");
}
