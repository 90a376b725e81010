import { checkSpeed, describe } from "./arguments.ts";
import { live, type Showable } from "./display.ts";
import { LessonError } from "./errors.ts";
import { host, stopped } from "./host/host.ts";
import { bold, linesOfItems } from "./lines.ts";
import { Execution } from "./execution.ts";
import { printedAs } from "./words.ts";
import { seeded } from "./random.ts";
import { Run } from "./run.ts";
import { shuffled } from "./shuffled_queue.ts";

/** The options of an experiment. */
export interface ExperimentOptions {
  /** Seconds that pass in the experiment in each second of yours; `Infinity`, the default, waits for nothing. */
  speed?: number;
  /** A whole number; the same one gives the same random numbers. Its default is 1. */
  seed?: number;
  /** A whole number: the seed of the order in which ready tasks run; 0, the default, for first come, first served. */
  order?: number;
  /** True to print nothing. */
  quiet?: boolean;
  /** True to show an error in place of throwing it: the experiment returns what it saw until then. */
  mayFail?: boolean;
  /** True for a program of plain promises, without a loop of ours: `setTimeout` is on the experiment's clock. */
  plain?: boolean;
  /** A plot to show above the lines, which grows while the run goes on: `live: timeline`. */
  live?: (run: Run) => Showable;
}

const OPTIONS = ["speed", "seed", "order", "quiet", "mayFail", "plain", "live"];

/** The lines and the warnings that an experiment prints; it only counts the others. */
const [MOST_LINES, MOST_WARNINGS] = [400, 20];

/**
 * Runs a program on a clock and with random numbers of its own, and records what happens.
 *
 * ```ts
 * import { experiment, sleepSync } from "@course/lib";
 *
 * const run = await experiment("half a minute", { speed: Infinity, seed: 1 }, () => sleepSync(30));
 * console.log(run.total); // 30
 * ```
 *
 * @param main the program; it may create an {@linkcode EventLoop}, or do without
 * @throws what `main` throws; a {@linkcode LessonError} if an option cannot be used
 */
export function experiment(name: string, options: ExperimentOptions, main: () => unknown): Promise<Run> {
  return explainMissingAwait(start(name, options, main));
}

async function start(name: string, options: ExperimentOptions, main: () => unknown): Promise<Run> {
  checkArguments(name, options, main);
  const { speed = Infinity, seed = 1, order = 0, quiet, mayFail, plain, live: plot } = options;
  const facts = { name, speed: checkSpeed(speed), seed };
  const [random, readyQueue] = [seeded(seed), shuffled(order)];
  await null; // under tslab, no signal is heard in what a cell does before its first await

  let lines = 0;
  const print = (line: () => string) => {
    if (++lines > MOST_LINES || quiet) return;
    const text = line();
    current.trace.printed(text);
    console.log(text);
  };
  // Many slices follow each other before a kernel can say that Stop was pressed.
  const sliceEnded = () => host.isStopped() && current.end(stopped());
  const drawLast = plot && await live(() => plot(current.run), speed === Infinity);
  const current = new Execution(facts, [{ ...linesOfItems(print), sliceEnded }], random, readyQueue);
  const forgetStop = host.onStop(() => current.end(stopped()));
  const forgetUnhandled = host.onUnhandled((sentence) => current.warnings.push(sentence));
  print(() => bold("App started."));
  await current.execute(() => host.interruptibly(main, stopped), plain);
  forgetStop();
  forgetUnhandled();

  const { run, error, warnings } = current;
  const more = lines - MOST_LINES;
  if (more > 0 && !quiet) console.log(bold(`… and ${more} more lines; run.items has them all.`));
  for (const sentence of warnings.slice(0, MOST_WARNINGS)) console.warn(`Warning: ${sentence}`);
  const others = warnings.length - MOST_WARNINGS;
  if (others > 0) console.warn(`Warning: there are ${others} more of these; run.warnings has them all.`);
  if (run.error !== undefined && mayFail) console.error(run.error);
  await drawLast?.();
  if (run.error !== undefined && !mayFail) throw error;
  const end = run.stopped ? "App stopped after" : "App exiting, total time:";
  if (run.error === undefined && !quiet) console.log(bold(`${end} ${run.total.toFixed(2)} sec.`));
  return run;
}

/** Makes a run that was not awaited say so if it is printed or read. */
function explainMissingAwait(promise: Promise<Run>): Promise<Run> {
  const sentence = "this run is not there yet: write await in front of experiment(…)";
  printedAs(promise, () => `[${sentence}]`);
  const names = ["name", "speed", "seed", "total", "stopped", ...Object.getOwnPropertyNames(Run.prototype)];
  for (const name of names.filter((name) => !(name in promise))) {
    const get = () => {
      throw new LessonError(`Cannot read ${name}: ${sentence}.`);
    };
    Object.defineProperty(promise, name, { get });
  }
  return promise;
}

/** @throws {LessonError} if an argument is missing, or an option misspelt: it would be passed over in silence */
function checkArguments(name: string, options: ExperimentOptions, main: unknown): void {
  if (typeof name !== "string" || Object(options) !== options || typeof main !== "function") {
    const given = [name, options, main].filter((argument) => argument !== undefined).map(describe);
    const advice =
      'give its name, its options and the program, as in experiment("a run", { seed: 1 }, () => { … }).';
    throw new LessonError(`Cannot run an experiment with ${given.join(", ") || "nothing"}: ${advice}`);
  }
  const unknown = Object.keys(options).find((option) => !OPTIONS.includes(option));
  if (unknown === undefined) return;
  const reason = `there is no option ${unknown}; there are ${OPTIONS.join(", ")}`;
  throw new LessonError(`Cannot run the experiment "${name}": ${reason}.`);
}
