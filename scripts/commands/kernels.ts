import { Command } from "commander";
import { CourseError } from "../common/errors.ts";
import { removeSpecs, userKernels, writeSpecs } from "../lab/specs.ts";

/** `course kernels`: registers our kernels with the user's front ends, or takes them away. */
export function kernels(_signal: AbortSignal): Command {
  return new Command("kernels")
    .description("register the course's kernels for VS Code and other front ends")
    .option("--remove", "take them away again")
    .action(async ({ remove }: { remove?: boolean }) => {
      const folder = userKernels();
      if (remove) {
        const removed = await removeSpecs(folder);
        for (const path of removed) console.log(`Removed ${path}`);
        if (removed.length === 0) console.log(`There is no kernel of the course in ${folder}.`);
        return;
      }
      const written = await writeSpecs(folder);
      for (const { name, path, refused } of written) if (!refused) console.log(`Kernel "${name}": ${path}`);
      const refused = written.flatMap(({ refused }) => refused ?? []);
      if (refused.length > 0) {
        throw new CourseError(refused.map((why) => `Not registered: ${why}`).join("\n"));
      }
      console.log("Take them away again with: deno task kernels --remove");
    });
}
