import { basename, dirname, resolve } from "node:path";
import { count } from "../../../lib/words.ts";
import { CourseError, messageOf } from "../../common/errors.ts";
import { formatNotebook, type Notebook, readNotebook } from "../../notebook/notebook.ts";
import { injectAcross } from "../../parameters/inject.ts";
import type { Assignment } from "../../parameters/assign.ts";
import { showProgress } from "../../run/progress.ts";
import { courseNotebooks, courseTitle } from "../../common/project.ts";
import { runAll } from "../../run/run_all.ts";
import { doubtfulTags } from "../document/doubtful_tags.ts";
import { embedPictures } from "../document/embed_pictures.ts";
import type { Files, FormatName } from "./formats.ts";
import { renderHandouts } from "./handouts.tsx";
import { fileStem } from "../document/names.ts";
import { replaceSet, toldOf } from "./replace.ts";
import type { Edition } from "../document/tags.ts";
import { watchFolders } from "./watch.ts";

/** What to write, and where. */
export interface BuildOptions {
  format: FormatName[];
  edition: Edition[];
  out: string;
  /** Whether the notebooks are run first; a cell may take so many seconds then. */
  run?: boolean;
  /** Values for parameters, for each notebook that has them. */
  parameter: Assignment[];
  timeout: number;
}

/** The making of handouts from notebooks' files, once or whenever they change; without any, from the course's. */
export class Build {
  readonly #given: string[];
  readonly #options: BuildOptions;
  readonly #signal: AbortSignal;
  #notebooks = new Map<string, { text: string; notebook: Notebook }>();
  #written: Files = new Map();

  constructor(given: string[], options: BuildOptions, signal: AbortSignal) {
    this.#given = given;
    this.#options = options;
    this.#signal = signal;
  }

  /** Reads what has changed, renders all and writes what differs; returns how many files that were, if any changed. */
  async write(): Promise<number | undefined> {
    const { format, edition, out } = this.#options;
    const paths = this.#given.length > 0 ? unique(this.#given) : await courseNotebooks();
    checkNames(paths);
    const read = await Promise.all(paths.map(async (path) => {
      const { notebook, missing } = await embedPictures(path, await readNotebook(path));
      return { path, notebook, missing, text: formatNotebook(notebook) };
    }));
    const isNew = read.filter(({ path, text }) => this.#notebooks.get(path)?.text !== text);
    if (isNew.length === 0 && paths.length === this.#notebooks.size) return;
    for (const { path, notebook, missing } of isNew) {
      const doubts = [
        ...missing.map((href) => `the picture ${href} is not there.`),
        ...doubtfulTags(notebook),
      ];
      for (const sentence of doubts) console.error(`${basename(path)}: ${sentence}`);
    }
    const cells = read.reduce((sum, { notebook }) => sum + notebook.cells.length, 0);
    const toRun = this.#options.run ? isNew.reduce((sum, { notebook }) => sum + notebook.cells.length, 0) : 0;
    const progress = this.#progress(
      toRun + cells * format.length * edition.length,
      [count(paths.length, "notebook"), count(edition.length, "edition"), count(format.length, "format")]
        .join(" x "),
    );
    try {
      const fresh = toRun > 0 ? await this.#run(isNew, progress.at) : isNew;
      const known = new Map(this.#notebooks);
      isNew.forEach(({ path, text }, at) => known.set(path, { text, notebook: fresh[at].notebook }));
      const notebooks = new Map(paths.map((path) => [path, known.get(path)!]));
      let done = toRun;
      const files = await renderHandouts(
        [...notebooks].map(([path, { notebook }]) => ({ name: path, notebook })),
        {
          title: courseTitle,
          formats: format,
          editions: edition,
          provenance: { versions: { Deno: Deno.version.deno } },
          onStep: async () => {
            progress.at(done += cells);
            await new Promise((go) => setTimeout(go)); // lets the bar be drawn, and Ctrl-C be heard
            this.#signal.throwIfAborted();
          },
        },
      );
      const replaced = await replaceSet(out, files, this.#written);
      this.#notebooks = notebooks;
      this.#written = files;
      progress.done();
      toldOf(replaced).forEach((sentence) => console.log(sentence));
      return replaced.written;
    } finally {
      progress.stop();
    }
  }

  /** Writes again whenever a notebook changes. A broken one is told of, and what was written stays. */
  async watch(): Promise<void> {
    const folders = new Set([...this.#notebooks.keys()].map((path) => dirname(resolve(path))));
    const given = new Set(this.#given.map((path) => resolve(path)));
    let wasBroken = false;
    console.log("Watching for changes; Ctrl-C ends it.");
    await watchFolders(folders, (name) => name.endsWith(".ipynb"), async (paths) => {
      const names = [...paths].filter((path) => given.size === 0 || given.has(path)).map((path) =>
        basename(path)
      );
      if (names.length === 0) return;
      const started = performance.now();
      const tell = (outcome: string) => console.log(`${names.join(", ")}: ${outcome}`);
      try {
        const files = await this.write();
        if (files !== undefined) {
          tell(`${files} ${files === 1 ? "file" : "files"} written in ${secondsSince(started)} s`);
        } else if (wasBroken) tell("as it was when the handouts were written");
        wasBroken = false;
      } catch (error) {
        wasBroken = true;
        if (!this.#signal.aborted) tell(`not written: ${messageOf(error).split("\n")[0]}`);
      }
    }, this.#signal);
  }

  async #run(notebooks: { path: string; notebook: Notebook }[], at: (cell: number) => void) {
    const { timeout, parameter } = this.#options;
    return await runAll(injectAcross(notebooks, parameter), {
      timeout,
      signal: this.#signal,
      onCell: ({ cell }) => at(cell),
    });
  }

  /** A bar for the first time; later ones are told of in a line each. */
  #progress(cells: number, all: string) {
    if (this.#written.size > 0) return { at() {}, done() {}, stop() {} };
    const started = performance.now();
    const progress = showProgress("the handouts", all);
    return {
      at: (cell: number) => progress.onCell({ cell, cells, seconds: 0 }),
      done: () => progress.done(cells, (performance.now() - started) / 1000),
      stop: () => progress.stop(),
    };
  }
}

function unique(paths: string[]): string[] {
  return [...new Map(paths.map((path) => [resolve(path), path])).values()];
}

/** Two notebooks of one name would overwrite each other's handouts. */
function checkNames(paths: string[]): void {
  const seen = new Map<string, string>();
  for (const path of paths) {
    const stem = fileStem(path).toLowerCase();
    const other = seen.get(stem);
    if (other !== undefined) {
      throw new CourseError(
        `Cannot write the handouts: ${other} and ${path} have the same name. Rename one of them, or write them to two folders.`,
      );
    }
    seen.set(stem, path);
  }
}

function secondsSince(started: number): string {
  return ((performance.now() - started) / 1000).toFixed(1);
}
