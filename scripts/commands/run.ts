import { Command, InvalidArgumentError } from "commander";
import { basename, join, relative } from "node:path";
import type { Executed } from "../run/execute.ts";
import { readNotebook } from "../notebook/notebook.ts";
import { findNotebooks } from "../common/find_notebook.ts";
import { kernelNamed, kernelOption } from "../kernel/kinds.ts";
import { type Assignment, readAssignment, readValuesFile } from "../parameters/assign.ts";
import { listParameters, parametersCell, readParameters } from "../parameters/declaration.ts";
import { type Progress, showProgress } from "../run/progress.ts";
import { courseNotebooks, root } from "../common/project.ts";
import { runFile } from "../run/run.ts";
import { change, runChanged } from "../run/run_with.ts";

/** `course run <notebook...>`: runs notebooks, in their place or with other values for their parameters. */
export function run(signal: AbortSignal): Command {
  return new Command("run")
    .description("run notebooks and write their outputs into them; with -p or -f, into runs/")
    .argument("[notebook...]", "the notebooks' files; of the course's, the number will do: 04")
    .option(
      "-p, --parameter <name=value>",
      "set a parameter, as in -p producers=3; may be repeated",
      collect,
      [],
    )
    .option("-f, --file <file>", "set the parameters that a JSON or YAML file names")
    .option("--list", "list the parameters, of all notebooks where none is named", false)
    .option("--out <folder>", "where runs with other values go", join(root, "runs"))
    .addOption(kernelOption())
    .option("--timeout <seconds>", "how long a cell may take", parseSeconds, 60)
    .action(async (given: string[], options: RunArguments, command: Command) => {
      const paths = await findNotebooks(given, "run");
      if (options.list) return console.log(await listAll(paths.length > 0 ? paths : await courseNotebooks()));
      if (paths.length === 0) {
        command.error("error: missing required argument 'notebook': 04, say; --list tells what there is");
      }
      const { timeout, parameter, file, out } = options;
      const kernel = kernelNamed(options.kernel);
      if (parameter.length === 0 && file === undefined) {
        for (const path of paths) {
          await shown(path, ({ onCell }) => runFile(path, { kernel, timeout, signal, onCell }));
        }
        return;
      }
      const fromFile = file === undefined ? {} : await readValuesFile(file);
      const changes = [];
      for (const path of paths) changes.push(await change(path, parameter, fromFile, out));
      for (const changed of changes) {
        await shown(changed.path, ({ onCell }) => runChanged(changed, { kernel, timeout, signal, onCell }));
        console.log(`The run is in ${here(changed.output)}: open ${here(changed.page)}`);
      }
    });
}

interface RunArguments {
  parameter: Assignment[];
  file?: string;
  list: boolean;
  kernel: string;
  out: string;
  timeout: number;
}

/** A number of seconds above 0, from the command line. */
export function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (text.trim() === "" || !(seconds > 0)) {
    throw new InvalidArgumentError("A number of seconds above 0 is needed.");
  }
  return seconds;
}

/** One more `name=value` from the command line. */
export function collect(argument: string, before: Assignment[]): Assignment[] {
  return [...before, readAssignment(argument)];
}

/** A path from the folder that the command was given in. */
export function here(path: string): string {
  return relative(Deno.cwd(), path) || ".";
}

async function shown(name: string, run: (progress: Progress) => Promise<Executed>): Promise<void> {
  const progress = showProgress(name);
  try {
    const { notebook, seconds } = await run(progress);
    progress.done(notebook.cells.length, seconds);
  } finally {
    progress.stop();
  }
}

async function listAll(paths: string[]): Promise<string> {
  const lists: string[] = [];
  for (const path of paths) {
    const notebook = await readNotebook(path);
    const lines = parametersCell(notebook) < 0
      ? ["no parameters"]
      : listParameters(readParameters(notebook, basename(path)));
    lists.push([basename(path), ...lines.map((line) => `  ${line}`)].join("\n"));
  }
  return lists.join("\n\n");
}
