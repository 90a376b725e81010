/** Paths within the project. @module */
import { basename, join, relative, resolve } from "node:path";

/** The root folder of the project. */
export const root = join(import.meta.dirname!, "../..");

/** Returns a path that reveals nothing about this machine: relative to the project, or else only the file's name. */
export function publicPath(path: string): string {
  const fromRoot = relative(root, path);
  return fromRoot.startsWith("..") ? basename(path) : fromRoot.replaceAll("\\", "/");
}

/** Returns a path relative to the working directory, or the absolute one if that is shorter. */
export function here(path: string): string {
  const [from, whole] = [relative(Deno.cwd(), path) || ".", resolve(path)];
  return from.length < whole.length ? from : whole;
}
