import { Command } from "commander";
import { removeSpecs, userKernels, writeSpecs } from "../lab/specs.ts";

/** `course kernels`: registers the course's kernels for the user's front ends, or unregisters them. */
export function kernels(_signal: AbortSignal): Command {
  return new Command("kernels")
    .description("register the course's kernels for VS Code and other editors")
    .option("--remove", "unregister them")
    .action(async ({ remove }: { remove?: boolean }) => {
      const folder = userKernels();
      const paths = await (remove ? removeSpecs(folder) : writeSpecs(folder));
      const verb = remove ? "Removed" : "Registered";
      for (const path of paths) console.log(`${verb}: ${path}`);
      if (paths.length === 0) console.log(`None of the course's kernels is registered in ${folder}.`);
    });
}
