/** Courses: folders of notebooks, described by a `course.yaml`. @module */
import { basename, dirname, join, resolve } from "node:path";
import * as v from "valibot";
import { CourseError } from "./errors.ts";
import { reasonOf } from "./files.ts";
import { root } from "./project.ts";
import { parseYaml } from "./yaml.ts";

const like = (pattern: RegExp, what: string) =>
  v.pipe(v.string(`expected ${what}`), v.regex(pattern, `expected ${what}`));
const text = like(/\S/, "some text");
const words = v.pipe(v.union([text, v.number()], "expected some text"), v.transform(String));
const language = like(/^[a-z]{2,3}(-\w+)*$/i, 'a language, such as "en"');
const accent = like(/^#[\da-f]{6}$/i, 'a colour in quotes, such as "#0a558c"');
const file = like(/^[^/\\]+\.ipynb$/, "the name of a notebook in this folder");
const atLeast1 = "expected a number, at least 1";
const minutes = v.pipe(v.number(atLeast1), v.minValue(1, atLeast1), v.finite(atLeast1));
const settings = ({ received }: { received: string }) =>
  received === "undefined" ? "it is missing" : "expected names and values";
const notebook = v.strictObject({ file, gives: v.optional(text), minutes: v.optional(minutes) }, settings);

/** The content of a `course.yaml`. */
const schema = v.strictObject({
  title: v.optional(text),
  authors: v.optional(v.array(text, "expected a list of names"), []),
  school: v.optional(text),
  term: v.optional(words),
  licence: v.optional(text),
  /** The language of the prose, as in HTML's `lang`. */
  language: v.optional(language, "en"),
  /** The colour of links and labels, on white paper. */
  accent: v.optional(accent),
  /** The notebooks, in order, each with what it teaches and the minutes it takes. */
  notebooks: v.optional(v.array(notebook, "expected a list of notebooks")),
}, settings);

/** A course, with the path of each notebook in place of its file name. */
export interface Course extends Omit<v.InferOutput<typeof schema>, "notebooks"> {
  title: string;
  notebooks: { path: string; gives?: string; minutes?: number }[];
}

/**
 * Reads the course in `folder`, by default this one. Unless its `course.yaml` says otherwise, a course is named after its
 * folder and contains all notebooks in it, sorted by name.
 *
 * @throws {CourseError} if `course.yaml` is invalid, or a notebook is missing.
 */
export async function readCourse(folder: string = join(root, "notebooks")): Promise<Course> {
  const file = join(folder, "course.yaml");
  let subject = `the course in ${folder}`;
  try {
    const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
    const there = names.filter((name) => /(?<!\.partial)\.ipynb$/.test(name)).sort();
    if (there.length === 0) throw new Error("it contains no notebooks (.ipynb)");
    const hasFile = names.includes("course.yaml");
    if (hasFile) subject = file;
    const settings = checked(hasFile ? parseYaml(await Deno.readTextFile(file)) : {});
    const listed = settings.notebooks ?? there.map((file) => ({ file }));
    if (listed.length === 0) throw new Error("notebooks: expected at least one notebook");
    const notebooks = listed.map(({ file, ...it }, i) => {
      if (there.includes(file)) return { ...it, path: join(folder, file) };
      throw new Error(`notebooks.${i}.file: there is no ${file} in this folder`);
    });
    return { title: basename(resolve(folder)), ...settings, notebooks };
  } catch (error) {
    throw new CourseError(`Cannot read ${subject}: ${reasonOf(error)}.`);
  }
}

function checked(value: unknown): v.InferOutput<typeof schema> {
  const result = v.safeParse(schema, value, { abortPipeEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const why = issue.expected === "never" ? "there is no such setting" : issue.message;
  throw new Error([v.getDotPath(issue), why].filter(Boolean).join(": "));
}

/** Reads the course that a notebook belongs to: the one in its folder, if that has a `course.yaml`, or else this one. */
export async function courseOf(path: string): Promise<Course> {
  const folder = dirname(path);
  const isCourse = await Deno.stat(join(folder, "course.yaml")).then(() => true, () => false);
  return await readCourse(isCourse ? folder : undefined);
}

/** Returns the paths of the notebooks of the course in `folder`, in order. */
export async function courseNotebooks(folder?: string): Promise<string[]> {
  return (await readCourse(folder)).notebooks.map(({ path }) => path);
}

/** Returns the options of every page of a course; its authors, school, term and licence become one line. */
export function pageOptions({ title, language, accent, authors, school, term, licence }: Course) {
  const byline = [authors.join(", "), school, term, licence].filter(Boolean).join(" · ");
  return { title, language, accent, byline, deno: Deno.version.deno };
}
