/** File names for the results of a notebook that ran with other values. @module */
import { join, relative, resolve } from "node:path";
import { fileStem, hashOf } from "../common/files.ts";
import { plainly, type Value } from "./type.ts";

/**
 * Returns the path, without an extension, for the results of the notebook at `path` with some `values`, such as
 * `04-a-second-producer-seed=7`; and `origin`, a hash of the notebook's path, which the result must contain. A number is
 * added if that path is `taken`, or if a file there with one of the `endings` is the result of another notebook.
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

/** Matches a name and value that are safe in file names; values are lower-case, as some file systems ignore case. */
const plain = /^[\w$]+=(?:[+-]?Infinity|[a-z0-9+_-](?:[a-z0-9.,+_-]*[a-z0-9])?)$/;

/**
 * Writes names and values as a file name: `producers=3,speed=20`. If that is not safe on every file system (other characters,
 * capitals, too long), it is reduced to safe characters and followed by a hash, so that different values never share a name.
 */
export function fileNameOf(settings: Iterable<readonly [name: string, value: Value]>): string {
  const parts = Array.from(settings, ([name, value]) => `${name}=${plainly(value)}`);
  const text = parts.join(",");
  if (text.length <= 100 && parts.every((part) => plain.test(part))) return text; // most file systems allow 255 bytes
  const start = text.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 91).replace(/^-|-$/g, "");
  return `${start}-${hashOf(JSON.stringify(parts))}`;
}
