import { Command } from "commander";
import { join } from "node:path";
import { count } from "../../lib/words.ts";
import { findNotebook } from "../common/find_notebook.ts";
import { here, root } from "../common/project.ts";
import { sweepNotebook } from "../sweep/sweep.ts";
import { parameterOption, type RunArguments, timeoutOption } from "./options.ts";

/** `course sweep <notebook>`: runs a notebook with many values and writes one report of all runs. */
export function sweep(signal: AbortSignal): Command {
  return new Command("sweep")
    .description("run a notebook with every combination of values, and write one report into runs/")
    .argument("<notebook>", "a notebook file, or its number in the course, such as 04")
    .addOption(parameterOption("name=values", "values such as 1..5, 0..10..2 or 1,2,5 (repeatable)"))
    .option("--out <folder>", "the folder for the sweep's own folder", join(root, "runs"))
    .addOption(timeoutOption)
    .action(async (given: string, { parameter, out, timeout }: RunArguments) => {
      const path = await findNotebook(given, "sweep");
      const started = performance.now();
      const { folder, results, reused } = await sweepNotebook(path, parameter, { out, timeout, signal });
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      const failed = results.filter(({ outcome }) => !outcome.ok).length;
      const parts = [
        `${count(results.length, "point")} in ${seconds} s`,
        reused > 0 && `${reused} reused from an earlier sweep`,
        failed > 0 && `${failed} failed`,
      ];
      console.log(`${parts.filter(Boolean).join(", ")}: open ${here(join(folder, "index.html"))}`);
    });
}
