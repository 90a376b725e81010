/** A course: a folder of notebooks, and what its `course.yaml` says of them. @module */
import { basename, dirname, join, resolve } from "node:path";
import * as v from "valibot";
import { CourseError, messageOf } from "./errors.ts";
import { reasonOf } from "./files.ts";
import { root } from "./project.ts";
import { parseYaml } from "./yaml.ts";

const text = v.pipe(v.string("expected a text"), v.regex(/\S/, "expected a text that is not empty"));
const words = v.pipe(v.union([text, v.number()], "expected a text"), v.transform(String));
const file = v.pipe(text, v.regex(/^[^/\\]+\.ipynb$/, "expected the name of a notebook in this folder"));

const settings = ({ received }: { received: string }) =>
  received === "undefined" ? "it is missing" : "expected settings, each a name and a value";

/** The content of a `course.yaml`. */
const schema = v.strictObject({
  title: text,
  authors: v.optional(v.array(text, "expected a list of names"), []),
  school: v.optional(text),
  term: v.optional(words),
  licence: v.optional(text),
  /** The language of the prose, as in HTML's `lang`. */
  language: v.optional(
    v.pipe(text, v.regex(/^[a-z]{2,3}(-\w+)*$/i, 'expected a language, such as "en"')),
    "en",
  ),
  /** The colour of links and labels, on white paper. */
  accent: v.optional(v.pipe(
    v.string('expected a colour in quotes, such as "#0a558c": without them it is a comment'),
    v.regex(/^#[\da-f]{6}$/i, 'expected a colour, such as "#0a558c"'),
    v.check(
      (colour) => contrastToWhite(colour) >= 4.5,
      "expected a darker colour: on white nobody can read it",
    ),
  )),
  /** The notebooks, in their order: what each gives, and the minutes that it takes. */
  notebooks: v.optional(v.array(
    v.strictObject({
      file,
      gives: v.optional(text),
      minutes: v.optional(
        v.pipe(
          v.number("expected a number"),
          v.finite("expected a number"),
          v.minValue(1, "expected at least 1"),
        ),
      ),
    }, settings),
    "expected a list of notebooks",
  )),
}, settings);

/** A course; each notebook's path in place of its name. */
export interface Course extends Omit<v.InferOutput<typeof schema>, "notebooks"> {
  notebooks: { path: string; gives?: string; minutes?: number }[];
}

/**
 * Reads the course in `folder`, which is this one by default. Without a `course.yaml`, it is named for its folder and has
 * all notebooks there, sorted by their names. Throws a `CourseError` where the file is wrong, or a notebook is not there.
 */
export async function readCourse(folder: string = join(root, "notebooks")): Promise<Course> {
  const path = join(folder, "course.yaml");
  const cannot = (why: string) => new CourseError(`Cannot read the course in ${folder}: ${why}.`);
  const there = await notebooksIn(folder).catch((error) => {
    throw cannot(reasonOf(error));
  });
  const { notebooks = there.map((file) => ({ file })), ...about } = await readFile(
    path,
    basename(resolve(folder)),
  );
  if (notebooks.length === 0) throw cannot("it holds no notebook");
  const missing = notebooks.find(({ file }) => !there.includes(file));
  if (missing) throw cannot(`${path} names ${missing.file}, which is not there`);
  return { ...about, notebooks: notebooks.map(({ file, ...it }) => ({ ...it, path: join(folder, file) })) };
}

/** The course of a notebook: that of its folder, where there is a `course.yaml`; else this one. */
export async function courseOf(path: string): Promise<Course> {
  const folder = dirname(path);
  const isCourse = await Deno.stat(join(folder, "course.yaml")).then(() => true, () => false);
  return await readCourse(isCourse ? folder : undefined);
}

/** The notebooks of the course in `folder`, in their order. */
export async function courseNotebooks(folder?: string): Promise<string[]> {
  return (await readCourse(folder)).notebooks.map(({ path }) => path);
}

/** The options of every page of a course; who made it, where and when, and its licence are one line. */
export function pageOptions({ title, language, accent, authors, school, term, licence }: Course) {
  const byline = [authors.join(", "), school, term, licence].filter(Boolean).join(" · ");
  return { title, language, accent, provenance: { byline, versions: { Deno: Deno.version.deno } } };
}

async function readFile(path: string, title: string): Promise<v.InferOutput<typeof schema>> {
  const cannot = (why: string) => new CourseError(`Cannot read ${path}: ${why}.`);
  const content = await Deno.readTextFile(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return `title: ${JSON.stringify(title)}`;
    throw cannot(reasonOf(error));
  });
  let value: unknown;
  try {
    value = parseYaml(content);
  } catch (error) {
    throw cannot(messageOf(error));
  }
  const result = v.safeParse(schema, value, { abortPipeEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const key = v.getDotPath(issue);
  throw cannot(`${key ?? "it"}: ${issue.expected === "never" ? "there is no such setting" : issue.message}`);
}

/** The names of a folder's notebooks, sorted. Partial runs are left out. */
async function notebooksIn(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  const names = entries.filter(({ isDirectory }) => !isDirectory).map(({ name }) => name);
  return names.filter((name) => /(?<!\.partial)\.ipynb$/.test(name)).sort();
}

/** The contrast of a colour to white, as WCAG reckons it: 1 to 21. */
function contrastToWhite(colour: string): number {
  const [red, green, blue] = colour.match(/[\da-f]{2}/gi)!.map((hex) => (parseInt(hex, 16) / 255) ** 2.2);
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}
