import { Command, Option } from "commander";
import { join } from "node:path";
import { root } from "../common/project.ts";
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
    .action(
      async (
        { edition, ...options }: Omit<HandoutsArguments, "edition"> & { edition: "student" | "teacher" },
      ) => {
        const preset = {
          ...options,
          run: true,
          format: ["html" as const],
          edition: [edition],
          parameter: [],
        };
        await writeHandouts([], preset, signal);
      },
    );
}
