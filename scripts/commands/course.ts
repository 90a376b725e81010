import { Command, Option } from "commander";
import { join, resolve } from "node:path";
import { root } from "../common/project.ts";
import type { Edition } from "../handouts/document/tags.ts";
import { editions, type HandoutsArguments, writeHandouts } from "./handouts.ts";
import { courseOption, kernelOption, singleFileOption, timeoutOption } from "./options.ts";

/** `course course`: `handouts --run --format html --edition student`, into a folder of its own. */
export function course(signal: AbortSignal): Command {
  return new Command("course")
    .description("run all notebooks and write a page for each and an index; the notebooks stay as they are")
    .option("--out <folder>", "where the pages go", join(root, "handouts"))
    .addOption(
      new Option("--edition <edition>", "with solutions (teacher), or with room to work in their place")
        .choices(editions).default("student"),
    )
    .option("--no-open", "do not open the index in a browser, as is done for a person at a terminal")
    .addOption(singleFileOption())
    .addOption(courseOption())
    .addOption(kernelOption())
    .addOption(timeoutOption())
    .action(async ({ open, ...options }: Omit<HandoutsArguments, "edition"> & CourseArguments) => {
      const preset = { ...options, run: true, edition: [options.edition], parameter: [] };
      await writeHandouts([], { ...preset, format: ["html"] }, signal);
      if (open && Deno.stdout.isTerminal() && !Deno.env.get("CI")) {
        openInBrowser(resolve(options.out, "index.html"));
      }
    });
}

interface CourseArguments {
  edition: Edition;
  open: boolean;
}

/** Opens a file in the browser, if there is one; it goes on by itself. */
function openInBrowser(path: string): void {
  const openers: Partial<Record<typeof Deno.build.os, string[]>> = {
    darwin: ["open"],
    windows: ["cmd", "/c", "start", ""],
  };
  const [program, ...args] = openers[Deno.build.os] ?? ["xdg-open"];
  if (program === "xdg-open" && !Deno.env.get("DISPLAY") && !Deno.env.get("WAYLAND_DISPLAY")) return;
  const quiet = { stdin: "null", stdout: "null", stderr: "null" } as const;
  try {
    new Deno.Command(program, { args: [...args, path], ...quiet }).spawn().unref();
  } catch { /* there is no such program: the path was printed */ }
}
