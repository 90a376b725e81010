/** The points that a sweep has done so far, a line for each on the disk, so that an interrupted one goes on. @module */
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { CourseError } from "../common/errors.ts";
import { reasonOf, writeWhole } from "../common/files.ts";
import { root } from "../common/project.ts";
import type { Notebook } from "../notebook/notebook.ts";
import { figuresSchema } from "./figures.ts";
import type { Point } from "./grid.ts";
import type { Outcome } from "./pool.ts";

/** The outcomes of points, kept in a file. */
export class SweepRecord {
  /** Outcomes by the key of their point. */
  readonly outcomes = new Map<string, Outcome>();

  private constructor(private readonly path: string, private readonly code: string) {}

  /**
   * Opens the record at `path`. Of what is there, only points that succeeded with the same code count, and no line that was
   * cut off in the middle: those that failed are tried again. Throws a `CourseError` where the file cannot be written.
   */
  static async open(path: string, code: string): Promise<SweepRecord> {
    const record = new SweepRecord(path, code);
    const point = v.object({ code: v.literal(code), key: v.string(), figures: figuresSchema });
    const read = v.safeParser(v.pipe(v.string(), v.parseJson(), point));
    const lines = (await Deno.readTextFile(path).catch(() => "")).split("\n");
    const kept = lines.filter((line) => {
      const { success, output } = read(line);
      if (success) record.outcomes.set(output.key, { ok: true, figures: output.figures });
      return success;
    });
    await writeWhole(path, kept.map((line) => `${line}\n`).join(""));
    return record;
  }

  /** Writes a point down at once. */
  add({ key }: Point, outcome: Outcome): void {
    this.outcomes.set(key, outcome);
    const line = JSON.stringify({ code: this.code, key, ...outcome }) + "\n";
    try {
      Deno.writeTextFileSync(this.path, line, { append: true });
    } catch (error) {
      const why = reasonOf(error);
      throw new CourseError(`Cannot write ${this.path}: ${why}. What was done until then is in it.`);
    }
  }
}

/** Returns a hash of the notebook's code, the library's and Deno's version: where it differs, the figures may. */
export function fingerprint(notebook: Notebook, library: string = join(root, "lib")): string {
  const hash = createHash("sha256").update(Deno.version.deno);
  for (const cell of notebook.cells) {
    if (cell.cell_type === "code") hash.update(JSON.stringify([cell.source, cell.metadata.tags ?? []]));
  }
  const files = readdirSync(library, { recursive: true, encoding: "utf8" }).sort();
  for (const name of files.filter((name) => /(?<!_test)\.ts$/.test(name))) {
    hash.update(name).update(Deno.readFileSync(join(library, name)));
  }
  return hash.digest("hex").slice(0, 16);
}
