import { Command, InvalidArgumentError, Option } from "commander";
import { dirname, join, resolve } from "node:path";
// @ts-types="npm:@types/d3-array@3.2.2"
import { sum } from "d3-array";
import { table } from "../../lib/table.ts";
import { count } from "../../lib/words.ts";
import { CourseError } from "../common/errors.ts";
import { makeFolder } from "../common/files.ts";
import { findNotebooks } from "../common/find_notebook.ts";
import { here, root } from "../common/project.ts";
import type { BuildOptions, Built } from "../handouts/build/build.ts";
import { checkFolder, summaryOf } from "../handouts/build/folder.ts";
import { type FormatName, formats } from "../handouts/build/formats.ts";
import type { Edition } from "../handouts/document/tags.ts";
import { kernelNamed } from "../kernel/kinds.ts";
import { courseOption, kernelOption, parameterOption, singleFileOption, timeoutOption } from "./options.ts";

/** All editions. */
export const editions: readonly Edition[] = ["student", "teacher"];
const formatNames = Object.keys(formats) as FormatName[];

/** `course handouts [notebook...]`: writes the course in any format, for learners and for those who teach them. */
export function handouts(signal: AbortSignal): Command {
  return new Command("handouts")
    .description("write the course as HTML, PDF, slides, Markdown and notebooks, in two editions")
    .argument("[notebook...]", "the notebooks' files; without any, the course's")
    .addOption(listOption("format", formatNames, "all"))
    .addOption(listOption("edition", editions, "both"))
    .option("--out <folder>", "where the handouts go", join(root, "export"))
    .option("--no-solutions", "leave the solutions out of the student's edition, also where they stand apart")
    .option("--allow-tags <list>", "tags that are meant, though they look like others", (it) => it.split(","))
    .addOption(singleFileOption())
    .addOption(courseOption())
    .option("--run", "run the notebooks first; their files stay as they are")
    .addOption(parameterOption("name=value", "with --run: set a parameter; may be repeated"))
    .addOption(kernelOption())
    .addOption(timeoutOption())
    .option("--watch", "write again what changes, until Ctrl-C")
    .action(async (given: string[], options: HandoutsArguments) => {
      if (options.parameter.length > 0 && !options.run) {
        throw new CourseError("Cannot set parameters of notebooks that are not run: add --run.");
      }
      if (options.singleFile && !options.format.includes("html")) {
        throw new CourseError(
          "Cannot put web pages into one file where none are written: add html to --format.",
        );
      }
      await writeHandouts(await findNotebooks(given, "write handouts of"), options, signal);
    });
}

/** The options of `handouts`. */
export interface HandoutsArguments extends Omit<BuildOptions, "kernel"> {
  kernel: string;
  watch?: boolean;
}

/** Writes handouts, of the course where no notebooks are given, and prints where they are. */
export async function writeHandouts(
  paths: string[],
  options: HandoutsArguments,
  signal: AbortSignal,
): Promise<void> {
  const started = performance.now();
  await checkFolder(options.out);
  await makeFolder(dirname(resolve(options.out)));
  const { Build } = await import("../handouts/build/build.ts"); // not needed for --help
  const build = new Build(paths, { ...options, kernel: kernelNamed(options.kernel) }, signal);
  const built = (await build.write())!;
  const seconds = ((performance.now() - started) / 1000).toFixed(2);
  const sets = `${count(options.edition.length, "edition")} x ${count(options.format.length, "format")}`;
  console.error(`the handouts: ${count(built.notebooks, "notebook")} x ${sets}, ${seconds} s`);
  for (const sentence of summaryOf(built)) console.log(sentence);
  if (built.runs.length > 0) {
    console.log(`\n${tableOf(built.runs)}\n\nTotal, with the handouts: ${seconds} s\n`);
  }
  console.log(`The handouts are in ${here(options.out)}: open ${join(options.out, "index.html")}`);
  if (options.watch) await build.watch();
}

/** An option that takes "a,b": a list of known names, each once. */
function listOption<T extends string>(what: string, known: readonly T[], all: string): Option {
  const read = (text: string) => {
    const names = text.split(",").map((name) => name.trim().toLowerCase());
    const unknown = names.find((name) => !known.includes(name as T));
    if (unknown === undefined) return known.filter((name) => names.includes(name));
    const why = `There is no ${what} ${JSON.stringify(unknown)}; there are ${known.join(", ")}.`;
    throw new InvalidArgumentError(why);
  };
  return new Option(`--${what} <list>`, `any of ${known.join(",")}`).argParser(read).default(known, all);
}

/** A table of runs: the cells and the kernel time of each, and of all. */
export function tableOf(runs: Built["runs"]): string {
  const rowOf = (notebook: string, some: Built["runs"]) => ({
    notebook,
    cells: sum(some, ({ executed }) => executed.notebook.cells.length),
    "kernel time": `${sum(some, ({ executed }) => executed.seconds).toFixed(2)} s`.padStart(11),
  });
  const rows = runs.map((run) => rowOf(run.name, [run]));
  return table([...rows, rowOf("sum (they ran side by side)", runs)]).bundle["text/plain"]!;
}
