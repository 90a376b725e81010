import type { Clock } from "./clock.ts";
import { currentExperiment, type ExperimentContext, type Options } from "./context.ts";
import { LessonError, StoppedError, wordsOf } from "./errors.ts";
import { currentLoop, setContext } from "./loop.ts";
import { NeverAwaited } from "./never_awaited.ts";
import { runPlain } from "./plain.ts";
import { Run } from "./run.ts";
import { type ItemInstrument, Trace } from "./trace.ts";
import { nextTurn } from "./turns.ts";

/**
 * One run of a program, and the context of all that runs in it. It never throws: what comes of the program is kept.
 */
export class Performance implements ExperimentContext {
  readonly trace: Trace;
  /** Sentences to be printed at the end. */
  readonly warnings: string[] = [];
  readonly instruments: readonly ItemInstrument[];
  readonly readyQueue: Options["readyQueue"];
  /** The value that the program returned, or the error with which it ended. */
  result: unknown;
  error: unknown;
  readonly #neverAwaited = new NeverAwaited((sentence) => this.warnings.push(sentence));
  #fail = (_reason: Error) => {};
  readonly #failed = new Promise<never>((_, reject) => this.#fail = reject); // even before the program begins
  #total: number | undefined;

  constructor(
    readonly facts: Pick<Run, "name" | "speed" | "seed">,
    readonly clock: Clock,
    readonly options: Options,
  ) {
    this.#failed.catch(() => {});
    this.trace = new Trace(clock);
    this.instruments = [this.trace, this.#neverAwaited, ...options.instruments];
    this.readyQueue = options.readyQueue;
  }

  /** Runs the program to its end; `plain` if it is one of plain promises. One that is still running is ended. */
  async perform(main: () => unknown, plain = false): Promise<void> {
    const running = currentExperiment();
    const reason = `since "${this.facts.name}" was started before it was over`;
    const advice = "await one before you start the next.";
    running?.end(
      new LessonError(`The experiment "${running.facts.name}" was ended, ${reason}: ${advice}`),
    );
    setContext(this);
    try {
      const program = plain ? runPlain(this.clock, this.trace, main) : main();
      this.result = await Promise.race([this.#failed, program]); // a failure, even if the program has caught it
      const loop = currentLoop();
      if (loop) {
        this.warnings.push("loop.runUntilComplete(…) was never awaited: write await in front of it.");
        await loop.ended;
      }
      await new Promise<void>((done) => nextTurn(done)); // a promise that has just failed is reported by then
      this.#neverAwaited.programEnded();
      const { hollow, processed: { time } } = this.trace;
      if (hollow > 0) this.warnings.push(`${hollow} of ${time.length} values processed were undefined.`);
    } catch (error) {
      this.error = error ?? new Error(`It threw ${error}.`);
    }
    this.#leave();
  }

  /** Ends the program, which fails with `reason`. */
  end(reason: Error): void {
    currentLoop()?.stop(reason);
    this.#fail(reason);
  }

  /** Ends a program of which nothing can go on, not even its `finally`. */
  abandon(reason: Error): void {
    this.error = reason;
    this.end(reason);
    this.#leave();
  }

  /** The run, so far or in the end. */
  get run(): Run {
    const stopped = this.error instanceof StoppedError;
    const error = this.error === undefined || stopped ? undefined : wordsOf(this.error);
    const total = this.#total ?? this.clock.now();
    return new Run({ ...this.facts, total, stopped, error, warnings: this.warnings }, this.trace);
  }

  #leave(): void {
    this.#total ??= this.clock.now();
    if (currentExperiment() === this) setContext(undefined);
  }
}
