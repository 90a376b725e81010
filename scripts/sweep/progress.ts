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
    format: "{name} [{bar}] {value}/{total} points, {eta_formatted} left",
    barsize: 30,
    barCompleteChar: "=",
    barIncompleteChar: " ",
    etaBuffer: 50,
    // Without this, the package ends the program by itself on Ctrl-C.
    gracefulExit: false,
    hideCursor: false,
  });
  return {
    start: (points) => bar.start(points, 0, { name }),
    step: () => bar.increment(),
    stop: () => bar.stop(),
  };
}
