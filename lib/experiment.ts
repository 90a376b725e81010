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
  /** Seconds that pass in the experiment for each real second; `Infinity`, the default, never waits. */
  speed?: number;
  /** A whole number, by default 1; the same seed gives the same random numbers. */
  seed?: number;
  /** A whole number: the seed of the order in which ready tasks run; 0, the default, is first come, first served. */
  order?: number;
  /** True to print nothing. */
  quiet?: boolean;
  /** True to print an error instead of throwing it, and return the run so far. */
  mayFail?: boolean;
  /** True for a program of plain promises, without an `EventLoop`: `setTimeout` uses the experiment's clock. */
  plain?: boolean;
  /** A plot to show above the lines, which grows during the run: `live: timeline`. */
  live?: (run: Run) => Showable;
}

const OPTIONS = ["speed", "seed", "order", "quiet", "mayFail", "plain", "live"];

/** The most lines and warnings that an experiment prints; it counts the others. */
const [MOST_LINES, MOST_WARNINGS] = [400, 20];

/**
 * Runs a program with its own clock and random numbers, and records what happens.
 *
 * ```ts
 * import { experiment, sleepSync } from "@course/lib";
 *
 * const run = await experiment("half a minute", { speed: Infinity, seed: 1 }, () => sleepSync(30));
 * console.log(run.total); // 30
 * ```
 *
 * @param main the program; it may create an {@linkcode EventLoop}, or do without one
 * @throws what `main` throws; a {@linkcode LessonError} if an option is not valid
 */
export function experiment(name: string, options: ExperimentOptions, main: () => unknown): Promise<Run> {
  return explainMissingAwait(start(name, options, main));
}

async function start(name: string, options: ExperimentOptions, main: () => unknown): Promise<Run> {
  checkArguments(name, options, main);
  const { speed = Infinity, seed = 1, order = 0, quiet, mayFail, plain, live: plot } = options;
  const facts = { name, speed: checkSpeed(speed), seed };
  const [random, readyQueue] = [seeded(seed), shuffled(order)];
  await null; // under tslab, Stop cannot reach a cell before its first await

  let lines = 0;
  const print = (line: () => string) => {
    if (++lines > MOST_LINES || quiet) return;
    const text = line();
    current.trace.printed(text);
    console.log(text);
  };
  // Slices follow each other so fast that a kernel has no chance to report Stop.
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

/** Makes a run that is used without `await` say so. */
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

/** @throws {LessonError} if an argument is missing or an option misspelt, which would be ignored otherwise */
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
