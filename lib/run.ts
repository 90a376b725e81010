import { describe, isAwaitable } from "./arguments.ts";
import { LessonError } from "./errors.ts";
import { host } from "./host/host.ts";
import { type Place, placeIn } from "./place.ts";
import { printedAs } from "./printed_as.ts";
import type { Lane, Moment, Next, Role, Trace } from "./trace.ts";
import { count, seconds } from "./words.ts";

/** A stretch of time in a lane, in seconds. */
export interface Span {
  start: number;
  end: number;
}

/** A lane with what it did. */
export interface LaneRow extends Lane {
  /** The stretches in which it ran. */
  slices: Span[];
  /** The stretches in which it waited, and for what. */
  waits: (Span & { for: Next })[];
  /** Seconds that it ran and slept in all. It could not have taken less. */
  busy: number;
}

/** A slice, among all slices of a run in order. */
export interface Step extends Span, Omit<Moment, "stack"> {
  lane: string;
  role: Role;
  /** The numbers of the items that were generated or processed in it. */
  items: number[];
  /** What came at its end: what the lane waits for, or its end. */
  next: Next;
  /** The time of the lane's next slice; `NaN` if there is none. */
  resumes: number;
  /** The number of items in the queues at its end. */
  waiting: number;
  /** The place of the call at which the lane stood then, as far as it is known. */
  place?: Place;
}

/** An item on its way. Times are in seconds, `NaN` for what did not happen. */
export interface Item {
  /** 1 for the item generated first. */
  number: number;
  producer: string;
  generated: number;
  consumer: string;
  processed: number;
  latency: number;
}

/** Latencies in seconds, over all items processed; `NaN` if there are none. */
export interface Latency {
  first: number;
  best: number;
  mean: number;
  max: number;
}

/** The number of things that wait from a time on. */
export interface Depth {
  time: number;
  size: number;
}

type Facts = Pick<Run, "name" | "speed" | "seed" | "total" | "stopped" | "error" | "warnings">;

/** All that is known of one run, as {@linkcode experiment} returns it. Times are in seconds. */
export class Run {
  /** The name that the experiment was given. */
  declare readonly name: string;
  declare readonly speed: number;
  declare readonly seed: number;
  /** Seconds that it took. */
  declare readonly total: number;
  /** True if it was stopped before its end. */
  declare readonly stopped: boolean;
  /** The error with which it failed, if it did. */
  declare readonly error?: string;
  /** Sentences about mistakes: what was never awaited, for example. */
  declare readonly warnings: readonly string[];
  readonly #trace: Trace;
  #bound: number | undefined;

  constructor(facts: Facts, trace: Trace) {
    Object.assign(this, facts);
    this.#trace = trace;
  }

  /** The number of items generated. */
  get generated(): number {
    return this.#trace.generated.time.length;
  }

  /** The number of items processed. */
  get processed(): number {
    return this.#trace.processed.time.length;
  }

  /** The number of items processed whose value was undefined: a promise that nobody awaited, most often. */
  get hollow(): number {
    return this.#trace.hollow;
  }

  /** The latency of the first item, and the best, the mean and the longest of all. */
  get latency(): Latency {
    const latency = this.#trace.processed.latency.numbers;
    let [sum, best, max] = latency.length > 0 ? [0, Infinity, -Infinity] : [NaN, NaN, NaN];
    for (const seconds of latency) {
      sum += seconds;
      best = Math.min(best, seconds);
      max = Math.max(max, seconds);
    }
    return { first: latency[0] ?? NaN, best, mean: sum / latency.length, max };
  }

  /** The items, in the order in which they were generated. The queue is first in, first out, and so is this. */
  get items(): Item[] {
    const { lanes, generated, processed } = this.#trace;
    return Array.from({ length: Math.max(this.generated, this.processed) }, (_, i) => ({
      number: i + 1,
      producer: lanes[generated.lane.at(i)]?.name ?? "",
      generated: generated.time.at(i),
      consumer: lanes[processed.lane.at(i)]?.name ?? "",
      processed: processed.time.at(i),
      latency: processed.latency.at(i),
    }));
  }

  /** The tasks, with what each of them did when. */
  get lanes(): LaneRow[] {
    const busy = this.#busy();
    const rows = this.#trace.lanes.map((it, i): LaneRow => ({ ...it, slices: [], waits: [], busy: busy[i] }));
    this.eachStretch((lane, start, end, waitsFor) => {
      if (waitsFor) rows[lane].waits.push({ start, end, for: waitsFor });
      else rows[lane].slices.push({ start, end });
    });
    return rows;
  }

