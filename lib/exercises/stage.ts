import { VirtualClock } from "../clock.ts";
import type { ItemInstrument } from "../context.ts";
import { LessonError } from "../errors.ts";
import { currentLoop, type Future, type Task } from "../loop.ts";
import { Performance } from "../performance.ts";
import { seeded } from "../random.ts";
import { shuffledQueue } from "./shuffled_queue.ts";

/** The schedule of a try: which numbers are drawn, and which of the tasks that are ready goes next. */
export interface Schedule {
  /** The seed of `random()`. */
  seed: number;
  /** The seed of the order in which ready tasks run; 0 for first come, first served. */
  order: number;
}

/** Something that an answer did. Times are in seconds. */
export interface Event {
  what: "generated" | "processed" | "sleep";
  time: number;
  /** The name of the task that did it. */
  task: string | undefined;
  /** The number of items that had been put into queues by then. */
  put: number;
  value?: unknown;
  latency?: number;
}

/** The most that an answer may do: calls in a slice, slices while no time passes, seconds, lines. No right one comes near. */
const MOST = { calls: 10_000, slices: 2_000, seconds: 2_000, lines: 10_000 };

const PRINTING = ["log", "info", "debug", "warn", "error"] as const;

/** Runs an answer once, in an experiment that nobody sees, and writes down what it does. */
export class Stage implements ItemInstrument {
  readonly performance: Performance;
  readonly events: Event[] = [];
  /** The number of items put into queues so far, of those that are in them now, and the most that were at once. */
  put = 0;
  left = 0;
  most = 0;
  /** The names of the tasks that came to their end. */
  readonly done = new Set<string>();
  /** Draws the numbers of the answer's `random()`. */
  random: () => number;
  readonly #clock = new VirtualClock();
  #calls = 0;
  #slices = 0;
  #since = 0;
  #lines = 0;
  #limit: LessonError | undefined;

  /** @param plain is true for a program of plain promises */
  constructor(readonly schedule: Schedule, readonly plain = false) {
    const { seed, order } = schedule;
    this.random = seeded(seed);
    const draw = order > 0 ? seeded(order) : undefined;
    this.performance = new Performance({ name: "check", speed: Infinity, seed }, this.#clock, {
      random: () => this.random(),
      print() {},
      instruments: [this],
      readyQueue: draw && (() => shuffledQueue(draw)),
    });
  }

  /** Runs `program` to its end, its failure, or a limit. */
  async run(program: () => unknown): Promise<void> {
    const { console } = globalThis;
    const own = { ...console };
    const print = () => {
      if (++this.#lines <= MOST.lines) return;
      throw this.#end(`it prints without end, more than ${MOST.lines} lines`);
    };
    for (const name of PRINTING) console[name] = print;
    await this.performance.perform(program, this.plain);
    for (const name of PRINTING) if (console[name] === print) console[name] = own[name];
  }

  /** Ends a run of which nothing can go on. */
  abandon(reason: string): void {
    this.performance.abandon(this.#end(reason));
  }

  /** The error with which the program ended, if any. */
  get error(): unknown {
    return this.#limit ?? this.performance.error;
  }

  /** Seconds that it took. */
  get total(): number {
    return this.#clock.now();
  }

  /** The events of one kind, in order. */
  of(what: Event["what"]): Event[] {
    return this.events.filter((event) => event.what === what);
  }

  itemGenerated(value: unknown): void {
    this.#note({ what: "generated", value });
  }

  itemProcessed(value: unknown, latency: number): void {
    this.#note({ what: "processed", value, latency });
  }

  queueChanged(change: number): void {
    this.left += change;
    if (change > 0) this.put += change;
    this.most = Math.max(this.most, this.left);
    this.#countCall();
  }

  awaitableCreated({ kind }: Future<unknown>): void {
    if (kind === "sleep") this.#note({ what: kind });
    this.#countCall();
  }

  taskDone({ name }: Task): void {
    this.done.add(name);
  }

  sliceEnded({ name }: Task, _start: number, end: number): void {
    this.#calls = 0;
    this.#slices = end > this.#since ? 0 : this.#slices + 1;
    this.#since = end;
    if (this.#slices > MOST.slices) {
      this.#end(`${name} comes back again and again, and no time passes: it asks instead of waiting`);
    }
    if (end > MOST.seconds) this.#end(`after ${MOST.seconds} s of its time it was still not over`);
  }

  #note(event: Pick<Event, "what" | "value" | "latency">): void {
    const { total: time, put } = this;
    this.events.push({ ...event, time, put, task: currentLoop()?.current?.name });
  }

  #countCall(): void {
    if (++this.#calls <= MOST.calls) return;
    throw this.#end("it never gives way: a loop without an await that waits keeps the thread for itself");
  }

  /** Ends the run, whatever a `catch` of the answer does with the error. */
  #end(reason: string): LessonError {
    this.#limit ??= new LessonError(reason);
    this.performance.end(this.#limit);
    return this.#limit;
  }
}
