/** The course's files. @module */
import { basename, join, relative } from "node:path";
import { CourseError } from "./errors.ts";

/** The folder that holds the project. */
export const root = join(import.meta.dirname!, "../..");

/** The course's title. */
export const courseTitle = "Async and await, by one example";

/** The course's notebooks, in their order. Partial runs are left out. */
export async function courseNotebooks(): Promise<string[]> {
  const folder = join(root, "notebooks");
  const cannot = (why: string) =>
    new CourseError(`Cannot find the course: ${why}. Restore it from the repository.`);
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch(() => {
    throw cannot(`there is no folder ${folder}`);
  });
  const names = entries.filter(({ isFile }) => isFile).map(({ name }) => name);
  const notebooks = names.filter((name) => name.endsWith(".ipynb") && !name.endsWith(".partial.ipynb"));
  if (notebooks.length === 0) throw cannot(`${folder} holds no notebook`);
  return notebooks.sort().map((name) => join(folder, name));
}

/** A path that gives away nothing of this machine: from the project's folder, or the name alone. */
export function publicPath(path: string): string {
  const fromRoot = relative(root, path);
  return fromRoot.startsWith("..") ? basename(path) : fromRoot.replaceAll("\\", "/");
}
