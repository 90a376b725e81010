import { createHash } from "node:crypto";
import { join } from "node:path";
import { CourseError } from "../../common/errors.ts";
import { differing } from "./differing.ts";
import { type FileSet, isInside, writeSet } from "./write.ts";

/** Where a folder of handouts keeps the names of the files that are ours in it, with a hash of each. */
const LIST = ".handouts.json";

/** What was done. */
export interface Replaced {
  /** How many files were written. */
  written: number;
  /** How many of an earlier set were removed. */
  removed: number;
  /** The names of those that stay, since somebody has changed them. */
  kept: string[];
}

/**
 * Writes a set of handouts in place of the one that was written there before: what is not in it any more goes, so that
 * no page of a teacher's edition, and no solution of yesterday, stays behind among a learner's files. Nobody's work is
 * lost: files that we have not written, and those that have been changed since, stay as they are.
 *
 * @param written what is there already, if that is known: of that only what differs is written
 * @throws {CourseError} as `writeSet` does, and where a file to be replaced is not ours, or not any more
 */
export async function replaceSet(
  folder: string,
  files: FileSet,
  written: FileSet = new Map(),
): Promise<Replaced> {
  const ours = await readList(folder);
  const hashes = new Map([...files].map(([name, content]) => [name, hashOf(content)]));
  for (const [name, hash] of hashes) {
    const there = await hashThere(folder, name);
    if (there === undefined || there === hash || there === ours.get(name)) continue;
    const whose = ours.has(name) ? "it has been changed since it was written" : "it is none of our handouts";
    throw new CourseError(
      `Cannot replace ${join(folder, name)}: ${whose}. Move it away, or choose another folder with --out.`,
    );
  }
  const [gone, kept]: string[][] = [[], []];
  for (const [name, hash] of ours) {
    if (files.has(name)) continue;
    const there = await hashThere(folder, name);
    if (there === hash) gone.push(name);
    else if (there !== undefined) kept.push(name);
  }
  const changed = differing(files, written);
  const list = Object.fromEntries([...hashes].sort(([a], [b]) => a < b ? -1 : 1));
  await writeSet(folder, new Map([...changed, [LIST, `${JSON.stringify(list, null, 1)}\n`]]), gone);
  return { written: changed.size, removed: gone.length, kept };
}

/** What became of an earlier set, in sentences; none where nothing did. */
export function toldOf({ removed, kept }: Replaced): string[] {
  return [
    ...removed > 0
      ? [`${removed} ${removed === 1 ? "file" : "files"} of an earlier set of handouts went away.`]
      : [],
    ...kept.length > 0 ? [`These were changed since they were written, and stay: ${kept.join(", ")}.`] : [],
  ];
}

function hashOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 32);
}

/** The hash of what stands there; undefined where there is no file. */
async function hashThere(folder: string, name: string): Promise<string | undefined> {
  try {
    return hashOf(await Deno.readFile(join(folder, name)));
  } catch (error) {
    return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory
      ? undefined
      : ""; // it cannot be read, and so is not ours
  }
}

async function readList(folder: string): Promise<Map<string, string>> {
  try {
    const list: Record<string, unknown> = JSON.parse(await Deno.readTextFile(join(folder, LIST)));
    return new Map(
      Object.entries(list).filter((entry): entry is [string, string] =>
        typeof entry[1] === "string" && isInside(entry[0])
      ),
    );
  } catch {
    return new Map(); // there is none, or nothing that could be trusted
  }
}
