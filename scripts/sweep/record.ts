/** The points that a sweep has done so far, a line for each on the disk, so that an interrupted one goes on. @module */
import { join } from "node:path";
import { writeWhole } from "../common/files.ts";
import { hashOfFiles, sourcesIn } from "../common/cache.ts";
import { root } from "../common/project.ts";
import type { Notebook } from "../notebook/notebook.ts";
import type { Point } from "./grid.ts";
import type { Outcome } from "./pool.ts";

/**
 * Opens the record at `path`, and returns the outcomes by the key of their point, and a function that writes a further one
 * down at once. Of what is there, only points that succeeded with the same code count, and no line that was cut off in the
 * middle: those that failed are tried again. Throws a `CourseError` where the file cannot be written.
 */
export async function openRecord(path: string, code: string) {
  const lines = (await Deno.readTextFile(path).catch(() => "")).split("\n");
  const done = lines.map(parsed).filter((it) => it.code === code && it.figures);
  await writeWhole(path, done.map(lineOf).join(""));
  const outcomes = new Map<string, Outcome>(done.map(({ key, figures }) => [key, { ok: true, figures }]));
  const add = ({ key }: Point, outcome: Outcome) => {
    outcomes.set(key, outcome);
    Deno.writeTextFileSync(path, lineOf({ code, key, ...outcome }), { append: true });
  };
  return { outcomes, add };
}

const lineOf = (point: object) => `${JSON.stringify(point)}\n`;

function parsed(line: string) {
  try {
    return Object(JSON.parse(line));
  } catch {
    return {}; // it was cut off
  }
}

/** Returns a hash of the notebook's code, the library's and Deno's version: where it differs, the figures may. */
export function fingerprint({ cells }: Notebook, library: string = join(root, "lib")): string {
  const code = cells.flatMap(({ cell_type, source, metadata: { tags = [] } }) =>
    cell_type === "code" ? [[source, tags]] : []
  );
  const files = [...sourcesIn(library), join(root, "deno.lock")];
  return hashOfFiles(files, JSON.stringify([Deno.version.deno, code]));
}
