import { Command, Option } from "commander";
import { join } from "node:path";
import { root } from "../common/project.ts";
import type { Edition } from "../handouts/document/tags.ts";
import { editions, type HandoutsArguments, writeHandouts } from "./handouts.ts";
import { kernelOption, timeoutOption } from "./options.ts";

/** `course course`: `handouts --run --format html --edition student`, into a folder of its own. */
export function course(signal: AbortSignal): Command {
  return new Command("course")
    .description("run all notebooks and write a page for each and an index; the notebooks stay as they are")
    .option("--out <folder>", "where the pages go", join(root, "handouts"))
    .addOption(
      new Option("--edition <edition>", "with solutions (teacher), or with room to work in their place")
        .choices(editions).default("student"),
    )
    .addOption(kernelOption())
    .addOption(timeoutOption())
    .action(async (options: Omit<HandoutsArguments, "edition"> & { edition: Edition }) => {
      const preset = { ...options, run: true, edition: [options.edition], parameter: [] };
      await writeHandouts([], { ...preset, format: ["html"] }, signal);
    });
}
