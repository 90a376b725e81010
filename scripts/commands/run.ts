import { Command } from "commander";
import { basename, join } from "node:path";
import { table } from "../../lib/table.ts";
import { count } from "../../lib/words.ts";
import { findNotebooks } from "../common/find_notebook.ts";
import { here, root } from "../common/project.ts";
import type { KernelKind } from "../kernel/kernel.ts";
import { readNotebook } from "../notebook/notebook.ts";
import { readValuesFile } from "../parameters/assign.ts";
import { parametersCells, readParameters } from "../parameters/declaration.ts";
import { literal, typeInWords } from "../parameters/type.ts";
import type { ExecuteOptions } from "../run/execute.ts";
import { showBar } from "../run/bar.ts";
import { runAll } from "../run/run_all.ts";
import { kernelOption, parameterOption, type RunArguments, timeoutOption } from "./options.ts";
import { type Planned, planRun, runPlanned } from "./plan.ts";

/** `course run [notebook...]`: runs notebooks, in place or with other values for their parameters. */
export function run(signal: AbortSignal): Command {
  return new Command("run")
    .description("run notebooks in place; with -p or -f, write the results into runs/")
    .argument("[notebook...]", "notebook files, or their numbers in the course, such as 04")
    .addOption(parameterOption("name=value", "set a parameter, as in -p producers=3 (repeatable)"))
    .option("-f, --file <file>", "set the parameters in a JSON or YAML file (repeatable)", each)
    .option("--list", "list the parameters of the notebooks (default: of all)")
    .option("--out <folder>", "the folder for runs with -p or -f", join(root, "runs"))
    .addOption(kernelOption)
    .addOption(timeoutOption)
    .action(async (given: string[], options: Arguments, command: Command) => {
      const isVague = given.length === 0 && !options.list;
      if (isVague) command.error("error: name a notebook, such as 04; --list shows what there is");
      const paths = await findNotebooks(given, "run");
      if (options.list) return console.log(await listAll(paths));
      const { kernel, timeout, parameter, file = [], out } = options;
      const values = await Promise.all(file.map(readValuesFile));
      const set = new Map([...values, parameter].flatMap((some) => [...some]));
      const planned: Planned[] = [];
      for (const path of paths) {
        planned.push(await planRun(path, set, out, planned.flatMap(({ place }) => place ?? [])));
      }
      await runAndShow(planned, { kernel, timeout, signal });
    });
}

interface Arguments extends RunArguments {
  file?: string[];
  list?: boolean;
  kernel: KernelKind;
}

/** Collects the values of an option that may be repeated. */
const each = (value: string, before: string[] = []) => [...before, value];

/** Runs notebooks with one progress bar, and prints a line for each that is done. */
async function runAndShow(files: Planned[], options: ExecuteOptions): Promise<void> {
  const name = files.length === 1 ? files[0].path : count(files.length, "notebook");
  const results: string[] = [];
  try {
    using bar = showBar(name, "cell");
    await runAll(files, { ...options, onCell: bar.at }, async (file, options) => {
      const { path, place } = file;
      const executed = await runPlanned(file, options);
      const cells = count(executed.notebook.cells.length, "cell");
      bar.log(`${path}: ${cells}, ${executed.seconds.toFixed(1)} s`);
      if (executed.note) bar.log(`${path}: ${executed.note}`);
      if (place) results.push(`Wrote ${here(place)}.ipynb: open ${here(place)}.html`);
      return executed;
    });
  } finally {
    for (const result of results) console.log(result);
  }
}

async function listAll(paths: string[]): Promise<string> {
  const lists = await Array.fromAsync(paths, async (path) => {
    const notebook = await readNotebook(path);
    const name = basename(path);
    if (parametersCells(notebook).length === 0) return `${name}\n  no parameters`;
    const rows = readParameters(notebook, name).map(({ name: parameter, type, default: usual, help }) => {
      const words = { "may be": typeInWords(type), "what it does": help };
      return { parameter, type: type.written, default: literal(usual), ...words };
    });
    return `${name}\n${table(rows).bundle["text/plain"]}`.replaceAll("\n", "\n  ");
  });
  return lists.join("\n\n");
}
