/** Shows on stderr how far work has come. @module */
import { SingleBar } from "cli-progress";

/** A bar on a terminal; elsewhere the lines that are logged alone. */
export interface Bar extends Disposable {
  /** Shows that `done` of `all` steps are done. */
  at(done: number, all: number): void;
  /** Prints a line: below the bar at its end, at once where there is none. */
  log(line: string): void;
}

/** A bar for the work called `name`; what the format may have in it is cli-progress's: `{value}/{total}`, `{eta_formatted}`. */
export function showBar(name: string, format: string, isTerminal = Deno.stderr.isTerminal()): Bar {
  if (!isTerminal) return { at() {}, log: (line) => console.error(line), [Symbol.dispose]() {} };
  const bar = new SingleBar({
    format: `${name} [{bar}] ${format}`,
    barsize: 30,
    barCompleteChar: "=",
    barIncompleteChar: " ",
    gracefulExit: false, // else the package ends the program by itself on Ctrl-C
  });
  const lines: string[] = [];
  return {
    at: (done, all) => bar.isActive ? bar.update(done) : bar.start(all, done),
    log: (line) => void lines.push(line),
    [Symbol.dispose]() {
      bar.stop();
      lines.forEach((line) => console.error(line));
    },
  };
}
