import { Command, InvalidArgumentError } from "commander";
import pTimeout from "p-timeout";
import { startLab } from "../lab/lab.ts";
import { courseOption } from "./options.ts";

/** `course lab`: opens the course in JupyterLab, with both kernels. */
export function lab(signal: AbortSignal): Command {
  return new Command("lab")
    .description("open the course in JupyterLab, with both kernels; Ctrl-C ends it")
    .argument(
      "[file]",
      "what to open, in the project's folder, or the course's; without it, the first notebook",
    )
    .option("--port <port>", "where it listens; a free port where none is given", parsePort)
    .option("--no-browser", "only print the address")
    .addOption(courseOption())
    .action(
      async (file: string | undefined, options: { port?: number; browser: boolean; course?: string }) => {
        await using lab = await startLab({ file, ...options });
        await pTimeout(lab.ended, { milliseconds: Infinity, signal }).catch((error) => {
          if (!signal.aborted) throw error;
        });
      },
    );
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new InvalidArgumentError("A port from 1 to 65535 is needed.");
}
