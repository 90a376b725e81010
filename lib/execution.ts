import { type Clock, VirtualClock } from "./clock.ts";
import { LessonError, StoppedError, wordsOf } from "./errors.ts";
import { type Context, context, currentLoop, setContext } from "./loop.ts";
import { NeverAwaited } from "./never_awaited.ts";
import { runPlain } from "./plain.ts";
import { RealClock } from "./real_clock.ts";
import { Run } from "./run.ts";
import { type ItemInstrument, Trace } from "./trace.ts";
import { nextTurn } from "./turns.ts";

/** One run of a program, and the context of its loops and queues. It keeps what the program returns or throws. */
export class Execution implements Context {
  readonly clock: Clock;
  readonly trace: Trace;
  readonly instruments: readonly ItemInstrument[];
  readonly warnings: string[] = [];
  /** The value that the program returned. */
  result: unknown;
  /** The error that it threw. */
  error: unknown;
  readonly names = new Map<string, number>();
  readonly #neverAwaited = new NeverAwaited((sentence) => this.warnings.push(sentence));
  readonly #over = new AbortController();
  #total: number | undefined;

  /**
   * @param instruments observe the run, besides its trace
   * @param random draws a number from 0 to 1
   * @throws {LessonError} if no clock can run at the speed
   */
  constructor(
    readonly facts: Pick<Run, "name" | "speed" | "seed">,
    instruments: readonly ItemInstrument[],
    readonly random: () => number,
    readonly readyQueue: Context["readyQueue"],
  ) {
    this.clock = facts.speed === Infinity ? new VirtualClock() : new RealClock(facts.speed);
    this.trace = new Trace(this.clock, this.names);
    this.instruments = [this.trace, this.#neverAwaited, ...instruments];
  }

  /** Ends the experiment that still runs, if any, and runs `main`, which may be a program of `plain` promises. */
  async execute(main: () => unknown, plain = false): Promise<void> {
    if (context instanceof Execution) {
      const ended = `The experiment "${context.facts.name}" was ended`;
      const reason = `since "${this.facts.name}" was started before it was over`;
      context.end(new LessonError(`${ended}, ${reason}: await one before you start the next.`));
    }
    setContext(this);
    const { signal } = this.#over;
    const onOver = (end: () => void) => signal.addEventListener("abort", end);
    const ended = new Promise<never>((_, reject) => onOver(reject));
    ended.catch(() => {});
    try {
      signal.throwIfAborted(); // Stop may have been pressed before
      const program = plain ? runPlain(this.trace, main, onOver) : main();
      this.result = await Promise.race([ended, program]);
      const loop = currentLoop();
      if (loop) {
        this.warnings.push("loop.runUntilComplete(…) was never awaited: write await in front of it.");
        await loop.ended;
      }
      await new Promise<void>((done) => nextTurn(done)); // by then, the engine has reported a promise that just failed
      this.#neverAwaited.programEnded();
      const { hollow, processed: { time } } = this.trace;
      if (hollow > 0) this.warnings.push(`${hollow} of ${time.length} values processed were undefined.`);
    } catch (error) {
      this.error ??= error ?? new Error(`It threw ${error}.`);
    }
    this.#leave();
  }

  /** Ends the program at once, with `reason` as its error. */
  end(reason: Error): void {
    currentLoop()?.stop(reason);
    this.error ??= reason;
    this.#leave();
  }

  /** The run so far. */
  get run(): Run {
    const stopped = this.error instanceof StoppedError;
    const error = this.error === undefined || stopped ? undefined : wordsOf(this.error);
    const total = this.#total ?? this.clock.now();
    return new Run({ ...this.facts, total, stopped, error, warnings: this.warnings }, this.trace);
  }

  #leave(): void {
    this.#total ??= this.clock.now();
    if (context === this) setContext(undefined);
    this.#over.abort();
  }
}

/** Returns the experiment that is running, if any. */
export function currentExperiment(): Execution | undefined {
  return context as Execution | undefined; // only experiments set it
}

/**
 * Returns the experiment that is running.
 *
 * @param action for the error: `Cannot ${action}: no experiment is running.`
 * @throws {LessonError} if none is running
 */
export function runningExperiment(action: string): Execution {
  const current = currentExperiment();
  if (current) return current;
  const advice = "Do it in the function that experiment(…) is given.";
  throw new LessonError(`Cannot ${action}: no experiment is running. ${advice}`);
}

/**
 * Returns the clock of the running loop, or else of the experiment.
 *
 * @throws {LessonError} if neither a loop nor an experiment is running
 */
export function currentClock(action: string): Clock {
  return currentLoop()?.clock ?? runningExperiment(action).clock;
}

/**
 * Returns the time, in seconds since the experiment began; without one, since the running loop was created.
 *
 * @throws {LessonError} if neither a loop nor an experiment is running
 */
export function now(): number {
  return currentClock("tell the time").now();
}
