import { VirtualClock } from "../clock.ts";
import type { ItemInstrument } from "../context.ts";
import { LessonError } from "../errors.ts";
import { currentLoop, type Future, type Task } from "../loop.ts";
import { Performance } from "../performance.ts";
import { Queue } from "../queue.ts";
import { seeded } from "../random.ts";
import { shuffled } from "../shuffled_queue.ts";

/** The schedule of a try: which numbers are drawn, and which of the tasks that are ready goes next. */
export interface Schedule {
  /** The seed of `random()`. */
  seed: number;
  /** The seed of the order in which ready tasks run; 0 for first come, first served. */
  order: number;
}

/** An item as the notebooks have it. */
export type Item = [value: number, time: number];

/** What a learner wrote, by its names, and the numbers of a case, by theirs. Of the first, nothing is known. */
// deno-lint-ignore no-explicit-any
export type Named = Record<string, any>;

/** Something that an answer did, or a task of ours beside it. Times are in seconds. */
export interface Event {
  what: "generated" | "processed" | "sleep" | "end" | "put" | "got";
  time: number;
  /** The name of the task that did it. */
  task: string | undefined;
  // deno-lint-ignore no-explicit-any
  value?: any;
  latency?: number;
}

/** The most that an answer may do: calls in a slice, slices while no time passes, seconds, lines. No right one comes near. */
const MOST = { calls: 10_000, slices: 2_000, seconds: 500, lines: 10_000 };

/** Runs an answer once, in an experiment that nobody sees, and writes down what it does. */
export class Stage implements ItemInstrument {
  readonly performance: Performance;
  readonly events: Event[] = [];
  /** Queues for the answer. */
  readonly source: Queue<Item>;
  readonly data: Queue<Item>;
  /** The number of items in queues, and the most that were at once. */
  left = 0;
  most = 0;
  /** Seconds for which tasks blocked the thread. */
  blocked = 0;
  #calls = 0;
  #slices = 0;
  #since = 0;
  #lines = 0;

  /** @param numbers of the case: the limit of both queues, and what `random()` always gives, may be among them */
  constructor(readonly schedule: Schedule, readonly numbers: Named = {}) {
    const { seed, order } = schedule;
    [this.source, this.data] = [new Queue(numbers.limit), new Queue(numbers.limit)];
    this.performance = new Performance({ name: "check", speed: Infinity, seed }, new VirtualClock(), {
      random: this.randoms(),
      print() {},
      instruments: [this],
      readyQueue: shuffled(order),
    });
  }

  /** Returns a function that draws the numbers of the answer's `random()`, from the first. */
  randoms(): () => number {
    const { random } = this.numbers;
    return random === undefined ? seeded(this.schedule.seed) : () => random;
  }

  /** Seconds that it took. */
  get total(): number {
    return this.performance.clock.now();
  }

  /** The events of one kind, in order. */
  of(what: Event["what"]): Event[] {
    return this.events.filter((event) => event.what === what);
  }

  /** Writes down an event of the task that is running. */
  note(what: Event["what"], value?: unknown, latency?: number): void {
    this.events.push({ what, value, latency, time: this.total, task: currentLoop()?.current?.name });
  }

  /** Counts a line that the program prints. */
  linePrinted(): void {
    if (++this.#lines > MOST.lines) throw this.end(`it prints without end, more than ${MOST.lines} lines`);
  }

  /** Ends the run, whatever a `catch` of the answer does with the error. Returns the error. */
  end(reason: string): LessonError {
    const error = new LessonError(reason);
    this.performance.end(error);
    return error;
  }

  readonly itemGenerated = (value: unknown) => this.note("generated", value);

  readonly itemProcessed = (value: unknown, latency: number) => this.note("processed", value, latency);

  readonly taskDone = () => this.note("end");

  queueChanged(change: number): void {
    this.left += change;
    this.most = Math.max(this.most, this.left);
    this.#countCall();
  }

  awaitableCreated({ kind }: Future<unknown>): void {
    if (kind === "sleep") this.note(kind);
    this.#countCall();
  }

  sliceEnded({ name }: Task, start: number, end: number): void {
    this.blocked += end - start;
    this.#calls = 0;
    this.#slices = end > this.#since ? 0 : this.#slices + 1;
    this.#since = end;
    if (this.#slices > MOST.slices) {
      this.end(`${name} comes back again and again, and no time passes: it asks instead of waiting`);
    }
    if (end > MOST.seconds) this.end(`after ${MOST.seconds} s of its time it was still not over`);
  }

  #countCall(): void {
    if (++this.#calls <= MOST.calls) return;
    throw this.end("it never gives way: a loop without an await that waits keeps the thread for itself");
  }
}
