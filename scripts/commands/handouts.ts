import { Command, InvalidArgumentError, Option } from "commander";
import { join, resolve } from "node:path";
// @ts-types="npm:@types/d3-array@3.2.2"
import { sum } from "d3-array";
import { table } from "../../lib/table.ts";
import { count } from "../../lib/words.ts";
import { outputOf } from "../common/command.ts";
import { CourseError } from "../common/errors.ts";
import { findNotebooks } from "../common/find_notebook.ts";
import { here, root } from "../common/project.ts";
import type { BuildOptions, Built } from "../handouts/build/build.ts";
import { checkFolder } from "../handouts/build/folder.ts";
import { type FormatName, formats } from "../handouts/build/formats.ts";
import type { Edition } from "../handouts/document/tags.ts";
import { courseOption, kernelOption, parameterOption, timeoutOption } from "./options.ts";

const editions: readonly Edition[] = ["student", "teacher"];
const formatNames = Object.keys(formats) as FormatName[];

interface Arguments extends BuildOptions {
  watch?: boolean;
  open: boolean;
}

/** `course handouts [notebook...]`: writes the course in any format, for students and teachers. */
export function handouts(signal: AbortSignal): Command {
  const words = "write the course as HTML, PDF, slides, Markdown and notebooks, in two editions";
  const preset = { format: formatNames, edition: editions, out: "export", run: false };
  return withOptions(new Command("handouts").description(words), preset, signal);
}

/** `course course`: `handouts --run --format html --edition student`, into a folder of its own; opens the index. */
export function course(signal: AbortSignal): Command {
  const words = "run all notebooks and write a page for each, and an index; their files do not change";
  const preset: Preset = { format: ["html"], edition: ["student"], out: "handouts", run: true };
  return withOptions(new Command("course").description(words), preset, signal);
}

/** The defaults of a command that writes handouts. A command that runs the notebooks also opens the index. */
type Preset = Pick<Arguments, "format" | "edition" | "out" | "run">;

function withOptions(command: Command, preset: Preset, signal: AbortSignal): Command {
  return command
    .argument("[notebook...]", "notebook files, or their numbers in the course (default: the whole course)")
    .addOption(listOption("format", formatNames, preset.format))
    .addOption(listOption("edition", editions, preset.edition))
    .option("--out <folder>", "the folder to write into", join(root, preset.out))
    .option("--no-solutions", "leave the solutions out of the student edition, even those kept apart")
    .option("--allow-tags <list>", "accept these tags, though they look misspelt", (it) => it.split(","))
    .option("--single-file", "put all web pages of an edition into one file, index.html")
    .addOption(courseOption)
    .addOption(new Option("--run", "run the notebooks first").default(preset.run).hideHelp(preset.run))
    .addOption(parameterOption("name=value", "run them with this value (repeatable)").implies({ run: true }))
    .addOption(kernelOption)
    .addOption(timeoutOption)
    .addOption(new Option("--no-open", "do not open a browser").default(preset.run).hideHelp(!preset.run))
    .option("--watch", "rewrite what changes, until Ctrl-C")
    .action((given: string[], options: Arguments) => writeHandouts(given, options, signal));
}

/** Writes handouts of the given notebooks, or of the whole course, and prints where they are. */
async function writeHandouts(given: string[], options: Arguments, signal: AbortSignal): Promise<void> {
  if (options.singleFile && !options.format.includes("html")) {
    throw new CourseError("Cannot write a single file: there are no web pages. Add html to --format.");
  }
  const find = () => findNotebooks(given, "write handouts of", options.course);
  const started = performance.now();
  await checkFolder(options.out);
  const { Build } = await import("../handouts/build/build.ts"); // not needed for --help
  const build = new Build(find, options, signal);
  const { notebooks, runs, kept } = await build.write();
  if (runs.length > 0) console.log(`${tableOf(runs)}\n`);
  for (const { name, executed: { note } } of runs) if (note) console.log(`${name}: ${note}`);
  for (const name of kept) console.log(`Kept, because it was changed since it was written: ${name}`);
  const sets = `${count(options.edition.length, "edition")} x ${count(options.format.length, "format")}`;
  const seconds = ((performance.now() - started) / 1000).toFixed(2);
  const index = join(options.out, "index.html");
  console.log(`${count(notebooks, "notebook")} x ${sets} in ${seconds} s: open ${here(index)}`);
  if (options.open && Deno.stdout.isTerminal() && !Deno.env.get("CI")) openInBrowser(resolve(index));
  if (options.watch) await build.watch();
}

/** An option that takes a comma-separated list of known names. */
function listOption<T extends string>(what: string, known: readonly T[], preset: readonly T[]): Option {
  const option = new Option(`--${what} <list>`, `one or more of ${known.join(",")}`);
  return option.default(preset, preset.join(",")).argParser((text) => {
    const names = text.split(",").map((name) => name.trim());
    if (new Set(names).isSubsetOf(new Set(known))) return known.filter((name) => names.includes(name));
    throw new InvalidArgumentError(`Choose from ${known.join(", ")}.`);
  });
}

/** Opens a file in a browser, if there is a screen, without waiting for it. */
function openInBrowser(path: string): void {
  const openers: Record<string, string[]> = { darwin: ["open"], windows: ["cmd", "/c", "start", ""] };
  const hasScreen = Deno.env.get("DISPLAY") || Deno.env.get("WAYLAND_DISPLAY");
  const opener = openers[Deno.build.os] ?? (hasScreen ? ["xdg-open"] : undefined);
  if (opener) void outputOf([...opener, path], { stdout: "null", stderr: "null" });
}

/** A table of runs, with the cells and the kernel time of each, and the totals. */
export function tableOf(runs: Built["runs"]): string {
  const rowOf = (notebook: string, some: Built["runs"]) => ({
    notebook,
    cells: sum(some, ({ executed }) => executed.notebook.cells.length),
    "kernel time": `${sum(some, ({ executed }) => executed.seconds).toFixed(2)} s`.padStart(11),
  });
  const rows = runs.map((run) => rowOf(run.name, [run]));
  return table([...rows, rowOf("total (they ran in parallel)", runs)]).bundle["text/plain"]!;
}
