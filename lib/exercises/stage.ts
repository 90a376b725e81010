import { VirtualClock } from "../clock.ts";
import { enterExperiment, type ExperimentContext, type ItemInstrument } from "../context.ts";
import { LessonError } from "../errors.ts";
import { currentLoop, type Future, type Handle, type ReadyQueue, type Task } from "../loop.ts";
import { NeverAwaited } from "../never_awaited.ts";
import { runPlain } from "../plain.ts";
import { seeded } from "../random.ts";
import { Run } from "../run.ts";
import { nextTurn } from "../turns.ts";
import { Trace } from "../trace.ts";

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

/** Runs an answer once, in an experiment that nobody sees, and writes down what it does. */
export class Stage implements ItemInstrument {
  readonly events: Event[] = [];
  readonly warnings: string[] = [];
  /** What the program returned. */
  result: unknown;
  /** The error with which it ended, if any. */
  error: unknown;
  /** Seconds for which it blocked the thread. */
  blocked = 0;
  /** The number of items put into queues and taken out of them so far. */
  put = 0;
  taken = 0;
  /** The numbers that the answer draws, in place of those of the seed. */
  random?: () => number;
  /** Called with each event when it happens. */
  watch?: (event: Event) => void;
  readonly #clock = new VirtualClock();
  readonly #trace = new Trace(this.#clock);
  #calls = 0;
  #slices = 0;
  #since = 0;
  #lines = 0;

  constructor(readonly schedule: Schedule) {}

  /** Runs `program` to its end, its failure, or a limit; `plain` if it is one of plain promises. */
  async run(program: () => unknown, plain = false): Promise<void> {
    const { seed, order } = this.schedule;
    const draw = order > 0 ? seeded(order) : undefined;
    const never = new NeverAwaited((sentence) => this.warnings.push(sentence));
    let end = (_reason: Error) => {};
    const ended = new Promise<never>((_, reject) => end = reject);
    ended.catch(() => {});
    const block = this.#clock.block.bind(this.#clock);
    this.#clock.block = (seconds) => {
      this.blocked += seconds;
      block(seconds);
      this.#checkTime(this.#clock.now(), (reason) => {
        throw reason;
      });
    };
    const context: ExperimentContext = {
      name: "check",
      clock: this.#clock,
      trace: this.#trace,
      instruments: [this.#trace, never, this],
      random: this.random ?? seeded(seed),
      readyQueue: draw && (() => new ShuffledQueue(draw)),
      print() {},
      end(reason) {
        currentLoop()?.stop(reason);
        end(reason);
      },
    };
    const console = { ...globalThis.console };
    const count = () => {
      if (++this.#lines > LINES) throw new LessonError(`it prints without end, more than ${LINES} lines`);
    };
    for (const method of ["log", "info", "debug", "warn", "error"] as const) {
      globalThis.console[method] = count;
    }
    enterExperiment(context);
    try {
      this.result = await Promise.race([
        plain ? runPlain(this.#clock, this.#trace, program) : program(),
        ended,
      ]);
      if (currentLoop()) {
        this.warnings.push(
          "loop.runUntilComplete(…) was never awaited: return it, or write await in front of it.",
        );
        await currentLoop()!.ended;
      }
      await new Promise<void>((done) => nextTurn(done));
      never.programEnded();
    } catch (error) {
      this.error = error ?? new Error(String(error));
    } finally {
      enterExperiment(undefined);
      Object.assign(globalThis.console, console);
    }
  }

  /** The run, for a picture. */
  get seen(): Run {
    const { seed } = this.schedule;
    const facts = { name: "check", speed: Infinity, seed, total: this.total, stopped: false };
    return new Run(facts, this.#trace);
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
    this.#checkCalls();
  }

  awaitableCreated({ kind }: Future<unknown>): void {
    if (kind === "sleep" || kind === "put" || kind === "get") this.note(kind);
    this.#checkCalls();
  }

  sliceEnded(task: Task, _start: number, end: number): void {
    this.#calls = 0;
    const stop = (reason: Error) => task.loop.stop(reason);
    if (end > this.#since) [this.#since, this.#slices] = [end, 0];
    else if (++this.#slices > SLICES_WITHOUT_TIME) {
      stop(
        new LessonError(
          `${task.name} comes back again and again, and no time passes: it asks instead of waiting`,
        ),
      );
    }
    this.#checkTime(end, stop);
  }

  #checkCalls(): void {
    if (++this.#calls <= CALLS_IN_A_SLICE) return;
    throw new LessonError(
      "it never gives way: a loop without an await that waits keeps the thread for itself",
    );
  }

  #checkTime(time: number, stop: (reason: Error) => void): void {
    if (time > SECONDS) stop(new LessonError(`after ${SECONDS} s of its time it was still not over`));
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
