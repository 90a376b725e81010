import { checkSpeed, describe } from "./check.ts";
import { gatherLines, interruptibly, onInterrupt, onUnhandled, type Showable } from "./display.ts";
import { LessonError, StoppedError } from "./errors.ts";
import { white } from "./lines.ts";
import { live } from "./live.ts";
import { NeverAwaited } from "./never_awaited.ts";
import { seeded } from "./random.ts";
import { RealClock } from "./real_clock.ts";
import { Run } from "./run.ts";
import { currentLoop } from "./running.ts";
import { currentSetting, lend } from "./setting.ts";
import { Trace } from "./trace.ts";
import { nextTurn } from "./turns.ts";
import { VirtualClock } from "./virtual_clock.ts";

/** How an experiment is run. */
export interface ExperimentOptions {
  /** Seconds that pass in the experiment in each second of yours; `Infinity`, the default, waits for nothing. */
  speed?: number;
  /** A whole number; the same one gives the same random numbers. Its default is 1. */
  seed?: number;
  /** Whether to print nothing. */
  quiet?: boolean;
  /** A plot to show above the lines, which grows while the run goes on: `live: timeline`. */
  live?: (run: Run) => Showable;
}

/** How many lines an experiment prints, before it only counts them. */
const MOST_LINES = 400;

/**
 * Runs a program on a clock and with random numbers of its own, and writes down what happens.
 *
 * ```ts
 * import { experiment, sleepSync } from "@course/lib";
 *
 * const run = await experiment("half a minute", { speed: Infinity, seed: 1 }, () => sleepSync(30));
 * console.log(run.total); // 30
 * ```
 *
 * @param main the program; it may make an {@linkcode EventLoop}, or do without
 * @throws what `main` throws; a {@linkcode LessonError} where an option cannot be used
 */
export async function experiment(
  name: string,
  options: ExperimentOptions,
  main: () => unknown,
): Promise<Run> {
  checkOptions(name, options, main);
  const { speed = Infinity, seed = 1, quiet = false, live: plot } = options;
  checkSpeed(speed);
  const random = seeded(seed);
  if (typeof main !== "function") {
    throw new LessonError(
      `Cannot run the experiment "${name}": give the program as a function, () => { … }.`,
    );
  }
  await null; // under tslab, no signal is heard in what a cell does before its first await
  const linesAreOut = gatherLines(speed === Infinity);
  try {
    return await perform(name, { speed, random, seed, quiet, plot }, main);
  } finally {
    await linesAreOut();
  }
}

const OPTIONS: Record<keyof ExperimentOptions, true> = { speed: true, seed: true, quiet: true, live: true };

/** A misspelt option would be passed over, and the experiment run otherwise than its author thinks. */
function checkOptions(name: string, options: ExperimentOptions, main: unknown): void {
  if (typeof name !== "string" || typeof options !== "object" || options === null) {
    const given = [name, options, main].filter((argument) => argument !== undefined).map(describe);
    throw new LessonError(
      `Cannot run an experiment with ${given.join(", ") || "nothing"}: give its name, its options and the ` +
        'program, as in experiment("a run", { seed: 1 }, () => { … }).',
    );
  }
  const unknown = Object.keys(options).find((option) => !Object.hasOwn(OPTIONS, option));
  if (unknown === undefined) return;
  const known = Object.keys(OPTIONS).join(", ");
  throw new LessonError(
    `Cannot run the experiment "${name}": there is no option ${unknown}; there are ${known}.`,
  );
}

interface Checked {
  speed: number;
  random: () => number;
  seed: number;
  quiet: boolean;
  plot: ExperimentOptions["live"];
}

async function perform(
  name: string,
  { speed, random, seed, quiet, plot }: Checked,
  main: () => unknown,
): Promise<Run> {
  const nothing = () =>
    new Run({ name, speed, seed, total: 0, stopped: false }, new Trace(new VirtualClock()));
  let runSoFar = nothing;
  const drawLast = plot && await live(() => plot(runSoFar()), speed === Infinity);
  endRunning(name);

  const clock = speed === Infinity ? new VirtualClock() : new RealClock(speed);
  const trace = new Trace(clock);
  const printer = new Printer(quiet);
  const warnings: string[] = [];
  const never = new NeverAwaited((sentence) => warnings.push(sentence));
  const setting = { name, clock, trace, random, instruments: [trace, never], print: printer.print };
  lend(setting);
  let stop = () => {};
  const interrupted = new Promise<never>((_, reject) =>
    stop = () => reject(new StoppedError("It was stopped."))
  );
  interrupted.catch(() => {});
  const forget = onInterrupt(() => {
    currentLoop()?.stop();
    stop();
  });
  const forgetUnhandled = onUnhandled((sentence) => warnings.push(sentence));
  let stopped = false;
  let total: number | undefined;
  runSoFar = () => new Run({ name, speed, seed, total: total ?? clock.now(), stopped }, trace);
  try {
    printer.print(() => white("App started."));
    await Promise.race([interruptibly(main), interrupted]);
    const loop = currentLoop();
    if (loop) {
      warnings.push("loop.runUntilComplete(…) was never awaited: write await in front of it.");
      await loop.ended;
    }
    await new Promise<void>((done) => nextTurn(done)); // a promise that has just failed is told of by then
    never.programEnded();
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error;
    stopped = true;
  } finally {
    total = clock.now();
    forget();
    forgetUnhandled();
    if (currentSetting() === setting) lend(undefined);
    printer.countLeftOut();
    for (const sentence of warnings) console.warn(`Warning: ${sentence}`);
    await drawLast?.();
  }
  const end = stopped ? "App stopped" : "App exiting, total time";
  if (!quiet) {
    console.log(
      white(stopped ? `${end} after ${total.toFixed(2)} sec.` : `${end}: ${total.toFixed(2)} sec.`),
    );
  }
  return runSoFar();
}

/** Ends the experiment that still runs, if any: two would take each other's time and numbers. */
function endRunning(next: string): void {
  const running = currentSetting();
  if (!running) return;
  lend(undefined);
  currentLoop()?.stop(
    new LessonError(
      `The experiment "${running.name}" was ended, since "${next}" was started before it was over: await one ` +
        "before you start the next.",
    ),
  );
}

/** Prints lines as they come; after the first few hundred it only counts them. */
class Printer {
  readonly #quiet: boolean;
  #lines = 0;

  constructor(quiet: boolean) {
    this.#quiet = quiet;
  }

  readonly print = (line: () => string): void => {
    if (++this.#lines <= MOST_LINES && !this.#quiet) console.log(line());
  };

  countLeftOut(): void {
    const more = this.#lines - MOST_LINES;
    if (more > 0 && !this.#quiet) console.log(white(`… and ${more} more lines; run.items has them all.`));
  }
}
