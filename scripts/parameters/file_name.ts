/** Names of files for what comes of a notebook with other values. @module */
import { join, relative, resolve } from "node:path";
import { fileStem, hashOf } from "../common/files.ts";
import { plainly, type Value } from "./type.ts";

/**
 * Returns the place of what comes of the notebook at `path` with some `values`: `04-a-second-producer-seed=7`, without an
 * ending; and a hash of the notebook that it is of, which a file that is written there holds. Where a file with one of the
 * `endings` is another's, or a place is `taken`, a number follows the name.
 */
export async function placeFor(
  path: string,
  out: string,
  values: string,
  endings: string[],
  taken: string[] = [],
): Promise<{ place: string; origin: string }> {
  const origin = hashOf(relative(resolve(out), resolve(path)));
  for (let number = 1;; number++) {
    const place = join(out, [fileStem(path, 120), number > 1 && number, values].filter(Boolean).join("-"));
    const read = (ending: string) => Deno.readTextFile(place + ending).catch(() => "");
    const found = await Promise.all(endings.map(read));
    if (!taken.includes(place) && found.every((text) => text === "" || text.includes(origin))) {
      return { place, origin };
    }
  }
}

/** A name and a value that every disk takes as they are: some do not tell capitals from small letters. */
const plain = /^[\w$]+=(?:[+-]?Infinity|[a-z0-9+_-](?:[a-z0-9.,+_-]*[a-z0-9])?)$/;

/**
 * Writes names and values as in `producers=3,speed=20`. Where a disk may not take that as it is (odd letters, capitals, too
 * many letters) it is shortened to what is plain in it, and a hash of the whole follows: different values never share a name.
 */
export function fileNameOf(settings: Iterable<readonly [name: string, value: Value]>): string {
  const parts = Array.from(settings, ([name, value]) => `${name}=${plainly(value)}`);
  const text = parts.join(",");
  if (text.length <= 100 && parts.every((part) => plain.test(part))) return text; // most disks allow 255 bytes
  const start = text.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 91).replace(/^-|-$/g, "");
  return `${start}-${hashOf(JSON.stringify(parts))}`;
}
