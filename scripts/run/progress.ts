/** Shows on stderr how far work has come. @module */
import { SingleBar } from "cli-progress";

/** A bar on a terminal; elsewhere the lines that are logged alone. */
export interface Bar extends Disposable {
  /** Shows that `done` of `all` steps are done. */
  at(done: number, all: number): void;
  /** Prints a line: below the bar at its end, at once where there is none. */
  log(line: string): void;
}

/**
 * A bar for the work called `name`. In the format, `{value}` and `{total}` are the steps, `{percentage}` is their share,
 * `{time}` the time since the first step, `{left}` about the time until the last.
 */
export function showBar(name: string, format: string, isTerminal = Deno.stderr.isTerminal()): Bar {
  if (!isTerminal) return { at() {}, log: (line) => console.error(line), [Symbol.dispose]() {} };
  const bar = new SingleBar({
    format: `${name} [{bar}] ${format}`,
    barsize: 30,
    barCompleteChar: "=",
    barIncompleteChar: " ",
    gracefulExit: false, // else the package ends the program by itself on Ctrl-C
    hideCursor: false,
  });
  const lines: string[] = [];
  let started: number | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;
  const seconds = () => (performance.now() - started!) / 1000;
  const times = (done = 0, all = 0) => ({
    time: `${seconds().toFixed(1)} s`,
    ...done > 0 && { left: duration(seconds() / done * (all - done)) },
  });
  return {
    at(done, all) {
      if (started === undefined) {
        started = performance.now();
        bar.start(all, done, { time: "0.0 s", left: "?" });
        timer = setInterval(() => bar.update(times()), 100);
      }
      bar.update(done, times(done, all));
    },
    log: (line) => void lines.push(line),
    [Symbol.dispose]() {
      clearInterval(timer);
      if (started !== undefined) bar.stop();
      lines.forEach((line) => console.error(line));
    },
  };
}

/** A time in words: `40 s`, `3 min`, `1.5 h`. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
