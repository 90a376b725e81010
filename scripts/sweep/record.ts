/** What a sweep has done so far, on the disk: a line for each point, so that an interrupted one goes on. @module */
import { CourseError } from "../common/errors.ts";
import { reasonOf, writeWhole } from "../common/files.ts";
import { readFigures } from "./figures.ts";
import type { Point } from "./grid.ts";
import type { Outcome } from "./point.ts";

/** The outcomes of points, kept in a file. */
export class SweepRecord implements Disposable {
  /** Outcomes by the key of their point. */
  readonly outcomes: Map<string, Outcome>;
  readonly #file: Deno.FsFile;
  readonly #path: string;
  readonly #code: string;

  private constructor(path: string, code: string, outcomes: Map<string, Outcome>, file: Deno.FsFile) {
    this.#path = path;
    this.#code = code;
    this.outcomes = outcomes;
    this.#file = file;
  }

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
    try {
      return new SweepRecord(path, code, kept, await Deno.open(path, { append: true }));
    } catch (error) {
      throw new CourseError(`Cannot write ${path}: ${reasonOf(error)}.`);
    }
  }

  /** Writes a point down at once. */
  async add({ key }: Point, outcome: Outcome): Promise<void> {
    this.outcomes.set(key, outcome);
    const bytes = new TextEncoder().encode(lineOf(this.#code, key, outcome));
    try {
      for (let at = 0; at < bytes.length;) at += await this.#file.write(bytes.subarray(at));
    } catch (error) {
      throw new CourseError(
        `Cannot write ${this.#path}: ${reasonOf(error)}. What was done until then is in it.`,
      );
    }
  }

  [Symbol.dispose](): void {
    this.#file.close();
  }
}

function lineOf(code: string, key: string, outcome: Outcome): string {
  return JSON.stringify({
    code,
    key,
    ...(outcome.ok ? { figures: outcome.figures } : { error: outcome.error }),
  }) + "\n";
}

/** A line's content; undefined for one of a point that failed, and for one that was cut off in the middle. */
function parseLine(line: string): { code: string; key: string; outcome: Outcome } | undefined {
  try {
    const { code, key, figures } = JSON.parse(line);
    const read = readFigures(figures);
    return read && typeof key === "string" ? { code, key, outcome: { ok: true, figures: read } } : undefined;
  } catch {
    return undefined;
  }
}
