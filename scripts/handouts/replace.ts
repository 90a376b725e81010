import { join } from "node:path";
import { CourseError } from "../errors.ts";
import { differing } from "./differing.ts";
import { exists, type FileSet, isInside, writeSet } from "./write.ts";

/** Where a folder of handouts keeps the names of the files that are ours in it. */
const LIST = ".handouts.json";

/**
 * Writes a set of handouts in place of the one that was written there before: what is not in it any more goes, so that
 * no page of a teacher's edition, and no solution of yesterday, stays behind among a learner's files. Files that we have
 * not written stay as they are.
 *
 * @param written what is there already, if that is known: of that only what differs is written
 * @returns how many files were written, and how many of an earlier set were removed
 * @throws {CourseError} as `writeSet` does, and where a file of the same name is not ours
 */
export async function replaceSet(
  folder: string,
  files: FileSet,
  written: FileSet = new Map(),
): Promise<{ written: number; removed: number }> {
  const ours = await readList(folder);
  for (const name of files.keys()) {
    if (!ours.has(name) && await exists(join(folder, name))) {
      throw new CourseError(
        `Cannot write ${
          join(folder, name)
        }: a file of that name is there, and it is not of an earlier set of ` +
          "handouts. Move it away, or choose another folder with --out.",
      );
    }
  }
  const gone = [...ours].filter((name) => !files.has(name));
  const changed = differing(files, written);
  const list = `${JSON.stringify([...files.keys()].sort(), null, 1)}\n`;
  await writeSet(folder, new Map([...changed, [LIST, list]]), gone);
  return { written: changed.size, removed: gone.length };
}

async function readList(folder: string): Promise<Set<string>> {
  try {
    const names = JSON.parse(await Deno.readTextFile(join(folder, LIST)));
    return new Set(names.filter((name: unknown) => typeof name === "string" && isInside(name)));
  } catch {
    return new Set(); // there is none, or nothing that could be trusted
  }
}
