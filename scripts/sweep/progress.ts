/** Shows how far a sweep has come: a bar with the time left on a terminal, else one line at the end. @module */
import { SingleBar } from "cli-progress";

/** The progress of a sweep. */
export interface SweepProgress {
  /** So many points are to be made. */
  start(points: number): void;
  /** One more point is done. */
  step(): void;
  /** Ends the bar where it is. */
  stop(): void;
}

/** Shows the progress of the sweep with this name on stderr. */
export function showSweep(name: string, isTerminal: boolean = Deno.stderr.isTerminal()): SweepProgress {
  if (!isTerminal) return { start() {}, step() {}, stop() {} };
  const bar = new SingleBar({
    format: "{name} [{bar}] {value}/{total} points, {left} left",
    barsize: 30,
    barCompleteChar: "=",
    barIncompleteChar: " ",
    // Without this, the package ends the program by itself on Ctrl-C.
    gracefulExit: false,
    hideCursor: false,
  });
  let [started, done, all] = [0, 0, 0];
  return {
    start(points) {
      [started, done, all] = [performance.now(), 0, points];
      bar.start(points, 0, { name, left: "?" });
    },
    step() {
      done++;
      bar.increment({ left: duration((performance.now() - started) / 1000 / done * (all - done)) });
    },
    stop: () => bar.stop(),
  };
}

/** A time in words: `40 s`, `3 min`, `1.5 h`. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
