/** Shows on stderr how far work has come. @module */
import { SingleBar } from "cli-progress";
import { printable } from "../common/errors.ts";

/** A bar on a terminal; elsewhere the lines that are logged alone. */
export interface Bar extends Disposable {
  /** Shows that `done` of `all` steps are done. */
  at(done: number, all: number): void;
  /** Prints a line: below the bar at its end, at once where there is none. */
  log(line: string): void;
}

/** A bar for the work called `name`: `name [===   ] cell 3/44, 2s, 27s left`. */
export function showBar(name: string, unit: string, isTerminal = Deno.stderr.isTerminal()): Bar {
  if (!isTerminal) return { at() {}, log: (line) => console.error(line), [Symbol.dispose]() {} };
  const bar = new SingleBar({
    format: `{name} [{bar}] ${unit} {value}/{total}, {duration_formatted}, {eta_formatted} left`,
    barsize: 30,
    barCompleteChar: "=",
    barIncompleteChar: " ",
    gracefulExit: false, // else the package ends the program by itself on Ctrl-C
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
