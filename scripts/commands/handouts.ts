import { Command, InvalidArgumentError, Option } from "commander";
import { join, relative } from "node:path";
import { CourseError } from "../common/errors.ts";
import { findNotebooks } from "../common/find_notebook.ts";
import { Build, type BuildOptions } from "../handouts/build/build.ts";
import { type FormatName, formats } from "../handouts/build/formats.ts";
import type { Edition } from "../handouts/document/tags.ts";
import { root } from "../common/project.ts";
import { collect, parseSeconds } from "./run.ts";

const formatNames = Object.keys(formats) as FormatName[];
const editions: Edition[] = ["student", "teacher"];

/** `course handouts [notebook...]`: writes the course in any format, for learners and for those who teach them. */
export function handouts(signal: AbortSignal): Command {
  return new Command("handouts")
    .description("write the course as HTML, PDF, slides, Markdown and notebooks, in two editions")
    .argument("[notebook...]", "the notebooks' files; without any, the course's")
    .addOption(
      new Option("--format <list>", `any of ${formatNames.join(",")}`)
        .argParser(listOf("format", formatNames)).default(formatNames, "all"),
    )
    .addOption(
      new Option("--edition <list>", `any of ${editions.join(",")}`)
        .argParser(listOf("edition", editions)).default(editions, "both"),
    )
    .option("--out <folder>", "where the handouts go", join(root, "handouts"))
    .option("--run", "run the notebooks first; their files stay as they are")
    .option("-p, --parameter <name=value>", "with --run: set a parameter; may be repeated", collect, [])
    .option("--timeout <seconds>", "how long a cell may take with --run", parseSeconds, 60)
    .option("--watch", "write again what changes, until Ctrl-C")
    .action(async (given: string[], options: BuildOptions & { watch?: boolean }) => {
      if (options.parameter.length > 0 && !options.run) {
        throw new CourseError("Cannot set parameters of notebooks that are not run: add --run.");
      }
      const paths = await findNotebooks(given, "write handouts of");
      await checkFolder(options.out);
      const build = new Build(paths, options, signal);
      await build.write();
      const folder = relative(Deno.cwd(), options.out) || ".";
      console.log(`The handouts are in ${folder}: open ${join(options.out, "index.html")}`);
      if (options.watch) await build.watch();
    });
}

/** Reads "a,b" into a list of known names, each once. */
function listOf<T extends string>(what: string, known: readonly T[]): (text: string) => T[] {
  return (text) => {
    const names = text.split(",").map((name) => name.trim().toLowerCase());
    const unknown = names.find((name) => !known.includes(name as T));
    if (unknown !== undefined) {
      throw new InvalidArgumentError(
        `There is no ${what} ${JSON.stringify(unknown)}; there are ${known.join(", ")}.`,
      );
    }
    return known.filter((name) => names.includes(name));
  };
}

/** Says so before minutes of work when the folder can't be one. */
async function checkFolder(out: string): Promise<void> {
  const found = await Deno.stat(out).catch(() => undefined);
  if (found && !found.isDirectory) {
    throw new CourseError(
      `Cannot write the handouts into ${out}: it is a file. Choose another folder with --out.`,
    );
  }
}
