/** Shows how far a sweep has come: a bar with the time left on a terminal, else one line at the end. @module */
import { SingleBar } from "cli-progress";

/** A bar on a terminal; elsewhere nothing is shown. */
export interface Bar extends Disposable {
  /** Shows that `done` of `all` points are done. */
  at(done: number, all: number): void;
}

/** Shows the progress of the sweep with this name on stderr. */
export function showBar(name: string, isTerminal: boolean = Deno.stderr.isTerminal()): Bar {
  if (!isTerminal) return { at() {}, [Symbol.dispose]() {} };
  const bar = new SingleBar({
    format: "{name} [{bar}] {value}/{total} points, {left} left",
    barsize: 30,
    barCompleteChar: "=",
    barIncompleteChar: " ",
    // Without this, the package ends the program by itself on Ctrl-C.
    gracefulExit: false,
    hideCursor: false,
  });
  let started = 0;
  return {
    at(done, all) {
      if (done === 0) {
        started = performance.now();
        bar.start(all, 0, { name, left: "?" });
      } else bar.update(done, { left: duration((performance.now() - started) / 1000 / done * (all - done)) });
    },
    [Symbol.dispose]: () => bar.stop(),
  };
}

/** A time in words: `40 s`, `3 min`, `1.5 h`. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
