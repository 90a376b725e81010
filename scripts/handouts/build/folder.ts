/**
 * Replaces a set of handouts, which is a folder, atomically: the new set is written to a folder beside it and renamed into
 * place, and files that are not ours move along. A run that is killed leaves the old set or the new one, and the next run
 * cleans up.
 *
 * @module
 */
import { existsSync as exists } from "node:fs";
import { writeFile } from "node:fs/promises";
import { basename, dirname, join, posix, resolve, sep } from "node:path";
import { CourseError } from "../../common/errors.ts";
import { hashOf, makeFolder, reasonOf } from "../../common/files.ts";
import { root } from "../../common/project.ts";
import type { Files } from "./formats.ts";

/** The file that lists a set's files, each with a hash of its content. */
const LIST = ".handouts.json";

/**
 * Replaces a set of handouts, completely or not at all. Files that are no longer in the set are deleted, so that no old solution
 * stays among a learner's files. Files that we did not write are kept, and so are those that somebody has changed since,
 * together with the top-level folder they are in. Returns the number of files `written` because they differ from the earlier
 * ones, and the names of those `kept` because somebody has changed them.
 *
 * @throws {CourseError} if the folder cannot be written to, if a name leads out of it, or if a file of the new set would
 * overwrite one that is not ours or has been changed
 */
export async function replaceSet(folder: string, files: Files) {
  await checkFolder(folder);
  const path = await realPath(folder);
  try {
    // Two runs at once would use the same names for their temporary folders.
    using parent = await Deno.open(dirname(path)).catch(() => null); // Windows cannot open a folder
    await parent?.lock(true).catch(() => {}); // not every file system supports locks
    return await replace(folder, path, files);
  } catch (error) {
    throw error instanceof CourseError ? error : cannotWrite(folder, reasonOf(error));
  }
}

async function replace(folder: string, path: string, files: Files) {
  const [fresh, old] = ["new", "old"].map((what) => join(dirname(path), `.${basename(path)}.${what}`));
  // Runs at the end, and at the start in case an earlier run was killed.
  const settle = async () => {
    await Deno.remove(fresh, { recursive: true }).catch(() => {});
    if (exists(old)) await (exists(path) ? moveAlong(old, path) : Deno.rename(old, path));
  };
  try {
    await settle();
    const { list, written, kept } = await compare(folder, path, files);
    const text = `${JSON.stringify(Object.fromEntries(list), null, 1)}\n`;
    const before = await Deno.readTextFile(join(path, LIST)).catch(() => undefined);
    if (written === 0 && before === text) return { written, kept }; // leaves alone a folder in which somebody may be working
    for (const [name, content] of files) {
      const target = join(fresh, name);
      await Deno.mkdir(dirname(target), { recursive: true });
      await writeFile(target, content);
    }
    await writeFile(join(fresh, LIST), text);
    if (exists(path)) Deno.renameSync(path, old);
    Deno.renameSync(fresh, path);
    return { written, kept };
  } finally {
    await settle();
  }
}

/** Creates the parent of `folder`. Throws a `CourseError` if that fails or `folder` cannot hold handouts. */
export async function checkFolder(folder: string): Promise<void> {
  const found = await Deno.stat(folder).catch(() => undefined);
  if (found && !found.isDirectory) throw cannotWrite(folder, "it is a file");
  const path = await realPath(folder);
  for (const inside of [root, Deno.cwd()]) {
    const isIn = join(await realPath(inside), sep).startsWith(join(path, sep));
    if (isIn) throw cannotWrite(folder, `${inside} lies in it`);
  }
  await makeFolder(dirname(path));
}

/** Compares the new set with what is in the folder. */
async function compare(folder: string, path: string, files: Files) {
  const ours = await readList(path);
  const list = new Map([...files].map(([name, content]) => [name, hashOf(content, 32)]));
  let written = 0;
  for (const [name, hash] of list) {
    if (!isInside(name)) throw cannotWrite(folder, `${JSON.stringify(name)} is not a name inside the folder`);
    const there = await hashThere(path, name);
    if (there === hash) continue;
    written++;
    if (there === undefined || there === ours.get(name)) continue;
    const why = "it is none of our handouts, or has been changed since it was written";
    const wayOut = "Move it away, or choose another folder with --out";
    throw new CourseError(`Cannot replace ${join(folder, name)}: ${why}. ${wayOut}.`);
  }
  const kept: string[] = [];
  for (const [name, hash] of ours) {
    const there = files.has(name) ? hash : await hashThere(path, name);
    if (there !== undefined && there !== hash) kept.push(name);
  }
  // A top-level folder in which somebody has worked is kept whole.
  const topOf = (name: string) => name.split("/")[0];
  const worked = new Set(kept.map(topOf));
  for (const [name, hash] of ours) if (!list.has(name) && worked.has(topOf(name))) list.set(name, hash);
  return { list, written, kept };
}

/**
 * Moves the files to keep from the old set into the new one, and deletes the rest. The old list is deleted last: if this run
 * is killed, the next one needs it.
 */
async function moveAlong(old: string, path: string): Promise<void> {
  const now = await readList(path);
  for (const [name, hash] of await readList(old)) {
    const isOver = !now.has(name) || exists(join(path, name));
    if (!isOver || await hashThere(old, name) !== hash) continue;
    for (let at = join(old, name); at !== old; at = dirname(at)) {
      if (!await Deno.remove(at).then(() => true, () => false)) break; // a folder that is not empty
    }
  }
  await Deno.remove(join(old, LIST)).catch(() => {});
  await merge(old, path);
}

/** Moves the contents of a folder into another, replacing files of the same name. */
async function merge(from: string, to: string): Promise<void> {
  for (const { name, isDirectory } of Deno.readDirSync(from)) {
    const [source, target] = [join(from, name), join(to, name)];
    await (isDirectory && exists(target) ? merge(source, target) : Deno.rename(source, target));
  }
  await Deno.remove(from); // fails if a file was just added: the next run moves it
}

/** The path of a folder with links resolved; the folder need not exist. */
async function realPath(folder: string): Promise<string> {
  return await Deno.realPath(folder).catch(() => resolve(folder));
}

function cannotWrite(folder: string, why: string): CourseError {
  return new CourseError(
    `Cannot write the handouts into ${folder}: ${why}. Choose another folder with --out.`,
  );
}

/** Returns true if a relative path, with `/` as its separator, stays inside its folder. */
function isInside(name: string): boolean {
  return name !== "" && posix.resolve("/", name) === `/${name}` && !/[\\\0]/.test(name);
}

async function readList(folder: string): Promise<Map<string, string>> {
  try {
    const list = Object.entries<string>(JSON.parse(await Deno.readTextFile(join(folder, LIST))));
    return new Map(list.filter(([name]) => isInside(name)));
  } catch {
    return new Map(); // missing or damaged
  }
}

/** The hash of a file: undefined if it does not exist, empty if it cannot be read and so is not ours. */
async function hashThere(folder: string, name: string): Promise<string | undefined> {
  const unreadable = (error: unknown) => error instanceof Deno.errors.NotFound ? undefined : "";
  const bytes = await Deno.readFile(join(folder, name)).catch(unreadable);
  return bytes && hashOf(bytes, 32);
}
