import type { Clock } from "./clock.ts";
import {
  currentExperiment,
  enterExperiment,
  type ExperimentContext,
  type ItemInstrument,
} from "./context.ts";
import { StoppedError } from "./errors.ts";
import { currentLoop } from "./loop.ts";
import { NeverAwaited } from "./never_awaited.ts";
import { runPlain } from "./plain.ts";
import { Run } from "./run.ts";
import { Trace } from "./trace.ts";
import { nextTurn } from "./turns.ts";

/** One run of a program in a context of its own. It never throws: what comes of the program is kept. */
export class Performance {
  readonly trace: Trace;
  readonly warnings: string[] = [];
  /** The value that the program returned, or the error with which it ended. */
  result: unknown;
  error: unknown;
  readonly #context: ExperimentContext;
  readonly #never = new NeverAwaited((sentence) => this.warnings.push(sentence));
  readonly #ended: Promise<never>;
  #total: number | undefined;

  /** @param instruments observe the run beside its trace @param readyQueue is that of its loops */
  constructor(
    readonly facts: Pick<Run, "name" | "speed" | "seed">,
    readonly clock: Clock,
    { random, print, instruments = [], readyQueue }: {
      random(): number;
      print(line: () => string): void;
      instruments?: ItemInstrument[];
      readyQueue?: ExperimentContext["readyQueue"];
    },
  ) {
    this.trace = new Trace(clock);
    let end = (_reason: Error) => {};
    this.#ended = new Promise<never>((_, reject) => end = reject);
    this.#ended.catch(() => {});
    this.#context = {
      ...{ name: facts.name, clock, trace: this.trace, random, print, readyQueue },
      instruments: [this.trace, this.#never, ...instruments],
      warn: (sentence) => void this.warnings.push(sentence),
      end(reason) {
        currentLoop()?.stop(reason);
        end(reason);
      },
    };
  }

  /** Runs the program to its end; `plain` if it is one of plain promises. */
  async perform(main: () => unknown, plain = false): Promise<void> {
    enterExperiment(this.#context);
    try {
      const program = plain ? runPlain(this.clock, this.trace, main) : main();
      this.result = await Promise.race([program, this.#ended]);
      const loop = currentLoop();
      if (loop) {
        this.warnings.push("loop.runUntilComplete(…) was never awaited: write await in front of it.");
        await loop.ended;
      }
      await new Promise<void>((done) => nextTurn(done)); // a promise that has just failed is reported by then
      this.#never.programEnded();
      const { hollow, processed } = this.trace;
      if (hollow > 0) {
        this.warnings.push(`${hollow} of ${processed.time.length} values processed were undefined.`);
      }
    } catch (error) {
      this.error = error ?? new Error(`It threw ${error}.`);
    } finally {
      this.#total = this.clock.now();
      if (currentExperiment() === this.#context) enterExperiment(undefined);
    }
  }

  /** Ends the program, which fails with `reason`. */
  end(reason: Error): void {
    this.#context.end(reason);
  }

  /** The run, so far or in the end. */
  get run(): Run {
    const stopped = this.error instanceof StoppedError;
    const error = this.error === undefined || stopped ? undefined : String(this.error);
    return new Run({ ...this.facts, total: this.#total ?? this.clock.now(), stopped, error }, this.trace);
  }
}