  /**
   * Calls back for each stretch in which a lane ran, or waited for something: in order, and without a row for each, of which
   * a long run has millions.
   *
   * @returns the lanes, in the order of their numbers
   */
  eachStretch(
    callback: (lane: number, start: number, end: number, waitsFor?: Next) => void,
  ): readonly Lane[] {
    const last = this.#trace.eachSlice(({ lane, start, end }, before) => {
      if (before && before.next !== "end") callback(lane, before.end, start, before.next);
      callback(lane, start, end);
    });
    for (const { lane, end, next } of last.filter(({ next }) => next !== "end")) {
      callback(lane, end, this.total, next); // it still waited at the end of the run
    }
    return this.#trace.lanes;
  }

  /** The moments at which tasks failed, or were cancelled, by the numbers of their lanes. */
  get breaks(): Trace["breaks"] {
    return this.#trace.breaks;
  }

  /** The slices of all lanes, in the order in which they ran. */
  get steps(): Step[] {
    const { lanes, generated, processed, waiting, moments } = this.#trace;
    const steps: Step[] = [];
    this.#trace.eachSlice(({ index, lane, start, end, next }, before) => {
      if (before) steps[before.index].resumes = start;
      const { name, role } = lanes[lane];
      const { stack, ...moment } = moments[index] ?? {};
      const at = placeIn(stack);
      const place = at && host.isProgram(at.source) ? at : undefined;
      const facts = { lane: name, role, start, end, next, waiting: waiting.at(index) };
      steps.push({ ...facts, items: [], resumes: NaN, place, ...moment });
    });
    for (const { slice } of [generated, processed]) {
      slice.numbers.forEach((at, i) => steps[at]?.items.push(i + 1));
    }
    return steps;
  }

  /** The number of items that waited to be processed, at each time at which it changed. */
  get depth(): Depth[] {
    const { generated, processed, depth: { time, size } } = this.#trace;
    // A program may keep its items in a plain list: nothing counts them but the marks.
    if (time.length === 0) return depthOf(generated.time.numbers, processed.time.numbers);
    return Array.from(time.numbers, (time, i) => ({ time, size: size.at(i) }));
  }

  /**
   * The shortest time, in seconds, that any schedule could have taken: no task can be done before it has run and slept for
   * as long as it does in all.
   */
  get bound(): number {
    return this.#bound ??= this.#busy().reduce((most, busy) => Math.max(most, busy), 0);
  }

  /** The sentence that a notebook prints. */
  toString(): string {
    const end = this.stopped ? ", stopped" : this.error === undefined ? "" : ", failed";
    return `Run "${this.name}": ${count(this.processed, "item")} in ${seconds(this.total, 2)}${end}`;
  }

  /** Seconds that each lane ran and slept. */
  #busy(): number[] {
    const busy = this.#trace.lanes.map(() => 0);
    this.#trace.eachSlice(({ lane, start, end }, before) => {
      busy[lane] += end - (before?.next === "sleep" ? before.end : start);
    });
    return busy;
  }
}

/** Returns how many of the things that begin and end at these times had begun and were not over, at each of them. */
export function depthOf(begins: Iterable<number>, ends: Iterable<number>): Depth[] {
  const changes = [
    ...Array.from(begins, (time) => ({ time, by: 1 })),
    ...Array.from(ends, (time) => ({ time, by: -1 })),
  ].sort((a, b) => a.time - b.time);
  let size = 0;
  const sizes = new Map(changes.map(({ time, by }) => [time, size += by]));
  return Array.from(sizes, ([time, size]) => ({ time, size }));
}

printedAs(Run.prototype, String);

/** The runs of which things to be shown are pictures, as far as they can be replayed. */
export const runsShown = new WeakMap<object, Run>();

/**
 * Returns the run, if it is one.
 *
 * @param action names in the error what cannot be done: `Cannot ${action} a promise: …`
 * @throws {LessonError} if it is anything else; a promise, say, since an `await` was forgotten
 */
export function checkRun(action: string, run: Run): Run {
  if (run instanceof Run) return run;
  const wayOut = isAwaitable(run)
    ? "write await in front of experiment(…)"
    : "give a run, which experiment(…) returns";
  throw new LessonError(`Cannot ${action} ${describe(run)}: ${wayOut}.`);
}

/** @throws {LessonError} if `runs` is anything but a list of runs */
export function checkRuns(action: string, runs: Run[]): void {
  if (runs as unknown instanceof Run) {
    throw new LessonError(`Cannot ${action} one run: give a list of runs, [run1, run2].`);
  }
  for (const run of Array.isArray(runs) ? runs : [runs]) checkRun(action, run);
}
