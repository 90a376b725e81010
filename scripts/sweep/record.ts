/** The points that a sweep has done so far, a line for each on disk, so that an interrupted sweep can resume. @module */
import { join } from "node:path";
import { writeWhole } from "../common/files.ts";
import { hashOfFiles, sourcesIn } from "../common/cache.ts";
import { root } from "../common/project.ts";
import type { Notebook } from "../notebook/notebook.ts";
import type { Point } from "./grid.ts";
import type { Outcome } from "./pool.ts";

/**
 * Opens the record at `path`. Returns the outcomes by the keys of their points, and a function that appends another one at
 * once. It keeps only points that succeeded with the same code, so failed ones are tried again, and drops truncated lines.
 * Throws a `CourseError` if the file cannot be written.
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

/** Returns a hash of all that the figures depend on: the code of the notebook and of the library, and Deno's version. */
export function fingerprint({ cells }: Notebook, library: string = join(root, "lib")): string {
  const code = cells.flatMap(({ cell_type, source, metadata: { tags = [] } }) =>
    cell_type === "code" ? [[source, tags]] : []
  );
  const files = [...sourcesIn(library), join(root, "deno.lock")];
  return hashOfFiles(files, JSON.stringify([Deno.version.deno, code]));
}
