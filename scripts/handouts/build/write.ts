import { dirname, join } from "node:path";
import { CourseError } from "../../common/errors.ts";

/** A file's name in the set, with `/` for folders, and its content. */
export type FileSet = ReadonlyMap<string, string | Uint8Array>;

/**
 * Writes a set of files into a folder, all of them or none: they are written aside, in a hidden folder inside it, and
 * swapped in once the last one is on the disk; if a swap fails, those before it are undone.
 *
 * The rule for what is there already: a file of the same name is replaced, those to `remove` are taken away in the same
 * swap, everything else is left alone.
 *
 * @throws {CourseError} if the folder is a file, or cannot be made or written to, or a name leads out of it.
 */
export async function writeSet(folder: string, files: FileSet, remove: string[] = []): Promise<void> {
  for (const name of files.keys()) {
    if (!isInside(name)) {
      throw new CourseError(
        `Cannot write ${JSON.stringify(name)} into ${folder}: it is not a name inside the folder.`,
      );
    }
  }
  const made = await makeFolder(folder);
  let aside: string | undefined;
  try {
    aside = await Deno.makeTempDir({ dir: folder, prefix: ".handouts-" });
    for (const [name, content] of files) await writeFile(join(aside, "new", name), content);
    await swapIn(folder, aside, [...files.keys()], remove);
  } catch (error) {
    if (aside) await Deno.remove(aside, { recursive: true }).catch(() => {});
    if (made) await Deno.remove(made, { recursive: true }).catch(() => {});
    throw explained(folder, error);
  }
  await Deno.remove(aside, { recursive: true });
  for (const name of remove) await removeEmpty(folder, dirname(name));
}

/** Whether it names a file inside a folder, with `/` for the folders in it. */
export function isInside(name: string): boolean {
  return !name.split("/").some((part) => part === "" || part === "." || part === "..") &&
    !/[\\\0]/.test(name);
}

/** Removes a folder inside another, and those above it in there, as far as they are empty. */
async function removeEmpty(folder: string, inner: string): Promise<void> {
  for (; inner !== "."; inner = dirname(inner)) {
    try {
      await Deno.remove(join(folder, inner));
    } catch {
      return; // something is in it, or it is gone already
    }
  }
}

/** Makes a folder and returns the topmost one that was not there before, so that a failure can take it back. */
async function makeFolder(folder: string): Promise<string | undefined> {
  let missing: string | undefined;
  for (let path = folder; !(await exists(path)); path = dirname(path)) missing = path;
  try {
    await Deno.mkdir(folder, { recursive: true });
  } catch (error) {
    if (missing) await Deno.remove(missing, { recursive: true }).catch(() => {});
    throw explained(folder, error);
  }
  return missing;
}

async function swapIn(folder: string, aside: string, names: string[], remove: string[]): Promise<void> {
  const undo: (() => Promise<void>)[] = [];
  const takeAway = async (name: string) => {
    const [target, old] = [join(folder, name), join(aside, "old", name)];
    await Deno.mkdir(dirname(old), { recursive: true });
    await Deno.rename(target, old);
    undo.push(() => Deno.rename(old, target));
  };
  try {
    for (const name of remove) if (await exists(join(folder, name))) await takeAway(name);
    for (const name of names) {
      const [target, fresh] = [join(folder, name), join(aside, "new", name)];
      const made = await makeFolder(dirname(target));
      if (made) undo.push(() => Deno.remove(made, { recursive: true }));
      if (await exists(target)) {
        if ((await Deno.lstat(target)).isDirectory) {
          throw new CourseError(
            `Cannot write ${target}: it is a folder. Move it away, or choose another folder with --out.`,
          );
        }
        await takeAway(name);
      }
      await Deno.rename(fresh, target);
      undo.push(() => Deno.remove(target));
    }
  } catch (error) {
    for (const step of undo.reverse()) await step();
    throw error;
  }
}

async function writeFile(path: string, content: string | Uint8Array): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await (typeof content === "string" ? Deno.writeTextFile(path, content) : Deno.writeFile(path, content));
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch {
    return false;
  }
}

/** A system's error as a sentence with the way out. */
function explained(folder: string, error: unknown): CourseError {
  if (error instanceof CourseError) return error;
  const code = (error as { code?: string }).code;
  const why = code === "ENOSPC"
    ? "the disk is full. Make room and try again; nothing there was changed"
    : code === "ENOTDIR" || code === "EEXIST"
    ? "it is a file, or lies inside one. Choose another folder, or move the file away"
    : code === "EACCES" || code === "EPERM" || code === "EROFS"
    ? "there is no permission to write. Choose another folder, or change its permissions"
    : error instanceof Error
    ? error.message
    : String(error);
  return new CourseError(`Cannot write the handouts into ${folder}: ${why}.`);
}
