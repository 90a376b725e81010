import { Command } from "commander";
import { join } from "node:path";
import { count } from "../../lib/words.ts";
import { findNotebook } from "../common/find_notebook.ts";
import type { Assignment } from "../parameters/assign.ts";
import { root } from "../common/project.ts";
import { showBar } from "../run/progress.ts";
import { sweepNotebook, type SweepOptions, SweepStopped, type Swept } from "../sweep/sweep.ts";
import { here, parameterOption, type RunArguments, timeoutOption } from "./options.ts";

/** `course sweep <notebook>`: runs a notebook with many values, and writes one report of all runs. */
export function sweep(signal: AbortSignal): Command {
  return new Command("sweep")
    .description("run a notebook with every combination of values and write one report into runs/")
    .argument("<notebook>", "the notebook's file; of the course's, the number will do: 04")
    .addOption(parameterOption("name=values", "values as 1..5, 0..10..2 or 1,2,5; may be repeated"))
    .option("--out <folder>", "where the sweep's folder goes", join(root, "runs"))
    .addOption(timeoutOption())
    .action(async (given: string, { parameter, out, timeout }: RunArguments) => {
      const path = await findNotebook(given, "sweep");
      const started = performance.now();
      try {
        const { folder, results, reused } = await swept(path, parameter, { out, timeout, signal });
        const seconds = ((performance.now() - started) / 1000).toFixed(1);
        const failed = results.filter(({ outcome }) => !outcome.ok).length;
        const parts = [
          `${count(results.length, "point")} in ${seconds} s`,
          reused > 0 && `${reused} of an earlier sweep`,
          failed > 0 && `${failed} failed`,
        ];
        console.log(`${parts.filter(Boolean).join(", ")}: open ${here(join(folder, "index.html"))}`);
      } catch (error) {
        if (!(error instanceof SweepStopped)) throw error;
        console.error(error.message);
        throw error.cause;
      }
    });
}

async function swept(path: string, parameter: Assignment[], options: SweepOptions): Promise<Swept> {
  using bar = showBar(path, "{value}/{total} points, {eta_formatted} left");
  return await sweepNotebook(path, parameter, { ...options, onPoint: bar.at });
}
