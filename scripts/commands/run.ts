import { Command, InvalidArgumentError } from "commander";
import { showProgress } from "../progress.ts";
import { runFile } from "../run.ts";

/** `course run <notebook...>`: runs notebooks in their place, one after the other. */
export function run(signal: AbortSignal): Command {
  return new Command("run")
    .description("run notebooks and write their outputs into them")
    .argument("<notebook...>", "the notebooks' files")
    .option("--timeout <seconds>", "how long a cell may take", parseSeconds, 60)
    .action(async (paths: string[], { timeout }: { timeout: number }) => {
      for (const path of paths) {
        const progress = showProgress(path);
        try {
          const { notebook, seconds } = await runFile(path, { timeout, signal, onCell: progress.onCell });
          progress.done(notebook.cells.length, seconds);
        } finally {
          progress.stop();
        }
      }
    });
}

/** A number of seconds above 0, from the command line. */
export function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (text.trim() === "" || !(seconds > 0)) {
    throw new InvalidArgumentError("A number of seconds above 0 is needed.");
  }
  return seconds;
}
