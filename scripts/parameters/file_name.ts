/** Names of files for what comes of a notebook with other values. @module */
import { join, relative, resolve } from "node:path";
import { fileStem, hashOf } from "../common/files.ts";

/** The place of a result in the folder `out`, without an ending, and a hash of the notebook that it is of. */
export interface Place {
  path: string;
  origin: string;
}

/**
 * Returns the place of what comes of the notebook at `path` with some `values`: `04-a-second-producer-seed=7`. Where another
 * notebook of its name has left something, as `isFree` tells, a number follows the name.
 */
export async function placeFor(
  path: string,
  out: string,
  values: string,
  isFree: (place: Place) => Promise<boolean>,
): Promise<Place> {
  const origin = hashOf(relative(resolve(out), resolve(path)));
  for (let number = 1;; number++) {
    const name = [fileStem(path), number > 1 && number, values].filter(Boolean).join("-");
    const place = { path: join(out, name), origin };
    if (await isFree(place)) return place;
  }
}

/** The greatest length of one value, and of all; most disks allow 255 bytes for a name. */
const longest = { value: 24, all: 100 };

/**
 * Writes names and texts as in `producers=3,speed=20`. A text that a disk may not take as it is (odd letters, capitals that
 * some disks do not tell from small ones, too many letters) is shortened to what is plain in it, and a hash of the
 * whole follows: different values never share a name.
 */
export function fileNameOf(settings: Iterable<readonly [name: string, text: string]>): string {
  const parts = [...settings].map(([name, text]) =>
    `${/^[\w$]{1,32}$/.test(name) ? name : plain(name)}=${plain(text)}`
  );
  const whole = parts.join(",");
  if (whole.length <= longest.all) return whole;
  return `${whole.slice(0, longest.all - 9).replace(/[^a-zA-Z0-9]+$/, "")}-${hashOf(whole)}`;
}

function plain(text: string): string {
  if (/^[+-]?Infinity$/.test(text) || isPlain(text)) return text;
  const start = text.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, longest.value - 9).replace(
    /^-|-$/g,
    "",
  );
  return [start, hashOf(text)].filter((part) => part !== "").join("-");
}

function isPlain(text: string): boolean {
  return text.length <= longest.value && /^[a-z0-9+_-](?:[a-z0-9.,+_-]*[a-z0-9])?$/.test(text);
}
