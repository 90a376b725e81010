import { Command } from "commander";
import { once } from "node:events";
import { type LabOptions, startLab } from "../lab/lab.ts";
import { courseOption, numberParser } from "./options.ts";

const isPort = (port: number) => Number.isInteger(port) && port > 0 && port < 65536;
const port = numberParser(isPort, "port from 1 to 65535");

/** `course lab`: opens the course in JupyterLab, with both kernels. */
export function lab(signal: AbortSignal): Command {
  return new Command("lab")
    .description("open the course in JupyterLab, with both kernels; Ctrl-C ends it")
    .argument("[file]", "what to open, in the project's or the course's folder; else the first notebook")
    .option("--port <port>", "where it listens; a free port where none is given", port)
    .option("--no-browser", "only print the address")
    .addOption(courseOption)
    .action(async (file: string | undefined, options: LabOptions) => {
      await using lab = await startLab({ file, ...options });
      if (!signal.aborted) await Promise.race([lab.ended, once(signal, "abort")]);
    });
}
