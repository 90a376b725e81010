/** Progress on stderr. @module */
import { SingleBar } from "cli-progress";
import { printable } from "../common/errors.ts";

/** A progress bar on a terminal; elsewhere, only logged lines are printed. */
export interface Bar extends Disposable {
  /** Sets the progress: `done` of `all` steps. */
  at(done: number, all: number): void;
  /** Prints a line: after the bar is finished, or at once if there is no bar. */
  log(line: string): void;
}

/** Starts a bar for work called `name`: `name [===   ] cell 3/44, 2s, 27s left`. */
export function showBar(name: string, unit: string, isTerminal = Deno.stderr.isTerminal()): Bar {
  if (!isTerminal) return { at() {}, log: (line) => console.error(line), [Symbol.dispose]() {} };
  const bar = new SingleBar({
    format: `{name} [{bar}] ${unit} {value}/{total}, {duration_formatted}, {eta_formatted} left`,
    barsize: 30,
    barCompleteChar: "=",
    barIncompleteChar: " ",
    gracefulExit: false, // otherwise the package exits the program on Ctrl-C
  });
  const lines: string[] = [];
  return {
    at: (done, all) => bar.isActive ? bar.update(done) : bar.start(all, done, { name: printable(name) }),
    log: (line) => void lines.push(line),
    [Symbol.dispose]() {
      bar.stop();
      lines.forEach((line) => console.error(line));
    },
  };
}
