/** Shows how far a run has come: a bar on a terminal, else one line for each notebook. @module */
import { SingleBar } from "cli-progress";
import { count } from "../../lib/words.ts";
import type { CellEvent } from "./execute.ts";

/** The progress of one notebook. */
export interface Progress {
  /** Takes what `executeNotebook` tells of its cells. */
  onCell(event: CellEvent): void;
  /** Ends the bar, or prints the line: the notebook is done after so many seconds of kernel time. */
  done(cells: number, seconds: number): void;
  /** Ends the bar where it is. */
  stop(): void;
}

/**
 * Shows the progress of the notebook with this name on stderr.
 *
 * @param all what it is all together, "6 notebooks x 5 formats" say, where the steps are no cells
 */
export function showProgress(name: string, all?: string, isTerminal = Deno.stderr.isTerminal()): Progress {
  return isTerminal ? bar(name, all) : line(name, all);
}

function bar(name: string, all?: string): Progress {
  const format = `{name} [{bar}] ${
    all === undefined ? "cell {value}/{total}" : `{percentage} % of ${all}`
  }  {time} s`;
  const single = new SingleBar({
    format,
    barsize: 30,
    barCompleteChar: "=",
    barIncompleteChar: " ",
    // Without this, the package ends the program by itself on Ctrl-C.
    gracefulExit: false,
    hideCursor: false,
  });
  const started = performance.now();
  const time = () => ((performance.now() - started) / 1000).toFixed(1);
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    onCell({ cell, cells, seconds }) {
      if (timer === undefined) {
        single.start(cells, 0, { name, time: time() });
        timer = setInterval(() => single.update({ time: time() }), 100);
      }
      single.update(seconds === undefined ? cell - 1 : cell, { time: time() });
    },
    done(cells, seconds) {
      if (timer !== undefined) single.update(cells, { time: seconds.toFixed(1) });
      this.stop();
    },
    stop() {
      clearInterval(timer);
      if (timer !== undefined) single.stop();
    },
  };
}

function line(name: string, all?: string): Progress {
  return {
    onCell() {},
    done: (cells, seconds) =>
      console.error(`${name}: ${all ?? count(cells, "cell")}, ${seconds.toFixed(1)} s`),
    stop() {},
  };
}
