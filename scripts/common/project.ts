/** Paths in the project. @module */
import { basename, join, relative, resolve } from "node:path";

/** The folder that holds the project. */
export const root = join(import.meta.dirname!, "../..");

/** A path that gives away nothing of this machine: from the project's folder, or the name alone. */
export function publicPath(path: string): string {
  const fromRoot = relative(root, path);
  return fromRoot.startsWith("..") ? basename(path) : fromRoot.replaceAll("\\", "/");
}

/** A path from the folder that the command was given in; the whole one where that is shorter. */
export function here(path: string): string {
  const [from, whole] = [relative(Deno.cwd(), path) || ".", resolve(path)];
  return from.length < whole.length ? from : whole;
}
