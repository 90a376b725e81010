import { VirtualClock } from "../clock.ts";
import type { ItemInstrument } from "../context.ts";
import { LessonError } from "../errors.ts";
import { currentLoop, type Future, type Handle, type ReadyQueue, type Task } from "../loop.ts";
import { seeded } from "../random.ts";
import { Performance } from "../performance.ts";
import type { Run } from "../run.ts";

/** The schedule of a try: which numbers are drawn, and which of the tasks that are ready goes next. */
export interface Schedule {
  /** The seed of `random()`. */
  seed: number;
  /** The seed of the order in which ready tasks run; 0 for first come, first served. */
  order: number;
}

/** Something that an answer did. Times are in seconds. */
export interface Event {
  what: "generated" | "processed" | "sleep" | "put" | "get";
  time: number;
  task: string | undefined;
  value?: unknown;
  latency?: number;
}

/** What an answer may do at the most: no right one comes near. */
const CALLS_IN_A_SLICE = 10_000;
const SLICES_WITHOUT_TIME = 2_000;
const SECONDS = 2_000;
const LINES = 10_000;

const PRINTING = ["log", "info", "debug", "warn", "error"] as const;

/** Runs an answer once, in an experiment that nobody sees, and writes down what it does. */
export class Stage implements ItemInstrument {
  readonly events: Event[] = [];
  /** Seconds for which it blocked the thread. */
  blocked = 0;
  /** The number of items put into queues and taken out of them so far. */
  put = 0;
  taken = 0;
  /** The most that were in them at once. */
  most = 0;
  /** The names of the tasks that came to their end. */
  readonly done = new Set<string>();
  /** The numbers that the answer draws, in place of those of the seed. */
  random?: () => number;
  /** Called with each event when it happens. */
  watch?: (event: Event) => void;
  readonly #clock = new VirtualClock();
  #performance: Performance | undefined;
  #calls = 0;
  #slices = 0;
  #since = 0;
  #lines = 0;
  #limit: LessonError | undefined;

  constructor(readonly schedule: Schedule) {}

  /** Runs `program` to its end, its failure, or a limit; `plain` if it is one of plain promises. */
  async run(program: () => unknown, plain = false): Promise<void> {
    const { seed, order } = this.schedule;
    const draw = order > 0 ? seeded(order) : undefined;
    const performance = this.#performance = new Performance(
      { name: "check", speed: Infinity, seed },
      this.#clock,
      {
        random: this.random ?? seeded(seed),
        print() {},
        instruments: [this],
        readyQueue: draw && (() => new ShuffledQueue(draw)),
      },
    );
    const block = this.#clock.block.bind(this.#clock);
    this.#clock.block = (seconds) => {
      this.blocked += seconds;
      block(seconds);
      this.#checkTime();
    };
    const { console } = globalThis;
    const own = { ...console };
    const count = () => {
      if (++this.#lines > LINES) throw this.#end(`it prints without end, more than ${LINES} lines`);
    };
    for (const name of PRINTING) console[name] = count;
    await performance.perform(program, plain);
    for (const name of PRINTING) if (console[name] === count) console[name] = own[name];
  }

  /** Ends a run of which nothing can go on. */
  abandon(reason: string): void {
    this.#performance?.abandon(this.#end(reason));
  }

  /** The value that the program returned. */
  get result(): unknown {
    return this.#performance?.result;
  }

  /** The error with which it ended, if any. */
  get error(): unknown {
    return this.#limit ?? this.#performance?.error;
  }

  get warnings(): string[] {
    return this.#performance?.warnings ?? [];
  }

  /** The run, for a picture. */
  get seen(): Run {
    return this.#performance!.run;
  }

  /** Seconds that it took. */
  get total(): number {
    return this.#clock.now();
  }

  /** The number of items that are left in the queues. */
  get left(): number {
    return this.put - this.taken;
  }

  /** The events of one kind, in order. */
  of(what: Event["what"]): Event[] {
    return this.events.filter((event) => event.what === what);
  }

  /** Records what an exercise's own tasks see. */
  note(what: Event["what"], value?: unknown, latency?: number): void {
    const event = { what, time: this.#clock.now(), task: currentLoop()?.current?.name, value, latency };
    this.events.push(event);
    this.watch?.(event);
  }

  itemGenerated(idx: number): void {
    this.note("generated", idx);
  }

  itemProcessed(value: unknown, latency: number): void {
    this.note("processed", value, latency);
  }

  queueChanged(change: number): void {
    if (change > 0) this.put++;
    else this.taken++;
    this.most = Math.max(this.most, this.left);
    this.#checkCalls();
  }

  awaitableCreated({ kind }: Future<unknown>): void {
    if (kind === "sleep" || kind === "put" || kind === "get") this.note(kind);
    this.#checkCalls();
  }

  taskDone({ name }: Task): void {
    this.done.add(name);
  }

  sliceEnded(task: Task, _start: number, end: number): void {
    this.#calls = 0;
    if (end > this.#since) [this.#since, this.#slices] = [end, 0];
    else if (++this.#slices > SLICES_WITHOUT_TIME) {
      this.#end(`${task.name} comes back again and again, and no time passes: it asks instead of waiting`);
    }
    this.#checkTime();
  }

  #checkCalls(): void {
    if (++this.#calls <= CALLS_IN_A_SLICE) return;
    throw this.#end("it never gives way: a loop without an await that waits keeps the thread for itself");
  }

  #checkTime(): void {
    if (this.total > SECONDS) this.#end(`after ${SECONDS} s of its time it was still not over`);
  }

  /** Ends the run, whatever a `catch` of the answer does with the error. */
  #end(reason: string): LessonError {
    this.#limit ??= new LessonError(reason);
    this.#performance?.end(this.#limit);
    return this.#limit;
  }
}

/**
 * A ready queue in random order. Those that wait for a queue, or for room in one, keep their order among each other: a
 * queue is first in, first out, whatever else happens.
 */
class ShuffledQueue implements ReadyQueue {
  readonly #handles: Handle[] = [];

  constructor(readonly draw: () => number) {}

  get length(): number {
    return this.#handles.length;
  }

  isEmpty(): boolean {
    return this.length === 0;
  }

  push(handle: Handle): number {
    return this.#handles.push(handle);
  }

  shift(): Handle | undefined {
    const own = this.#handles.findIndex(({ task }) => !task); // the loop's own steps are done at once
    return this.#handles.splice(own >= 0 ? own : this.#drawn(), 1)[0];
  }

  #drawn(): number {
    const drawn = Math.floor(this.draw() * this.length);
    const kind = kindOf(this.#handles[drawn]);
    const keepsOrder = kind === "get" || kind === "put";
    return keepsOrder ? this.#handles.findIndex((handle) => kindOf(handle) === kind) : drawn;
  }
}

/** The kind of future that `handle` is, or waits for. */
function kindOf(handle: Handle): string | undefined {
  const { future, kind } = handle as { future?: Future<unknown>; kind?: string };
  return future?.kind ?? kind;
}
