/** Files are written whole or not at all. @module */
import { basename, dirname, join } from "node:path";
import { CourseError, messageOf } from "./errors.ts";

/** What is the matter with a file, in words: `reasonOf(new Deno.errors.NotFound(), "a.ipynb")` is "there is no such file". */
export function reasonOf(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "there is no such file";
  if (error instanceof Deno.errors.PermissionDenied) return "permission denied";
  if (error instanceof Deno.errors.IsADirectory) return "it is a folder";
  if (error instanceof Deno.errors.NotADirectory) return "a part of its path is not a folder";
  return messageOf(error);
}

/**
 * Writes a file whole or not at all: into a new file beside it, which then takes its place. A link stays a link, and
 * the file keeps its permissions. Throws a `CourseError` when it cannot, and then leaves everything as it was.
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const mode = await modeOf(path);
  const target = mode === undefined ? path : await Deno.realPath(path);
  const beside = join(dirname(target), `.${basename(target)}.${crypto.randomUUID().slice(0, 8)}.tmp`);
  try {
    await create(beside, content, mode);
    await Deno.rename(beside, target);
  } catch (error) {
    await Deno.remove(beside).catch(() => {});
    throw new CourseError(`Cannot write ${path}: ${await whyNot(error, dirname(target))}`);
  }
}

/** The permissions of a file that may be overwritten; undefined when there is none yet. */
async function modeOf(path: string): Promise<number | undefined> {
  try {
    const { isDirectory, mode } = await Deno.stat(path);
    if (isDirectory) throw new CourseError(`Cannot write ${path}: it is a folder. Name a file.`);
    (await Deno.open(path, { append: true })).close();
    return mode ?? 0o644;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    if (error instanceof CourseError) throw error;
    throw new CourseError(
      `Cannot write ${path}: ${reasonOf(error)}. Make the file writable, or choose another.`,
    );
  }
}

async function create(path: string, content: string | Uint8Array, mode?: number): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  using file = await Deno.open(path, { createNew: true, write: true });
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
  await file.syncData();
  if (mode !== undefined && Deno.build.os !== "windows") await Deno.chmod(path, mode & 0o7777);
}

async function whyNot(error: unknown, folder: string): Promise<string> {
  const found = await Deno.stat(folder).catch(() => undefined);
  if (!found) return `the folder ${folder} does not exist. Create it first.`;
  if (!found.isDirectory) return `${folder} is not a folder. Choose another place.`;
  if (error instanceof Deno.errors.PermissionDenied) {
    return `the folder ${folder} is not writable. Make it writable, or copy the files elsewhere.`;
  }
  return `${reasonOf(error)}.`;
}
