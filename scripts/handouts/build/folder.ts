/**
 * A set of handouts is a folder. A new set is written aside and renamed into place; what is not ours in the old one moves
 * along. A run that is killed leaves the old set or the new one, and the next run clears up what it left beside.
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

/** The file in which a set keeps the names of its files, each with a hash of its content. */
const LIST = ".handouts.json";

/**
 * Writes a set of handouts in place of the earlier one, all of it or nothing. What is no longer in the set goes, so that
 * no solution of yesterday stays among a learner's files. Nobody's work goes: files that we have not written stay, and
 * so do those that somebody has changed since, together with the folder that they were handed out in. Returns the number of
 * files that were `written`, since they differ from those before, and the names of those `kept`, since somebody has changed them.
 *
 * @throws {CourseError} where the folder cannot be written, where a name leads out of it, and where a file of the new
 * set has the name of one that is not ours, or no longer
 */
export async function replaceSet(folder: string, files: Files) {
  await checkFolder(folder);
  const path = await realPath(folder);
  try {
    // Where another run writes into the folder at this moment, what it has aside has the same name as ours.
    using parent = await Deno.open(dirname(path)).catch(() => null); // Windows opens no folder
    await parent?.lock(true).catch(() => {}); // not all file systems have locks
    return await replace(folder, path, files);
  } catch (error) {
    throw error instanceof CourseError ? error : cannotWrite(folder, reasonOf(error));
  }
}

async function replace(folder: string, path: string, files: Files) {
  const [fresh, old] = ["new", "old"].map((what) => join(dirname(path), `.${basename(path)}.${what}`));
  // What a run does at its end is what the next one does for a run that was killed.
  const settle = async () => {
    await Deno.remove(fresh, { recursive: true }).catch(() => {});
    if (exists(old)) await (exists(path) ? moveAlong(old, path) : Deno.rename(old, path));
  };
  try {
    await settle();
    const { list, written, kept } = await compare(folder, path, files);
    const text = `${JSON.stringify(Object.fromEntries(list), null, 1)}\n`;
    const before = await Deno.readTextFile(join(path, LIST)).catch(() => undefined);
    if (written === 0 && before === text) return { written, kept }; // somebody may be at work in the folder
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

/** Makes the folder around `folder`. Throws a `CourseError` where that, or `folder` itself, cannot be written. */
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

/** The list of the new set, and how the set differs from what is there. */
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
  // What lies at the top of the folder, with all below it, stays where somebody has worked in it.
  const topOf = (name: string) => name.split("/")[0];
  const worked = new Set(kept.map(topOf));
  for (const [name, hash] of ours) if (!list.has(name) && worked.has(topOf(name))) list.set(name, hash);
  return { list, written, kept };
}

/**
 * Moves what is to stay of an old set into the new one that took its place, and removes the rest. A run that goes on where
 * this one was killed needs the list until everything that is out of date is gone.
 */
async function moveAlong(old: string, path: string): Promise<void> {
  const now = await readList(path);
  for (const [name, hash] of await readList(old)) {
    const isOver = !now.has(name) || exists(join(path, name));
    if (!isOver || await hashThere(old, name) !== hash) continue;
    for (let at = join(old, name); at !== old; at = dirname(at)) {
      if (!await Deno.remove(at).then(() => true, () => false)) break; // a folder with files in it
    }
  }
  await Deno.remove(join(old, LIST)).catch(() => {});
  await merge(old, path);
}

/** Moves all that a folder holds into another, in place of files of the same names. */
async function merge(from: string, to: string): Promise<void> {
  for (const { name, isDirectory } of Deno.readDirSync(from)) {
    const [source, target] = [join(from, name), join(to, name)];
    await (isDirectory && exists(target) ? merge(source, target) : Deno.rename(source, target));
  }
  await Deno.remove(from); // fails where somebody has just put a file there: the next run moves it
}

/** The path of a folder without links, whether it is there or not. */
async function realPath(folder: string): Promise<string> {
  return await Deno.realPath(folder).catch(() => resolve(folder));
}

function cannotWrite(folder: string, why: string): CourseError {
  return new CourseError(
    `Cannot write the handouts into ${folder}: ${why}. Choose another folder with --out.`,
  );
}

/** True for the name of a file inside a folder, with `/` for the folders in it. */
function isInside(name: string): boolean {
  return name !== "" && posix.resolve("/", name) === `/${name}` && !/[\\\0]/.test(name);
}

async function readList(folder: string): Promise<Map<string, string>> {
  try {
    const list = Object.entries<string>(JSON.parse(await Deno.readTextFile(join(folder, LIST))));
    return new Map(list.filter(([name]) => isInside(name)));
  } catch {
    return new Map(); // there is none, or nothing that could be trusted
  }
}

/** The hash of a file: undefined where nothing is, empty where it cannot be read and so is not ours. */
async function hashThere(folder: string, name: string): Promise<string | undefined> {
  const unreadable = (error: unknown) => error instanceof Deno.errors.NotFound ? undefined : "";
  const bytes = await Deno.readFile(join(folder, name)).catch(unreadable);
  return bytes && hashOf(bytes, 32);
}
