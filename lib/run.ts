import { describe, isAwaitable } from "./arguments.ts";
import { LessonError } from "./errors.ts";
import { host } from "./host/host.ts";
import { placeIn } from "./place.ts";
import type { Moment, Slice, Trace } from "./trace.ts";
import { count, printedAs, seconds } from "./words.ts";

/** A stretch of time, in seconds. */
export type Span = { start: number; end: number };

/** A slice, as {@linkcode Run.steps} lists it. */
export type Step = ReturnType<typeof stepOf>;

/** An item. Times are in seconds, `NaN` for what has not happened. */
export type Item = Run["items"][number];

/** Latencies of all items processed, in seconds; `NaN` if there are none. */
export type Latency = Run["latency"];

/** The number of things that wait, from `time` on. */
export type Depth = { time: number; size: number };

type Facts = Pick<Run, "name" | "speed" | "seed" | "total" | "stopped" | "error" | "warnings">;

/** The record of a run, which {@linkcode experiment} returns. Times are in seconds. */
export class Run {
  /** The name of the experiment. */
  declare readonly name: string;
  declare readonly speed: number;
  declare readonly seed: number;
  /** The seconds it took. */
  declare readonly total: number;
  /** True if it was stopped before its end. */
  declare readonly stopped: boolean;
  /** The error with which it failed, if it did. */
  declare readonly error?: string;
  /** Sentences about mistakes: a call that was never awaited, for example. */
  declare readonly warnings: readonly string[];
  #bound: number | undefined;

  /** @param trace the record of its slices and items */
  constructor(facts: Facts, readonly trace: Trace) {
    Object.assign(this, facts);
  }

  /** The number of items generated. */
  get generated(): number {
    return this.trace.generated.time.length;
  }

  /** The number of items processed. */
  get processed(): number {
    return this.trace.processed.time.length;
  }

  /** The latency of the first item, and the shortest, the mean and the longest of all. */
  get latency() {
    const all = this.trace.processed.latency.numbers;
    const over = (combine: (a: number, b: number) => number) =>
      all.length > 0 ? all.reduce((a, b) => combine(a, b)) : NaN;
    const mean = over((a, b) => a + b) / all.length;
    return { first: all[0] ?? NaN, best: over(Math.min), mean, max: over(Math.max) };
  }

  /** The items, in the order in which they were generated, and so processed: queues are first in, first out. */
  get items() {
    const { lanes, generated, processed } = this.trace;
    return Array.from({ length: Math.max(this.generated, this.processed) }, (_, i) => ({
      /** 1 for the item generated first. */
      number: i + 1,
      producer: lanes[generated.lane.at(i)]?.name ?? "",
      generated: generated.time.at(i),
      consumer: lanes[processed.lane.at(i)]?.name ?? "",
      processed: processed.time.at(i),
      latency: processed.latency.at(i),
    }));
  }

  /** The lanes: one for each task. See {@linkcode steps} for what each did, and when. */
  get lanes() {
    const busy = this.trace.lanes.map(() => 0);
    this.trace.eachSlice(({ lane, start, end }, before) => {
      busy[lane] += end - (before?.next === "sleep" ? before.end : start);
    });
    return this.trace.lanes.map((lane, i) => ({
      ...lane,
      /** The seconds that it ran and slept: it could not have taken less. */
      busy: busy[i],
    }));
  }

  /** The slices of all lanes, in the order in which they ran. */
  get steps() {
    const { generated, processed } = this.trace;
    const steps: Step[] = [];
    this.trace.eachSlice((slice, before) => {
      if (before) steps[before.index].resumes = slice.start;
      steps.push(stepOf(this.trace, slice));
    });
    for (const { slice } of [generated, processed]) {
      slice.numbers.forEach((at, i) => steps[at]?.items.push(i + 1));
    }
    return steps;
  }

  /** The number of items that waited to be processed, at each time at which it changed. */
  get depth(): Depth[] {
    const { generated, processed, depth: { time, size } } = this.trace;
    // A program may keep its items in an array; then only their marks are known.
    if (time.length === 0) return depthOf(generated.time.numbers, processed.time.numbers);
    return Array.from(time.numbers, (time, i) => ({ time, size: size.at(i) }));
  }

  /** The shortest time, in seconds, that any schedule could have taken: that of the task which ran and slept longest. */
  get bound(): number {
    return this.#bound ??= this.lanes.reduce((most, { busy }) => Math.max(most, busy), 0);
  }

  /** Returns the sentence that a notebook prints. */
  toString(): string {
    const end = this.stopped ? ", stopped" : this.error === undefined ? "" : ", failed";
    return `Run "${this.name}": ${count(this.processed, "item")} in ${seconds(this.total, 2)}${end}`;
  }
}

function stepOf({ lanes, moments, waiting }: Trace, { index, lane, start, end, next }: Slice) {
  const { stack, ...moment }: Moment = moments[index] ?? {};
  const place = placeIn(stack);
  return {
    lane: lanes[lane].name,
    role: lanes[lane].role,
    start,
    end,
    /** The kind of call that the lane waits for then, or its end. */
    next,
    /** The time of the lane's next slice; `NaN` if there is none. */
    resumes: NaN,
    /** The place of the call that it waits for, if known. */
    place: place && host.isProgram(place.source) ? place : undefined,
    /** The number of items in the queues at its end. */
    waiting: waiting.at(index),
    /** The numbers of the items that it generated or processed. */
    items: [] as number[],
    ...moment,
  };
}

/** Returns, for each of these times, how many things had begun by then and not ended. */
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

/** The runs of the timelines that were drawn, each with the end of its axis, in seconds. */
export const runsShown = new WeakMap<object, [run: Run, end: number]>();

/**
 * Returns `run` if it is one.
 *
 * @param action for the error: `Cannot ${action} a promise: …`
 * @throws {LessonError} if it is anything else; a promise, say, because an `await` is missing
 */
export function checkRun(action: string, run: Run): Run {
  if (run instanceof Run) return run;
  const wayOut = isAwaitable(run)
    ? "write await in front of experiment(…)"
    : "give a run, which experiment(…) returns";
  throw new LessonError(`Cannot ${action} ${describe(run)}: ${wayOut}.`);
}
