import { Command } from "commander";
import { once } from "node:events";
import { type LabOptions, startLab } from "../lab/lab.ts";
import { courseOption } from "./options.ts";

/** `course lab`: opens the course in JupyterLab, with both kernels. */
export function lab(signal: AbortSignal): Command {
  return new Command("lab")
    .description("open the course in JupyterLab, with both kernels; Ctrl-C stops it")
    .argument("[notebook]", "a notebook file, or its number in the course (default: the first)")
    .option("--no-browser", "only print the address")
    .addOption(courseOption)
    .action(async (file: string | undefined, options: LabOptions) => {
      await using lab = await startLab({ file, ...options });
      if (!signal.aborted) await Promise.race([lab.ended, once(signal, "abort")]);
    });
}
