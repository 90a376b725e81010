/** Builds handouts from notebook files. @module */
import { basename, dirname, resolve } from "node:path";
import { count } from "../../../lib/words.ts";
import { CourseError, messageOf } from "../../common/errors.ts";
import { type Course, courseOf, pageOptions, readCourse } from "../../common/course.ts";
import type { KernelKind } from "../../kernel/kernel.ts";
import { formatNotebook, readNotebook } from "../../notebook/notebook.ts";
import { injectAcross } from "../../parameters/inject.ts";
import type { Assignments } from "../../parameters/assign.ts";
import { showBar } from "../../run/bar.ts";
import { type NotebookFile, runAll } from "../../run/run_all.ts";
import { doubtfulTags } from "../document/doubtful_tags.ts";
import { Files as Beside } from "../document/references.ts";
import type { Edition } from "../document/tags.ts";
import { replaceSet } from "./folder.ts";
import type { Files, FormatName } from "./formats.ts";
import { renderHandouts } from "./handouts.ts";

/** The handouts to write, and the folder to write them to. */
export interface BuildOptions {
  format: readonly FormatName[];
  edition: readonly Edition[];
  out: string;
  /** True if the notebooks are run first, in this kernel, with a timeout in seconds for each cell. */
  run?: boolean;
  kernel: KernelKind;
  timeout: number;
  /** True if the web pages of an edition are one file. */
  singleFile?: boolean;
  /** True if the student's edition includes the solutions, in files of their own. */
  solutions?: boolean;
  /** Tags that resemble known ones, but are meant as they are. */
  allowTags?: string[];
  /** The course's folder; by default, that of the notebooks. */
  course?: string;
  /** Values for parameters, in every notebook that declares them. */
  parameter: Assignments;
}

/** The result of a build: the changes to the folder, the number of notebooks, and the runs, if any. */
export type Built = Awaited<ReturnType<Build["write"]>>;

/** A notebook, with outputs if it was run, and the text of its file. */
type Source = NotebookFile & { text: string };

/** The debounce interval for changes, in milliseconds: editors write a file in steps. */
const QUIET = 150;

/** Builds handouts of notebooks, once or whenever they change. */
export class Build {
  /** The notebooks of the last build. */
  #last: Source[] = [];

  constructor(
    readonly find: () => Promise<string[]>,
    readonly options: BuildOptions,
    readonly signal: AbortSignal,
  ) {}

  /** Reads and runs the notebooks that changed, and writes all handouts. */
  async write() {
    const { course: folder, run, out } = this.options;
    const paths = await this.find();
    const course = await (folder ? readCourse(folder) : courseOf(paths[0]));
    const sources = await Array.fromAsync(paths, (path) => this.#read(path));
    const changed = sources.filter((source) => !this.#last.includes(source));
    const notebooks = sources.length;
    if (changed.length === 0 && notebooks === this.#last.length) {
      return { written: 0, kept: [], notebooks, runs: [] }; // only another notebook in the folder changed
    }
    const runs = run ? await this.#run(sources, changed) : [];
    for (const [at, { executed }] of runs.entries()) changed[at].notebook = executed.notebook;
    const replaced = await replaceSet(out, await this.#render(course, sources));
    this.#last = sources;
    return { ...replaced, notebooks, runs };
  }

  /** Writes the handouts again whenever a notebook changes, until the signal aborts. */
  async watch(): Promise<void> {
    if (this.signal.aborted) return;
    const folders = new Set(this.#last.map(({ path }) => dirname(resolve(path))));
    const watcher = Deno.watchFs([...folders], { recursive: false });
    this.signal.addEventListener("abort", () => watcher.close(), { once: true });
    console.log("Watching for changes; Ctrl-C ends it.");
    let timer: ReturnType<typeof setTimeout> | undefined;
    let running = Promise.resolve();
    for await (const { kind, paths } of watcher) {
      if (kind === "access" || !paths.some((path) => path.endsWith(".ipynb"))) continue;
      clearTimeout(timer);
      timer = setTimeout(() => running = running.then(() => this.#writeAgain()), QUIET);
    }
    clearTimeout(timer);
    await running;
  }

  /** Writes the handouts again. If that fails, it prints why, and the earlier handouts stay. */
  async #writeAgain(): Promise<void> {
    try {
      const { written } = await this.write();
      if (written > 0) console.log(`${count(written, "file")} written`);
    } catch (error) {
      if (!this.signal.aborted) console.log(`Not written: ${messageOf(error).split("\n")[0]}`);
    }
  }

  /**
   * Reads a notebook, or takes it from the last build if it has not changed. Throws if a misspelt tag could reveal a
   * solution.
   */
  async #read(path: string): Promise<Source> {
    const notebook = await readNotebook(path);
    const text = formatNotebook(notebook);
    const known = this.#last.find((it) => it.path === path && it.text === text);
    const doubts = known ? [] : doubtfulTags(notebook, this.options.allowTags);
    if (doubts.length === 0) return known ?? { path, notebook, text };
    const where = `in ${basename(path)}, ${doubts.join("\n")}`;
    throw new CourseError(`Cannot write the handouts: ${where}\nRename it, or add --allow-tags NAME.`);
  }

  async #run(all: Source[], changed: Source[]) {
    const { kernel, timeout, parameter } = this.options;
    const files = injectAcross(all, parameter).filter((_, at) => changed.includes(all[at]));
    using bar = showBar(count(files.length, "notebook"), "cell");
    const ran = await runAll(files, { kernel, timeout, signal: this.signal, onCell: bar.at });
    return ran.map((executed, at) => ({ name: basename(files[at].path), executed }));
  }

  async #render(course: Course, sources: Source[]): Promise<Files> {
    const { signal, options: { format: formats, edition: editions, singleFile, solutions } } = this;
    let done = 0;
    using bar = showBar("the handouts", "format");
    const told = new Set<string>();
    const tell = (sentence: string) => void told.add(sentence);
    const beside = new Beside(sources.map(({ path }) => path));
    const notebooks = sources.map(({ path: name, notebook }) => ({
      name,
      about: aboutOf(course, name),
      notebook,
      find: beside.finder(name, (sentence) => tell(`${basename(name)}: ${sentence}`)),
    }));
    const onStep = async () => {
      bar.at(++done, editions.length * formats.length);
      await new Promise((go) => setTimeout(go)); // lets the bar be drawn and Ctrl-C be noticed
      signal.throwIfAborted();
    };
    const page = pageOptions(course);
    const options = { ...page, formats, editions, singleFile, solutions, signal, onStep, tell };
    const files = await renderHandouts(notebooks, options);
    for (const sentence of told) console.error(sentence);
    return files;
  }
}

/** The description of a notebook in the index: "Where await goes. 20 minutes." */
function aboutOf({ notebooks }: Course, path: string): string | undefined {
  const { gives, minutes } = notebooks.find((it) => resolve(it.path) === resolve(path)) ?? {};
  return [gives, minutes && `${count(minutes, "minute")}.`].filter(Boolean).join(" ") || undefined;
}
