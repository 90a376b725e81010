/** The points that a sweep has done so far, a line for each on the disk, so that an interrupted one goes on. @module */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { CourseError } from "../common/errors.ts";
import { reasonOf, writeWhole } from "../common/files.ts";
import { root } from "../common/project.ts";
import type { Notebook } from "../notebook/notebook.ts";
import { readFigures } from "./figures.ts";
import type { Point } from "./grid.ts";
import type { Outcome } from "./point.ts";

/** The outcomes of points, kept in a file. */
export class SweepRecord {
  private constructor(
    private readonly path: string,
    private readonly code: string,
    /** Outcomes by the key of their point. */
    readonly outcomes: Map<string, Outcome>,
  ) {}

  /**
   * Opens the record at `path`. Of what is there, only points that succeeded with the same code count: those that
   * failed are tried again. Throws a `CourseError` where the file cannot be written.
   */
  static async open(path: string, code: string): Promise<SweepRecord> {
    const kept = new Map<string, Outcome>();
    const text = await Deno.readTextFile(path).catch(() => "");
    for (const line of text.split("\n")) {
      const entry = parseLine(line);
      if (entry?.code === code) kept.set(entry.key, entry.outcome);
    }
    await writeWhole(path, [...kept].map(([key, outcome]) => lineOf(code, key, outcome)).join(""));
    return new SweepRecord(path, code, kept);
  }

  /** Writes a point down at once. */
  add({ key }: Point, outcome: Outcome): void {
    this.outcomes.set(key, outcome);
    try {
      Deno.writeTextFileSync(this.path, lineOf(this.code, key, outcome), { append: true });
    } catch (error) {
      const why = reasonOf(error);
      throw new CourseError(`Cannot write ${this.path}: ${why}. What was done until then is in it.`);
    }
  }
}

function lineOf(code: string, key: string, outcome: Outcome): string {
  const { ok: _, ...rest } = outcome;
  return JSON.stringify({ code, key, ...rest }) + "\n";
}

/** Reads a line; undefined for that of a point that failed, and for one that was cut off in the middle. */
function parseLine(line: string): { code: string; key: string; outcome: Outcome } | undefined {
  try {
    const { code, key, figures } = JSON.parse(line);
    const read = readFigures(figures);
    return read && typeof key === "string" ? { code, key, outcome: { ok: true, figures: read } } : undefined;
  } catch {
    return undefined;
  }
}

/** Returns a hash of the notebook's code, the library's and Deno's version: where it differs, the figures may. */
export function fingerprint(notebook: Notebook, library: string = join(root, "lib")): string {
  const hash = createHash("sha256").update(Deno.version.deno);
  for (const cell of notebook.cells) {
    if (cell.cell_type === "code") hash.update(JSON.stringify([cell.source, cell.metadata.tags ?? []]));
  }
  for (const path of sourcesIn(library)) {
    hash.update(path.slice(library.length)).update(Deno.readFileSync(path));
  }
  return hash.digest("hex").slice(0, 16);
}

function sourcesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const path = join(folder, name);
    if (isDirectory) return sourcesIn(path);
    return name.endsWith(".ts") && !name.endsWith("_test.ts") ? [path] : [];
  }).sort();
}
