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
  const paths: string[] = [];
  try {
    for await (const { name, isFile } of Deno.readDir(folder)) {
      if (isFile && name.endsWith(".ipynb") && !name.endsWith(".partial.ipynb")) {
        paths.push(join(folder, name));
      }
    }
  } catch {
    throw new CourseError(
      `Cannot find the course: there is no folder ${folder}. Restore it from the repository.`,
    );
  }
  if (paths.length === 0) {
    throw new CourseError(
      `Cannot find the course: ${folder} holds no notebook. Restore it from the repository.`,
    );
  }
  return paths.sort();
}

/** A path that gives away nothing of this machine: from the project's folder, or the name alone. */
export function publicPath(path: string): string {
  const fromRoot = relative(root, path);
  return fromRoot.startsWith("..") ? basename(path) : fromRoot.replaceAll("\\", "/");
}
