import { Command } from "commander";
import { removeSpecs, userKernels, writeSpecs } from "../lab/specs.ts";

/** `course kernels`: registers our kernels with the user's front ends, or takes them away. */
export function kernels(_signal: AbortSignal): Command {
  return new Command("kernels")
    .description("register the course's kernels for VS Code and other front ends")
    .option("--remove", "take them away again")
    .action(async ({ remove }: { remove?: boolean }) => {
      const folder = userKernels();
      const paths = await (remove ? removeSpecs(folder) : writeSpecs(folder));
      const said = remove ? "Removed" : "Registered";
      for (const path of paths) console.log(`${said}: ${path}`);
      if (paths.length === 0) console.log(`There is no kernel of the course in ${folder}.`);
    });
}
